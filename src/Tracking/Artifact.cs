using System.Globalization;

namespace AeVae.Tracking;

/// <summary>Something larger than a number that a run leaves behind; the store adds its length and SHA-256.</summary>
/// <param name="Name">Unique in its run; see <see cref="ArtifactNames"/>.</param>
/// <param name="Kind">Such as <c>array</c>, <c>table</c> or <c>weights</c>.</param>
/// <param name="MediaType">Such as <c>application/x-npy</c> or <c>application/json</c>.</param>
/// <param name="Content">The bytes that are stored.</param>
/// <param name="FilePath">Where the same lies as a file, relative to the folder of the results file, if it does.</param>
public sealed record Artifact(string Name, string Kind, string MediaType, byte[] Content, string? FilePath);

/// <summary>An artifact without its bytes.</summary>
/// <param name="Name">Unique in its run.</param>
/// <param name="Kind">Such as <c>array</c>.</param>
/// <param name="MediaType">Such as <c>application/x-npy</c>.</param>
/// <param name="Bytes">Length of the content.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hex.</param>
/// <param name="FilePath">Where the same lies as a file, relative to the folder of the results file, if it does.</param>
public sealed record ArtifactInfo(string Name, string Kind, string MediaType, long Bytes, string Sha256, string? FilePath);

/// <summary>The artifacts that reports know.</summary>
public static class ArtifactNames
{
    /// <summary>Codes of held-out images: float, half precision (images × latents).</summary>
    public const string LatentCodes = "latent_codes";

    /// <summary>σ of the posteriors around <see cref="LatentCodes"/>: float, half precision (images × latents); only of a VAE.</summary>
    public const string LatentDeviations = "latent_deviations";

    /// <summary>The codes projected to two dimensions: float (images × 2).</summary>
    public const string LatentProjection = "latent_projection";

    /// <summary>Share of the codes' variance along each axis of <see cref="LatentProjection"/>, 0 … 1: double (2); only where the projection is a PCA.</summary>
    public const string LatentProjectionVariance = "latent_projection_variance";

    /// <summary>Mean code and the two axes of <see cref="LatentProjection"/>: float (3 × latents); only where the projection is a PCA.</summary>
    public const string LatentAxes = "latent_axes";

    /// <summary>The plane of a model with two latents, decoded at the prior's quantiles (i + ½)/15, row by row from the highest of the second latent: byte (225 × height × width).</summary>
    public const string Manifold = "manifold";

    /// <summary>Straight ways between the codes of the originals 1 and 2, 3 and 4, …, 9 images each: byte (9 · pairs × height × width).</summary>
    public const string Interpolations = "interpolations";

    /// <summary>The same on great circles, for more than two latents: byte (9 · pairs × height × width).</summary>
    public const string SphericalInterpolations = "interpolations_spherical";

    /// <summary>Latents of <see cref="Traversals"/>, from 0: JSON array of numbers.</summary>
    public const string TraversedLatents = "traversed_latents";

    /// <summary>Each of these latents from −3 to 3 standard deviations about the mean code, 9 images each: byte (9 · latents × height × width).</summary>
    public const string Traversals = "traversals";

    /// <summary>A round trip through the codes of the originals, 8 images from one to the next: byte (8 · originals × height × width).</summary>
    public const string Walk = "walk";

    /// <summary>Codes of <see cref="Walk"/>: float (images × latents).</summary>
    public const string WalkPath = "walk_path";

    const string LatentFramePrefix = "latent_frame/";

    /// <summary>Codes of the first test images after an epoch: float, half precision (images × latents).</summary>
    public static string LatentFrame(int epoch) => string.Create(CultureInfo.InvariantCulture, $"{LatentFramePrefix}{epoch}");

    /// <summary>The epoch that a <see cref="LatentFrame"/> was taken after; null for other artifacts.</summary>
    public static int? EpochOfLatentFrame(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(LatentFramePrefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(LatentFramePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) ? epoch : null;
    }

    /// <summary>Classes of the images of <see cref="LatentCodes"/>: byte (images).</summary>
    public const string LatentLabels = "latent_labels";

    /// <summary>Images shown to the model: byte (images × height × width).</summary>
    public const string Originals = "originals";

    /// <summary>What the model made of <see cref="Originals"/>: byte (images × height × width).</summary>
    public const string Reconstructions = "reconstructions";

    /// <summary>Images decoded from N(0, I): byte (images × height × width).</summary>
    public const string Samples = "samples";

    /// <summary>KL of each latent dimension in nats per image: double (latents).</summary>
    public const string KlPerDim = "kl_per_dim";

    /// <summary>What simple methods reach on the same data: JSON <c>[{name, mse, bce}]</c>.</summary>
    public const string Baselines = "baselines";

    /// <summary>Names of the classes in order: JSON array of strings.</summary>
    public const string ClassNames = "class_names";

    /// <summary>The parameters that the test images were measured with: JSON <c>{parameters_sha256, file}</c>.</summary>
    public const string FinalWeights = "final_weights";
}
