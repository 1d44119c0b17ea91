namespace AeVae.Reports;

/// <summary>How a report is written.</summary>
/// <param name="Format">File format of the figures; default <see cref="ChartFormat.Auto"/>.</param>
public sealed record ReportOptions(ChartFormat Format = ChartFormat.Auto);
