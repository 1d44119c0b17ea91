using AeVae.Reports.Claims;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Drawing;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports;

/// <summary>Writes the report of several runs.</summary>
public static class ComparisonReport
{
    /// <summary>Writes the report into <paramref name="folder"/>, which is made if need be; older files of the same names are replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids of the runs, at least one.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="form">As what; LaTeX needs Cairo (<see cref="ReportFigures.CanBePngAndPdf"/>).</param>
    /// <returns>The files, and what the reader should know; the same runs give the same text and the same SVG.</returns>
    public static ReportResult Write(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options, string folder, ReportForm? form = null) =>
        Of(queries, runIds, options).Write(folder, form ?? new ReportForm());

    /// <summary>The report as one HTML page.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids of the runs, at least one.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="above">HTML that stands above the title.</param>
    public static string Html(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options, string above) =>
        Of(queries, runIds, options).Html(Cairo.IsAvailable, above);

    /// <param name="compared">The runs.</param>
    /// <param name="remarks">What is to be said of what was edited.</param>
    internal static Report Of(ComparedRuns compared, params IEnumerable<string> remarks)
    {
        ComparisonFigures figures = ComparisonFigures.Of(compared);
        return new Report(figures.Drawn, [], [.. compared.Notes, .. remarks, .. figures.Missing], look => ComparisonMarkdown.Write(compared, figures, look));
    }

    static Report Of(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SweepDetail? judged = SweepClaims.Judged(queries, options.Sweep);
        ComparedRuns compared = ComparedRuns.Read(queries, runIds, options with { Sweep = judged });
        return Of(compared, [.. ClaimsSection.Contradictions(options.Sweep?.Claims ?? [], judged?.Claims ?? []), .. ComparisonNotes.OfChanges(queries, compared)]);
    }
}
