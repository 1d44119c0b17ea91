using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>How runs are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The metric to rank by, such as <c>val.loss</c>; null: the sweep's, or <see cref="Tracking.LossKeys.CommonMetric"/> of the validation images.</summary>
    public string? Metric { get; init; }

    /// <summary>Keys whose values make a group; empty: runs that differ in nothing but the seed.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>A run of the group that the others are compared with; null: the sweep's baseline, if it names one.</summary>
    public string? BaselineRunId { get; init; }

    /// <summary>The sweep that all runs belong to; null when they were chosen one by one.</summary>
    public SweepDetail? Sweep { get; init; }
}
