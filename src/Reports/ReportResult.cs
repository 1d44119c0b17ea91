namespace AeVae.Reports;

/// <summary>What writing a report left on disk.</summary>
/// <param name="ReportPath">The report itself.</param>
/// <param name="Files">Every file written, the report first.</param>
/// <param name="Figures">How many figures and animations it shows.</param>
/// <param name="Notes">One sentence for each thing that the reader should know: figures that are missing and why, SVG in place of PNG.</param>
public sealed record ReportResult(string ReportPath, IReadOnlyList<string> Files, int Figures, IReadOnlyList<string> Notes);
