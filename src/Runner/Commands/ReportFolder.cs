using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Writes reports into folders.</summary>
static class ReportFolder
{
    /// <summary>Where the report of a run goes when nobody says.</summary>
    public static string Default(Globals globals, RunSummary run) => Path.Combine(globals.Home, "reports", OutputFolder.Named(run));

    /// <summary>Writes a report into <paramref name="folder"/>; null: where it goes when nobody says.</summary>
    /// <param name="globals">Where the database is.</param>
    /// <param name="runs">What it is of.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="form">What is written; null: Markdown.</param>
    /// <param name="comparison">How several runs are compared; null: as they are by default.</param>
    /// <exception cref="CommandException">The folder cannot be made or written.</exception>
    /// <exception cref="UnknownNameException">There is no such metric or key.</exception>
    public static ReportResult Write(Globals globals, SelectedRuns runs, string? folder, ReportForm? form = null, ComparisonOptions? comparison = null)
    {
        comparison ??= new ComparisonOptions { Sweep = runs.Sweep };
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        folder ??= Default(globals, queries, runs, comparison);
        ReportResult report = OutputFolder.Write(folder, "the report", $"{globals.Command($"report {runs.Selector}")} -o DIR",
            target => Write(queries, runs, target, form ?? new ReportForm(), comparison));
        return report with { ReportPath = PathText.Of(report.ReportPath) };
    }

    const int LongestName = 255;    // bytes

    static ReportResult Write(RunQueries queries, SelectedRuns runs, string folder, ReportForm form, ComparisonOptions comparison) =>
        form.Format == ReportFormat.Json ? ReportJson.Write(queries, runs, comparison, folder)
        : runs.IsOne ? RunReport.Write(queries, runs.Ids[0], folder, form)
        : ComparisonReport.Write(queries, runs.Ids, comparison, folder, form);

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

    static string Default(Globals globals, RunQueries queries, SelectedRuns runs) =>
        Path.Combine(globals.Home, "reports", (runs is { IsOne: false, Sweep: null } ? "compare-" : "") + OutputFolder.Named(queries, runs));
}
