using AeVae.Tracking;

namespace AeVae.Runner.Comparing;

/// <summary>The first epoch in which two runs differ.</summary>
/// <param name="Epoch">Counted from 1.</param>
sealed record Divergence(int Epoch)
{
    /// <summary>The images were seen in another order.</summary>
    public required bool Order { get; init; }

    /// <summary>Parameters differ.</summary>
    public required bool Parameters { get; init; }

    /// <summary>The optimiser's state differs.</summary>
    public required bool Optimizer { get; init; }

    /// <summary>Tensors that differ, or that one run has alone, in ordinal order of their names; empty where no digests of tensors are stored.</summary>
    public required IReadOnlyList<string> Tensors { get; init; }

    /// <summary>Metrics that differ, as <c>validation.loss</c>, clock times aside.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Null when the epochs that both runs have are equal to the last bit.</summary>
    public static Divergence? Between(ComparedRun a, ComparedRun b)
    {
        int byDigest = a.Detail.Epochs.Join(b.Detail.Epochs, epoch => epoch.Epoch, epoch => epoch.Epoch, (x, y) => (x.Epoch, IsSame: Digests(x) == Digests(y)))
            .Where(pair => !pair.IsSame).Select(pair => pair.Epoch).DefaultIfEmpty(int.MaxValue).Min();
        int byMetric = a.Series.Where(metric => MetricPair.IsCompared(metric.Key.Name) && b.Series.ContainsKey(metric.Key))
            .Select(metric => FirstDifference(metric.Value, b.Series[metric.Key])).DefaultIfEmpty(int.MaxValue).Min();
        int epoch = Math.Min(byDigest, byMetric);
        return epoch < int.MaxValue && a.Epoch(epoch) is { } inA && b.Epoch(epoch) is { } inB ? Between(inA, inB) : null;
    }

    static Divergence Between(EpochRecord a, EpochRecord b) => new(a.Epoch)
    {
        Order = a.OrderSha256 != b.OrderSha256,
        Parameters = a.ParametersSha256 != b.ParametersSha256,
        Optimizer = a.OptimizerSha256 != b.OptimizerSha256,
        Tensors = [.. a.Tensors.Except(b.Tensors).Concat(b.Tensors.Except(a.Tensors)).Select(tensor => tensor.Name).Distinct().Order(StringComparer.Ordinal)],
        Metrics = [.. from x in a.Metrics
                      join y in b.Metrics on (x.Split, x.Name) equals (y.Split, y.Name)
                      where MetricPair.IsCompared(x.Name) && !MetricPair.HaveSameBits(x.Value, y.Value)
                      select $"{x.Split}.{x.Name}"],
    };

    // Where only one run was measured, as by eval.every, nothing can be said of the epoch.
    static int FirstDifference(IReadOnlyList<SeriesPoint> a, IReadOnlyList<SeriesPoint> b) =>
        a.Join(b, point => point.Epoch, point => point.Epoch, (x, y) => (x.Epoch, IsSame: MetricPair.HaveSameBits(x.Value, y.Value)))
            .Where(pair => !pair.IsSame).Select(pair => pair.Epoch).DefaultIfEmpty(int.MaxValue).Min();

    static (string, string, string) Digests(EpochSummary epoch) => (epoch.ParametersSha256, epoch.OptimizerSha256, epoch.OrderSha256);
}
