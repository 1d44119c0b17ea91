using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Folders that results of runs are written to.</summary>
static class OutputFolder
{
    /// <summary>The name of a folder for one run.</summary>
    public static string Named(RunSummary run) => $"{run.Name}-{run.Id[^RunId.EndingLength..]}";

    /// <summary>The name of a folder for some runs, which is another one for others.</summary>
    public static string Named(RunQueries queries, SelectedRuns runs)
    {
        if (runs.IsOne)
            return Named(queries.Get(runs.Ids[0]).Run);
        if (runs.Sweep is { Sweep: SweepSummary sweep })
            return $"{sweep.Name}-{sweep.Id[^RunId.EndingLength..]}";
        string[] names = [.. runs.Ids.Take(2).Select(id => Shortened(queries.Get(id).Run.Name)).Distinct()];
        return $"{string.Join("-", names)}-{TextSha256.Of(string.Join(' ', runs.Ids))[..6]}";
    }

    /// <summary>Writes into a folder that a person may have named.</summary>
    /// <param name="folder">As it was named; made if need be.</param>
    /// <param name="what">What is written: <c>the report</c>.</param>
    /// <param name="another">The command that names another folder.</param>
    /// <param name="write">Given the full path.</param>
    /// <exception cref="CommandException">It looks like a file, or cannot be made or written.</exception>
    public static T Write<T>(string folder, string what, string another, Func<string, T> write)
    {
        string target = Path.GetFullPath(folder);
        if (!Directory.Exists(target) && Path.GetExtension(target) is ".md" or ".html" or ".json" or ".tex" or ".pdf" or ".png" or ".svg" or ".csv" or ".jsonl" or ".db" or ".safetensors" or ".onnx")
            throw new CommandException(ExitCodes.UserError, $"-o names the folder that {what} is written to, and '{folder}' looks like a file: {another}");
        for (string? path = target; path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
                throw new CommandException(ExitCodes.Storage, $"{what} cannot be written{(path == target ? "" : $" to '{target}'")}: '{path}' is a file, not a folder. Name a folder: {another}");
        }

        try
        {
            return write(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where no folder can be made, as under /proc, the system speaks of a file that is not there.
            string why = e is FileNotFoundException or DirectoryNotFoundException ? $"no folder can be made or written at '{target}'." : e.Message;
            throw new CommandException(ExitCodes.Storage, $"{what} cannot be written: {why} Name another folder: {another}");
        }
    }

    // That of a trial has up to 150: its experiment's, its variant's and its number.
    static string Shortened(string name) => name[..Math.Min(name.Length, 100)];
}
