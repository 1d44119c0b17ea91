using System.Diagnostics;
using System.Globalization;

namespace AeVae.Tracking;

/// <summary>Which process works on a run, so that others can tell whether it still does.</summary>
/// <param name="Host">Its machine.</param>
/// <param name="BootId">Which start of that machine; empty where the system gives none.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it started, in the system's own count: process ids are used again.</param>
readonly record struct Lease(string Host, string BootId, int ProcessId, long ProcessStart)
{
    const string BootIdFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>This process.</summary>
    public static Lease Current { get; } = new(
        Environment.MachineName,
        File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "",
        Environment.ProcessId,
        StartOf(Environment.ProcessId) ?? 0);

    /// <summary>Whether the process is known to be gone; of another machine's processes nothing is known.</summary>
    public bool IsDead => Host == Current.Host && (BootId != Current.BootId || StartOf(ProcessId) != ProcessStart);

    static long? StartOf(int processId)
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? StartInProc(File.ReadAllText($"/proc/{processId}/stat"))
                : Process.GetProcessById(processId).StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // proc(5): "pid (name) state …", start time in clock ticks since boot is field 22; the name may hold blanks and brackets.
    static long? StartInProc(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        bool isGone = fields[0] is "Z" or "X";
        return isGone ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
    }
}
