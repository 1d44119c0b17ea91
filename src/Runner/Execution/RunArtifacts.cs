using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>What a report needs beyond metrics, as it is stored.</summary>
static class RunArtifacts
{
    static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Arrays as NumPy files, tables as JSON.</summary>
    public static IEnumerable<Artifact> From(FinalEvaluation evaluation, IReadOnlyList<string> classNames)
    {
        yield return Array(ArtifactNames.LatentCodes, NpyArray.Write(Rounded(evaluation.LatentCodes)));
        if (evaluation.LatentDeviations is { } deviations)
            yield return Array(ArtifactNames.LatentDeviations, NpyArray.Write(Rounded(deviations)));
        yield return Array(ArtifactNames.LatentProjection, NpyArray.Write(evaluation.LatentProjection));
        if (evaluation.LatentProjectionVariance is { } variance)
            yield return Array(ArtifactNames.LatentProjectionVariance, NpyArray.Write(variance));
        if (evaluation.LatentLabels.Length > 0)
            yield return Array(ArtifactNames.LatentLabels, NpyArray.Write(evaluation.LatentLabels));
        yield return Array(ArtifactNames.Originals, Write(evaluation.Originals));
        yield return Array(ArtifactNames.Reconstructions, Write(evaluation.Reconstructions));
        yield return Array(ArtifactNames.Samples, Write(evaluation.Samples));
        if (evaluation.KlPerDim is { } klPerDim)
            yield return Array(ArtifactNames.KlPerDim, NpyArray.Write(klPerDim));
        if (evaluation.LatentAxes is { } axes)
            yield return Array(ArtifactNames.LatentAxes, NpyArray.Write(axes));
        if (evaluation.Manifold is { } manifold)
            yield return Array(ArtifactNames.Manifold, Write(manifold));
        yield return Array(ArtifactNames.Interpolations, Write(evaluation.Interpolations));
        if (evaluation.SphericalInterpolations is { } spherical)
            yield return Array(ArtifactNames.SphericalInterpolations, Write(spherical));
        yield return Table(ArtifactNames.TraversedLatents, evaluation.TraversedLatents);
        yield return Array(ArtifactNames.Traversals, Write(evaluation.Traversals));
        yield return Array(ArtifactNames.Walk, Write(evaluation.Walk));
        yield return Array(ArtifactNames.WalkPath, NpyArray.Write(evaluation.WalkPath));
        yield return Table(ArtifactNames.Baselines, evaluation.Baselines);
        yield return Table(ArtifactNames.ClassNames, classNames);
    }

    /// <summary>Codes of a few test images after an epoch.</summary>
    [SuppressMessage("Performance", "CA1814", Justification = "The array is rectangular.")]
    public static Artifact LatentFrame(int epoch, Half[,] codes) => Array(ArtifactNames.LatentFrame(epoch), NpyArray.Write(codes));

    /// <summary>Digest of the parameters that were measured at the end, and the file that holds them; null when the disk refused it.</summary>
    public static Artifact FinalWeights(string parametersSha256, string? file) =>
        new(ArtifactNames.FinalWeights, "weights", "application/json", JsonSerializer.SerializeToUtf8Bytes(new { ParametersSha256 = parametersSha256, File = file }, SnakeCase), file);

    // Half of the bytes, and still finer than any figure shows.
    [SuppressMessage("Performance", "CA1814", Justification = "The array is rectangular.")]
    static Half[,] Rounded(float[,] codes)
    {
        Half[,] rounded = new Half[codes.GetLength(0), codes.GetLength(1)];
        for (int row = 0; row < codes.GetLength(0); row++)
        {
            for (int j = 0; j < codes.GetLength(1); j++) rounded[row, j] = (Half)codes[row, j];
        }

        return rounded;
    }

    // As matplotlib takes them: (images, height, width), and three channels as a fourth axis.
    static byte[] Write(ByteImages images) => images.Shape is { Channels: 1 } grey
        ? NpyArray.Write(images.Pixels, images.Count, grey.Height, grey.Width)
        : NpyArray.Write(images.Pixels, images.Count, images.Shape.Height, images.Shape.Width, images.Shape.Channels);

    static Artifact Array(string name, byte[] npy) => new(name, "array", NpyArray.MediaType, npy, null);

    static Artifact Table<T>(string name, T rows) =>
        new(name, "table", "application/json", JsonSerializer.SerializeToUtf8Bytes(rows, SnakeCase), null);
}
