using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>What the trainer yields, as it is stored.</summary>
static class RunRecords
{
    /// <summary>One epoch.</summary>
    public static EpochRecord Of(EpochResult result) => new(
        result.Epoch,
        Of(result.Metrics),
        result.ParametersSha256,
        result.OptimizerSha256,
        result.OrderSha256,
        [.. result.Tensors.Select(tensor => new TensorRecord(tensor.Name, tensor.Sha256))],
        result.Seconds,
        result.ImagesPerSecond)
    {
        Warnings = result.Warnings,
        Artifacts = result.LatentFrame is { } frame ? [RunArtifacts.LatentFrame(result.Epoch, frame)] : [],
    };

    /// <summary>Metrics of any split.</summary>
    public static IReadOnlyList<MetricRecord> Of(IReadOnlyList<MetricValue> metrics) =>
        [.. metrics.Select(metric => new MetricRecord(SplitName.Of(metric.Split), metric.Name, metric.Value))];

    /// <summary>What every metric means.</summary>
    public static IEnumerable<MetricDefinitionRecord> Definitions => Metrics.All.Select(metric =>
        new MetricDefinitionRecord(metric.Name, metric.Unit, metric.Reduction, metric.Goal.ToString().ToLowerInvariant(), metric.Description));
}
