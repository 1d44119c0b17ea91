using System.Text.RegularExpressions;
using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>A file of a run that can go.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="RunId">The run.</param>
sealed record SpareFile(string Path, long Bytes, string RunId);

/// <summary>Finds files below <c>runs/</c> that nobody needs.</summary>
static partial class SpareFiles
{
    // Until it is stored a run is unknown: its results may wait in memory for a database that was replaced.
    static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);

    /// <summary>What killed processes left half-written, and the files of runs that neither the database nor another one beside it has. A folder with anything in it that no run writes stays as it is.</summary>
    /// <param name="databasePath">Full path of the database.</param>
    /// <param name="known">All of its runs.</param>
    public static IReadOnlyList<SpareFile> LeftBehind(string databasePath, IReadOnlyList<RunSummary> known)
    {
        DirectoryInfo runs = new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(databasePath)!, "runs"));
        if (!runs.Exists)
            return [];
        string[] folders = [.. runs.EnumerateDirectories().Select(folder => folder.Name).Where(RunId.IsOne).Order(StringComparer.Ordinal)];
        Dictionary<string, RunSummary> here = known.ToDictionary(run => run.Id);
        string[] unknown = [.. folders.Where(id => !here.ContainsKey(id))];
        HashSet<string> ownerless = [.. unknown.Except(RunQueries.KnownBeside(databasePath, unknown))];
        return [.. folders.SelectMany(id => ownerless.Contains(id) ? All(runs, id) : here.TryGetValue(id, out RunSummary? run) && run.Status != RunStatus.Running ? HalfWritten(runs, id) : [])];
    }

    /// <summary>The checkpoints of a run.</summary>
    public static IReadOnlyList<SpareFile> Checkpoints(string databasePath, string runId)
    {
        DirectoryInfo folder = new(new RunFolder(databasePath, runId).Path);
        return folder.Exists ? [.. Files(folder, runId).Where(file => file.Path.EndsWith(".safetensors", StringComparison.Ordinal))] : [];
    }

    static IEnumerable<SpareFile> All(DirectoryInfo runs, string id)
    {
        DirectoryInfo folder = new(System.IO.Path.Combine(runs.FullName, id));
        bool isOurs = folder.EnumerateFileSystemInfos().All(entry => entry is FileInfo && FileOfARun().IsMatch(entry.Name) && entry.LastWriteTimeUtc < DateTime.UtcNow - LongAgo);
        return isOurs ? Files(folder, id) : [];
    }

    static IEnumerable<SpareFile> HalfWritten(DirectoryInfo runs, string id) =>
        Files(new(System.IO.Path.Combine(runs.FullName, id)), id).Where(file => file.Path.EndsWith(Checkpoint.TemporaryExtension, StringComparison.Ordinal));

    static IEnumerable<SpareFile> Files(DirectoryInfo folder, string id) => folder.EnumerateFiles().Select(file => new SpareFile(file.FullName, file.Length, id)).OrderBy(file => file.Path, StringComparer.Ordinal);

    // Not a journal: what it holds is nowhere else.
    [GeneratedRegex(@"^(epoch-\d+\.safetensors|best\.safetensors|log\.jsonl)(\.tmp)?$")]
    private static partial Regex FileOfARun();
}
