using System.Diagnostics.CodeAnalysis;

namespace AeVae.Models;

/// <summary>Test metrics and everything that a report's figures need.</summary>
[SuppressMessage("Performance", "CA1814", Justification = "The arrays are rectangular and are stored as NumPy arrays.")]
[SuppressMessage("Performance", "CA1819", Justification = "The arrays are handed over to storage, not kept.")]
public sealed record FinalEvaluation
{
    /// <summary>Epoch whose parameters were measured.</summary>
    public required int Epoch { get; init; }

    /// <summary>Digest of those parameters, see <see cref="TensorDigest"/>.</summary>
    public required string ParametersSha256 { get; init; }

    /// <summary>Metrics of the test split.</summary>
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    /// <summary>Code (ae) or μ (vae) of the first ≤ 5,000 test images, (images × latent_dim).</summary>
    public required float[,] LatentCodes { get; init; }

    /// <summary>σ of the posteriors of the same rows, (images × latent_dim); null for an ae.</summary>
    public required float[,]? LatentDeviations { get; init; }

    /// <summary>The same rows in two dimensions: the two latents, the one latent and zeros, or PCA to two; (images × 2).</summary>
    public required float[,] LatentProjection { get; init; }

    /// <summary>Class of the same rows; empty when the data have no labels.</summary>
    public required byte[] LatentLabels { get; init; }

    /// <summary>Share of the codes' variance along the two axes when PCA was used, else null.</summary>
    public required double[]? LatentProjectionVariance { get; init; }

    /// <summary>Up to 10 test images, one per class where labels exist, as they entered the network; (images × height × width), 0…255.</summary>
    public required ByteImages Originals { get; init; }

    /// <summary>The same images decoded from their code (vae: z = μ); (images × height × width), 0…255.</summary>
    public required ByteImages Reconstructions { get; init; }

    /// <summary>100 decoded draws from N(0, I), (100 × height × width), 0…255; an ae knows no such distribution, and shows what that costs.</summary>
    public required ByteImages Samples { get; init; }

    /// <summary>KL of each latent in nats, mean over test images; null for an ae.</summary>
    public required double[]? KlPerDim { get; init; }

    /// <summary>Mean code and the two axes of <see cref="LatentProjection"/> when PCA was used, (3 × latent_dim), else null.</summary>
    public required float[,]? LatentAxes { get; init; }

    /// <summary>What a decoder of two latents makes of the prior's quantiles (i + ½)/15, 15 rows of 15; the second latent falls from row to row, the first rises within a row; (225 × height × width), 0…255. Null unless latent_dim is 2.</summary>
    public required ByteImages? Manifold { get; init; }

    /// <summary>Straight ways between the codes of <see cref="Originals"/> 1 and 2, 3 and 4, …, 9 images each, both ends included; (9 · pairs × height × width), 0…255.</summary>
    public required ByteImages Interpolations { get; init; }

    /// <summary>The same on great circles; null unless latent_dim is above 2.</summary>
    public required ByteImages? SphericalInterpolations { get; init; }

    /// <summary>Up to 10 latents, from 0, those with the largest KL (vae) or variance of the codes (ae) first.</summary>
    public required int[] TraversedLatents { get; init; }

    /// <summary>Each of <see cref="TraversedLatents"/> from 3 standard deviations of the test codes below their mean to 3 above in 9 images, the other latents at their means; (9 · latents × height × width), 0…255.</summary>
    public required ByteImages Traversals { get; init; }

    /// <summary>A straight round trip through the codes of <see cref="Originals"/>, 8 images from one to the next; (8 · images × height × width), 0…255.</summary>
    public required ByteImages Walk { get; init; }

    /// <summary>Codes of the same images, (8 · images × latent_dim).</summary>
    public required float[,] WalkPath { get; init; }

    /// <summary>What trivial and linear models reach on the same test images.</summary>
    public required IReadOnlyList<Baseline> Baselines { get; init; }
}

/// <summary>What a trivial or linear model reaches on the test images.</summary>
/// <param name="Name"><c>mean image</c>, <c>PCA-k</c> or <c>grey-level floor</c>.</param>
/// <param name="Mse">Squared error per pixel.</param>
/// <param name="Bce">Nats per image; null where the model gives no probabilities (PCA).</param>
public sealed record Baseline(string Name, double Mse, double? Bce);
