using AeVae.Runner.Execution;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>The first epoch in which two runs differ.</summary>
/// <param name="Epoch">Counted from 1.</param>
sealed record FirstDifference(int Epoch)
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
    /// <param name="a">The one run.</param>
    /// <param name="b">The other.</param>
    /// <param name="read">An epoch of a run with the digests of its tensors; null where it has none.</param>
    public static FirstDifference? Between(StoredRun a, StoredRun b, Func<string, int, EpochRecord?> read)
    {
        int byDigest = a.Detail.Epochs.Join(b.Detail.Epochs, epoch => epoch.Epoch, epoch => epoch.Epoch, (x, y) => (x.Epoch, IsSame: Digests(x) == Digests(y)))
            .Where(pair => !pair.IsSame).Select(pair => pair.Epoch).DefaultIfEmpty(int.MaxValue).Min();
        ILookup<int, string> byMetric = DifferingMetrics(a, b).ToLookup(metric => metric.Epoch, metric => metric.Name);
        int epoch = byMetric.Select(metrics => metrics.Key).Append(byDigest).Min();
        return epoch < int.MaxValue && read(a.Id, epoch) is { } inA && read(b.Id, epoch) is { } inB ? Between(inA, inB, byMetric[epoch]) : null;
    }

    static FirstDifference Between(EpochRecord a, EpochRecord b, IEnumerable<string> metrics) => new(a.Epoch)
    {
        Order = a.OrderSha256 != b.OrderSha256,
        Parameters = a.ParametersSha256 != b.ParametersSha256,
        Optimizer = a.OptimizerSha256 != b.OptimizerSha256,
        Tensors = [.. a.Tensors.Except(b.Tensors).Concat(b.Tensors.Except(a.Tensors)).Select(tensor => tensor.Name).Distinct().Order(StringComparer.Ordinal)],
        Metrics = [.. metrics],
    };

    // Every metric in every epoch that both runs have of it, where they differ; where only one was measured, as by eval.every, nothing can be said.
    // Those of the test images are of the run's end, and so they come last.
    static IEnumerable<(int Epoch, string Name)> DifferingMetrics(StoredRun a, StoredRun b) =>
        from key in a.Series.Keys.Intersect(b.Series.Keys)
        orderby key.Split == "test", key.Split, key.Name
        from pair in a.Series[key].Join(b.Series[key], point => point.Epoch, point => point.Epoch, (x, y) => (x.Epoch, IsSame: Bits.AreEqual(x.Value, y.Value)))
        where !pair.IsSame
        select (pair.Epoch, key.FullName);

    static (string, string, string) Digests(EpochSummary epoch) => (epoch.ParametersSha256, epoch.OptimizerSha256, epoch.OrderSha256);
}
