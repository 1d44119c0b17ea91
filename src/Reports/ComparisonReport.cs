using AeVae.Reports.Claims;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Drawing;
using AeVae.Reports.Html;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports;

/// <summary>Writes the report of several runs.</summary>
public static class ComparisonReport
{
    /// <summary>Writes <c>report.md</c> and its figures into <paramref name="folder"/>, which is made if need be; older files of the same names are replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids of the runs, at least one.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="folder">Where the files go.</param>
    /// <returns>The files, and what the reader should know; the same runs give the same Markdown and the same SVG.</returns>
    public static ReportResult Write(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options, string folder)
    {
        (ComparedRuns compared, IReadOnlyList<string> remarks) = Read(queries, runIds, options);
        return Write(compared, folder, PageFormat.Of(Cairo.IsAvailable), remarks);
    }

    /// <summary>Writes the report as one HTML file, <c>report.html</c>, which needs no other; an older one is replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids of the runs, at least one.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="folder">Where the file goes.</param>
    public static ReportResult WriteHtml(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options, string folder)
    {
        (ComparedRuns compared, IReadOnlyList<string> remarks) = Read(queries, runIds, options);
        return WriteHtml(compared, folder, remarks);
    }

    /// <summary>The same page, as text.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids of the runs, at least one.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="above">HTML that stands above the title.</param>
    public static string Html(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options, string above)
    {
        (ComparedRuns compared, IReadOnlyList<string> remarks) = Read(queries, runIds, options);
        return Html(compared, remarks, above).Page;
    }

    internal static ReportResult WriteHtml(ComparedRuns compared, string folder, IReadOnlyList<string>? remarks = null) => Html(compared, remarks).WriteTo(folder);

    static HtmlReport Html(ComparedRuns compared, IReadOnlyList<string>? remarks, string above = "")
    {
        ComparisonFigures figures = ComparisonFigures.Of(compared);
        IReadOnlyList<string> notes = [.. compared.Notes, .. remarks ?? [], .. figures.Missing];
        return HtmlReport.Of(ComparisonMarkdown.Write(compared, figures, HtmlPage.FigureExtension, notes), figures.Drawn, [], AnimationFormat.Png, notes, above);
    }

    internal static ReportResult Write(ComparedRuns compared, string folder, PageFormat format, IReadOnlyList<string>? remarks = null)
    {
        ComparisonFigures figures = ComparisonFigures.Of(compared);
        List<string> notes = [.. compared.Notes, .. remarks ?? [], .. figures.Missing];
        if (format.Note is { } note) notes.Add(note);

        ReportFiles files = new(folder, format);
        foreach (Figure figure in figures.Drawn)
            files.Add(figure);
        return files.Finish(ComparisonMarkdown.Write(compared, figures, format.Extension, notes), notes);
    }

    /// <summary>The runs, and what is to be said of what was edited.</summary>
    static (ComparedRuns Compared, IReadOnlyList<string> Remarks) Read(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SweepDetail? judged = SweepClaims.Judged(queries, options.Sweep);
        ComparedRuns compared = ComparedRuns.Read(queries, runIds, options with { Sweep = judged });
        return (compared, [.. ClaimsSection.Contradictions(options.Sweep?.Claims ?? [], judged?.Claims ?? []), .. ComparisonNotes.OfChanges(queries, compared)]);
    }
}
