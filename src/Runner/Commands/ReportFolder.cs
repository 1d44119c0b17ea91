using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Writes reports into folders.</summary>
static class ReportFolder
{
    /// <summary>Where the report of a run goes when nobody says.</summary>
    public static string Default(Globals globals, RunSummary run) => Path.Combine(globals.Home, "reports", $"{run.Name}-{run.Id[^RunId.EndingLength..]}");

    /// <summary>Writes a report into <paramref name="folder"/>; null: where it goes when nobody says.</summary>
    /// <param name="globals">Where the database is.</param>
    /// <param name="runs">What it is of.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="format">What is written.</param>
    /// <param name="animations">How pictures move.</param>
    /// <param name="comparison">How several runs are compared; null: as they are by default.</param>
    /// <exception cref="CommandException">The folder cannot be made or written.</exception>
    /// <exception cref="UnknownNameException">There is no such metric or key.</exception>
    public static ReportResult Write(Globals globals, SelectedRuns runs, string? folder, ReportFormat format = ReportFormat.Markdown, AnimationFormat animations = AnimationFormat.Png, ComparisonOptions? comparison = null)
    {
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        folder ??= Default(globals, queries, runs, comparison ?? new());
        string target = Path.GetFullPath(folder), another = $"{globals.Command($"report {runs.Selector}")} -o DIR";
        if (!Directory.Exists(target) && Path.GetExtension(target) is ".md" or ".html" or ".json" or ".png" or ".svg")
            throw new CommandException(ExitCodes.UserError, $"-o names the folder that the report is written to, and '{folder}' looks like a file: {another}");
        for (string? path = target; path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
                throw new CommandException(ExitCodes.Storage, $"the report cannot be written{(path == target ? "" : $" to '{target}'")}: '{path}' is a file, not a folder. Name a folder: {another}");
        }

        try
        {
            ReportResult result = Write(queries, runs, target, format, animations, comparison ?? new ComparisonOptions { Sweep = runs.Sweep });
            return result with { ReportPath = PathText.Of(result.ReportPath) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where no folder can be made, as under /proc, the system speaks of a file that is not there.
            string why = e is FileNotFoundException or DirectoryNotFoundException ? $"no folder can be made or written at '{target}'." : e.Message;
            throw new CommandException(ExitCodes.Storage, $"the report cannot be written: {why} Name another folder: {another}");
        }
    }

    const int LongestName = 255;    // bytes

    // That of a trial has up to 150: its experiment's, its variant's and its number.
    static string Shortened(string name) => name[..Math.Min(name.Length, 100)];

    static ReportResult Write(RunQueries queries, SelectedRuns runs, string folder, ReportFormat format, AnimationFormat animations, ComparisonOptions comparison) => (format, runs) switch
    {
        (ReportFormat.Json, _) => ReportJson.Write(queries, runs, comparison, folder),
        (ReportFormat.Html, { IsOne: true }) => RunReport.WriteHtml(queries, runs.Ids[0], folder, animations),
        (ReportFormat.Html, _) => ComparisonReport.WriteHtml(queries, runs.Ids, comparison, folder),
        (_, { IsOne: true }) => RunReport.Write(queries, runs.Ids[0], folder, animations: animations),
        _ => ComparisonReport.Write(queries, runs.Ids, comparison, folder),
    };

    // Another comparison of the same runs is another report.
    static string Default(Globals globals, RunQueries queries, SelectedRuns runs, ComparisonOptions comparison)
    {
        string folder = Default(globals, queries, runs), suffix = string.Concat(new[]
        {
            comparison.GroupBy.Count > 0 ? $"-by-{string.Join('-', comparison.GroupBy)}" : null,
            comparison.Metric is { } metric ? $"-{metric}" : null,
            comparison.BaselineRunId is { } baseline ? $"-beside-{baseline[^RunId.EndingLength..]}" : null,
        });
        return folder + (Path.GetFileName(folder).Length + suffix.Length <= LongestName ? suffix : $"-{TextSha256.Of(suffix)[..6]}");
    }

    static string Default(Globals globals, RunQueries queries, SelectedRuns runs)
    {
        if (runs.IsOne)
            return Default(globals, queries.Get(runs.Ids[0]).Run);
        if (runs.Sweep is { Sweep: var sweep })
            return Path.Combine(globals.Home, "reports", $"{sweep.Name}-{sweep.Id[^RunId.EndingLength..]}");
        string[] names = [.. runs.Ids.Take(2).Select(id => Shortened(queries.Get(id).Run.Name)).Distinct()];
        string all = TextSha256.Of(string.Join(' ', runs.Ids));
        return Path.Combine(globals.Home, "reports", $"compare-{string.Join("-", names)}-{all[..6]}");
    }
}
