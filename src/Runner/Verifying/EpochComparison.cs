using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Compares one epoch of a stored run with the same epoch of now, to the last bit.</summary>
static class EpochComparison
{
    const string OptimizerPrefix = "optimizer.";   // tensors of the optimiser's state; all others are parameters

    /// <summary>Every difference, causes before effects: order, parameters, optimiser, training metrics, validation metrics.</summary>
    /// <param name="stored">The stored epoch; null when the run has none of this number.</param>
    /// <param name="computed">The epoch of now.</param>
    /// <param name="measured">Metrics that the run must have where they are computed; what a newer program measures besides is no difference.</param>
    /// <remarks>Seconds and images per second are not compared: they are of the machine.</remarks>
    public static IReadOnlyList<Difference> Of(EpochRecord? stored, EpochRecord computed, IReadOnlySet<MetricKey> measured)
    {
        if (stored is null)
            return [new(DifferenceKind.Parameters, null, null, computed.ParametersSha256)];
        return
        [
            .. Digest(DifferenceKind.Order, stored.OrderSha256, computed.OrderSha256),
            .. Tensors(stored, computed, isOptimizer: false),
            .. Digest(DifferenceKind.Parameters, stored.ParametersSha256, computed.ParametersSha256),
            .. Tensors(stored, computed, isOptimizer: true),
            .. Digest(DifferenceKind.Optimizer, stored.OptimizerSha256, computed.OptimizerSha256),
            .. Metrics(stored.Metrics, computed.Metrics, measured),
        ];
    }

    /// <summary>Metrics that differ, in the order of <paramref name="computed"/>, then those that are stored only.</summary>
    public static IEnumerable<Difference> Metrics(IReadOnlyList<MetricRecord> stored, IReadOnlyList<MetricRecord> computed, IReadOnlySet<MetricKey> measured)
    {
        Dictionary<MetricKey, double> before = stored.ToDictionary(metric => metric.Key, metric => metric.Value);
        foreach (MetricRecord metric in computed)
        {
            double? value = before.Remove(metric.Key, out double found) ? found : null;
            if (value is { } known ? !Bits.AreEqual(known, metric.Value) : measured.Contains(metric.Key))
                yield return Bits.Difference(DifferenceKind.Metric, metric.Key.FullName, value, metric.Value);
        }

        foreach ((MetricKey key, double value) in before)
            yield return Bits.Difference(DifferenceKind.Metric, key.FullName, value, null);
    }

    /// <summary>Whether a tensor belongs to the optimiser's state.</summary>
    public static bool IsOptimizer(string tensor) => tensor.StartsWith(OptimizerPrefix, StringComparison.Ordinal);

    static IEnumerable<Difference> Digest(DifferenceKind kind, string stored, string computed) =>
        stored == computed ? [] : [new(kind, null, stored, computed)];

    static IEnumerable<Difference> Tensors(EpochRecord stored, EpochRecord computed, bool isOptimizer)
    {
        Dictionary<string, string> before = stored.Tensors.Where(tensor => IsOptimizer(tensor.Name) == isOptimizer).ToDictionary(tensor => tensor.Name, tensor => tensor.Sha256);
        Dictionary<string, string> now = computed.Tensors.Where(tensor => IsOptimizer(tensor.Name) == isOptimizer).ToDictionary(tensor => tensor.Name, tensor => tensor.Sha256);
        return from name in now.Keys.Union(before.Keys)
               let difference = new Difference(DifferenceKind.Tensor, name, before.GetValueOrDefault(name), now.GetValueOrDefault(name))
               where difference.Stored != difference.Computed
               select difference;
    }
}
