using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Which process works on a run, so that others can tell whether it still does.</summary>
/// <param name="Host">Its machine.</param>
/// <param name="BootId">Which start of that machine, and, after a blank, which process namespace there; empty where the system gives none.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it started, in the system's own count: process ids are used again.</param>
readonly record struct Lease(string Host, string BootId, int ProcessId, long ProcessStart)
{
    /// <summary>How often a running program says that it is there.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>Who is out of sight and silent for so long counts as dead; a dozen beats, since a busy disk and clocks that differ may swallow some.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    /// <summary>A sign of life from so far in the future was dated by a clock that was wrong and proves nothing: the run would be taken for alive until then.</summary>
    public static readonly TimeSpan LargestLead = TimeSpan.FromDays(1);

    const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    const string NamespaceFile = "/proc/self/ns/pid";

    /// <summary>This process.</summary>
    public static Lease Current { get; } = new(
        Environment.MachineName,
        File.Exists(BootIdFile) ? $"{File.ReadAllText(BootIdFile).Trim()} {new FileInfo(NamespaceFile).LinkTarget}".Trim() : "",
        Environment.ProcessId,
        ProcessTable.StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Its process is one of another machine.</summary>
    public bool IsElsewhere => Host != Current.Host;

    /// <summary>Its number is one of the processes that can be seen from here. A machine's name is no proof: containers share one machine, and clusters have names that come twice.</summary>
    public bool IsInSight
    {
        get
        {
            string processesHere = Split(Current.BootId).Processes, processes = Split(BootId).Processes;
            return IsOfThisBoot && (processes.Length == 0 || processes == processesHere);
        }
    }

    /// <summary>As parameters of a statement.</summary>
    public (string, object?)[] Columns => [("$host", Host), ("$boot_id", BootId), ("$process_id", ProcessId), ("$process_start", ProcessStart)];

    /// <summary>From the first four columns of a row.</summary>
    public static Lease FromRow(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3));

    /// <summary>Whether the process is dead, as far as anybody here can tell.</summary>
    /// <param name="heartbeat">When it last wrote.</param>
    public bool IsDead(DateTimeOffset heartbeat) => Death(heartbeat) is not null;

    /// <summary>How the process died, for people; null while it may be alive.</summary>
    /// <param name="heartbeat">When it last wrote.</param>
    public string? Death(DateTimeOffset heartbeat)
    {
        bool isInSight = IsInSight, isBeforeThisBoot = !IsElsewhere && !IsOfThisBoot && heartbeat < ProcessTable.MachineStart;
        if (isInSight ? ProcessTable.StartOf(ProcessId) != ProcessStart : isBeforeThisBoot)
            return $"{this} ended without a word";
        if (isInSight)
            return null;
        TimeSpan silence = DateTimeOffset.UtcNow - heartbeat;
        return silence > LongestSilence ? $"{this} has been silent for more than {LongestSilence.TotalMinutes} min"
            : silence < -LargestLead ? string.Create(CultureInfo.InvariantCulture, $"{this} last wrote at {heartbeat:yyyy-MM-dd HH:mm} UTC, which is yet to come: a clock is wrong")
            : null;
    }

    bool IsOfThisBoot => !IsElsewhere && Split(BootId).Boot == Split(Current.BootId).Boot;

    /// <summary>For people.</summary>
    public override string ToString() => $"process {ProcessId} on {Host}";

    static (string Boot, string Processes) Split(string bootId) =>
        bootId.IndexOf(' ', StringComparison.Ordinal) is >= 0 and int blank ? (bootId[..blank], bootId[(blank + 1)..]) : (bootId, "");
}
