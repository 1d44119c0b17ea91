using AeVae.Tracking;

namespace AeVae.Reports;

/// <summary>Writes the report of one run.</summary>
public static class RunReport
{
    /// <summary>Writes <c>report.md</c> and its figures into <paramref name="folder"/>, which is made if need be; older files of the same names are replaced.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runId">Full id of the run.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="options">File format of the figures.</param>
    public static ReportResult Write(RunQueries queries, string runId, string folder, ReportOptions options) => throw new NotImplementedException();
}
