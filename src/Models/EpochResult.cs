using System.Diagnostics.CodeAnalysis;

namespace AeVae.Models;

/// <summary>Everything that one finished epoch leaves behind.</summary>
public sealed record EpochResult
{
    /// <summary>Number of the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Training metrics, and validation metrics where this epoch was evaluated.</summary>
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    /// <summary>Digest of all parameters, see <see cref="TensorDigest"/>.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Digest of the optimiser's tensors and running products.</summary>
    public required string OptimizerSha256 { get; init; }

    /// <summary>SHA-256 of the epoch's image order as little-endian 32-bit indices.</summary>
    public required string OrderSha256 { get; init; }

    /// <summary>Parameters, then optimiser state, one digest each, in ordinal name order.</summary>
    public required IReadOnlyList<TensorDigest> Tensors { get; init; }

    /// <summary>Wall-clock seconds of the training part.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training images per second of wall clock.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>What a person should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Code (ae) or μ (vae) of the first ≤ 200 test images, (images × latent_dim), for a picture of how the latent space forms; null after most epochs.</summary>
    [SuppressMessage("Performance", "CA1814", Justification = "The array is rectangular and is stored as a NumPy array.")]
    [SuppressMessage("Performance", "CA1819", Justification = "The array is handed over to storage, not kept.")]
    public Half[,]? LatentFrame { get; init; }

    /// <summary>The early-stop rule fired: this is the last epoch.</summary>
    public required bool StopsEarly { get; init; }
}
