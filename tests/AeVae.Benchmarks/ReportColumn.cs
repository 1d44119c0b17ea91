using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace AeVae.Benchmarks;

/// <summary>A column that follows from the report of its row alone.</summary>
/// <param name="name">Its head.</param>
/// <param name="legend">What it says, with its unit.</param>
/// <param name="text">Its text.</param>
sealed class ReportColumn(string name, string legend, Func<BenchmarkReport, string> text) : IColumn
{
    public string Id => name;
    public string ColumnName => name;
    public string Legend => legend;
    public bool AlwaysShow => true;
    public ColumnCategory Category => ColumnCategory.Custom;
    public int PriorityInCategory => 0;
    public bool IsNumeric => true;
    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => summary[benchmarkCase] is { ResultStatistics: not null } report ? text(report) : "-";
    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
    public bool IsAvailable(Summary summary) => true;
}
