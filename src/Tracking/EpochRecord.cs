using System.Text.Json.Serialization;

namespace AeVae.Tracking;

/// <summary>What one epoch leaves behind; stored whole or not at all.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Metrics">Its metrics, each (split, name) at most once.</param>
/// <param name="ParametersSha256">Digest of all parameters after the epoch, lower-case hex.</param>
/// <param name="OptimizerSha256">Digest of the optimiser's state after the epoch.</param>
/// <param name="OrderSha256">Digest of the order in which the images were seen.</param>
/// <param name="Tensors">One digest per tensor of the parameters and of the optimiser's state.</param>
/// <param name="Seconds">Wall-clock time of training, in seconds.</param>
/// <param name="ImagesPerSecond">Training images per second of wall-clock time.</param>
public sealed record EpochRecord(
    int Epoch,
    IReadOnlyList<MetricRecord> Metrics,
    string ParametersSha256,
    string OptimizerSha256,
    string OrderSha256,
    IReadOnlyList<TensorRecord> Tensors,
    double Seconds,
    double ImagesPerSecond)
{
    /// <summary>What was noticed in this epoch, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What is larger than a number; named by <see cref="ArtifactNames.LatentFrame"/>, so that it goes when the epoch is cut.</summary>
    public IReadOnlyList<Artifact> Artifacts { get; init; } = [];
}

/// <summary>One measured value.</summary>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Name">A defined metric, such as <c>loss</c>.</param>
/// <param name="Value">Any double; NaN, ±∞ and −0 come back as they were.</param>
public sealed record MetricRecord(string Split, string Name, double Value)
{
    /// <summary>Its split and name.</summary>
    [JsonIgnore]
    public MetricKey Key => new(Split, Name);
}

/// <summary>The digest of one tensor of the parameters or of the optimiser's state.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record TensorRecord(string Name, string Sha256);
