using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports;

/// <summary>Writes the report of one run.</summary>
public static class RunReport
{
    /// <summary>Writes the report into <paramref name="folder"/>, which is made if need be; older files of the same names are replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runId">Full id of the run.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="form">As what; LaTeX needs Cairo (<see cref="ReportFigures.CanBePngAndPdf"/>).</param>
    /// <returns>The files, and what the reader should know; the same run gives the same text and the same SVG.</returns>
    public static ReportResult Write(RunQueries queries, string runId, string folder, ReportForm? form = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return Of(queries, runId).Write(folder, form ?? new ReportForm());
    }

    /// <summary>The report as one HTML page.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runId">Full id of the run.</param>
    /// <param name="above">HTML that stands above the title.</param>
    public static string Html(RunQueries queries, string runId, string above)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return Of(queries, runId).Html(Cairo.IsAvailable, above);
    }

    internal static Report Of(RunData run)
    {
        RunFigures figures = RunFigures.Of(run);
        return new Report(figures.Drawn, figures.Animations, figures.Missing, look => RunMarkdown.Write(run, figures.Drawn, look));
    }

    static Report Of(RunQueries queries, string runId)
    {
        RunData run = RunData.Read(queries, runId);
        return Of(run with { HasChanged = queries.HasChanged(run.Detail, run.Series.Value) });
    }
}
