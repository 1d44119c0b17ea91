using AeVae.Reports.Drawing;
using AeVae.Reports.Html;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports;

/// <summary>Writes the report of one run.</summary>
public static class RunReport
{
    /// <summary>True when Cairo can be loaded, so that figures are PNG, else SVG.</summary>
    public static bool CanDrawPng => Cairo.IsAvailable;

    /// <summary>Writes <c>report.md</c> and its figures into <paramref name="folder"/>, which is made if need be; older files of the same names are replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runId">Full id of the run.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="animations">File format of the animations.</param>
    /// <returns>The files, and what the reader should know; the same run gives the same Markdown and the same SVG.</returns>
    public static ReportResult Write(RunQueries queries, string runId, string folder, AnimationFormat animations = AnimationFormat.Png)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return Write(Read(queries, runId), folder, PageFormat.Of(Cairo.IsAvailable), animations);
    }

    /// <summary>Writes the report as one HTML file, <c>report.html</c>, which needs no other; an older one is replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runId">Full id of the run.</param>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="animations">Format of the animations inside.</param>
    public static ReportResult WriteHtml(RunQueries queries, string runId, string folder, AnimationFormat animations = AnimationFormat.Png)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return WriteHtml(Read(queries, runId), folder, Cairo.IsAvailable, animations);
    }

    /// <summary>The same page, as text.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runId">Full id of the run.</param>
    /// <param name="above">HTML that stands above the title.</param>
    public static string Html(RunQueries queries, string runId, string above)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return Html(Read(queries, runId), Cairo.IsAvailable, AnimationFormat.Png, above).Page;
    }

    internal static ReportResult WriteHtml(RunData run, string folder, bool cairo, AnimationFormat animationFormat = AnimationFormat.Png) => Html(run, cairo, animationFormat).WriteTo(folder);

    static HtmlReport Html(RunData run, bool cairo, AnimationFormat animationFormat, string above = "")
    {
        RunFigures figures = RunFigures.Of(run);
        IReadOnlyList<Animation> animations = cairo ? figures.Animations : [];
        List<string> notes = [.. figures.Missing];
        if (HtmlReport.Note(figures.Animations, cairo) is { } note) notes.Add(note);
        return HtmlReport.Of(RunMarkdown.Write(run, figures.Drawn, HtmlPage.FigureExtension, animations, animationFormat, notes), figures.Drawn, animations, animationFormat, notes, above);
    }

    internal static ReportResult Write(RunData run, string folder, PageFormat format, AnimationFormat animationFormat = AnimationFormat.Png)
    {
        RunFigures figures = RunFigures.Of(run);
        List<string> notes = [.. figures.Missing];
        if (format.Note is { } note) notes.Add(note);

        ReportFiles files = new(folder, format);
        foreach (Figure figure in figures.Drawn)
            files.Add(figure);
        IReadOnlyList<Animation> animations = format.IsPng ? figures.Animations : [];
        foreach (Animation animation in animations)
            files.Add(animation, animationFormat);
        return files.Finish(RunMarkdown.Write(run, figures.Drawn, format.Extension, animations, animationFormat, notes), notes);
    }

    static RunData Read(RunQueries queries, string runId)
    {
        RunData run = RunData.Read(queries, runId);
        return run with { HasChanged = queries.HasChanged(run.Detail, run.Series.Value) };
    }
}
