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
        yield return Array(ArtifactNames.LatentCodes, NpyArray.Write(evaluation.LatentCodes));
        yield return Array(ArtifactNames.LatentProjection, NpyArray.Write(evaluation.LatentProjection));
        if (evaluation.LatentProjectionVariance is { } variance)
            yield return Array(ArtifactNames.LatentProjectionVariance, NpyArray.Write(variance));
        if (evaluation.LatentLabels.Length > 0)
            yield return Array(ArtifactNames.LatentLabels, NpyArray.Write(evaluation.LatentLabels));
        yield return Array(ArtifactNames.Originals, NpyArray.Write(evaluation.Originals));
        yield return Array(ArtifactNames.Reconstructions, NpyArray.Write(evaluation.Reconstructions));
        if (evaluation.Samples is { } samples)
            yield return Array(ArtifactNames.Samples, NpyArray.Write(samples));
        if (evaluation.KlPerDim is { } klPerDim)
            yield return Array(ArtifactNames.KlPerDim, NpyArray.Write(klPerDim));
        yield return Table(ArtifactNames.Baselines, evaluation.Baselines);
        yield return Table(ArtifactNames.ClassNames, classNames);
    }

    /// <summary>Digest of the last parameters, and the file that holds them; null when the disk refused it.</summary>
    public static Artifact FinalWeights(string parametersSha256, string? file) =>
        new(ArtifactNames.FinalWeights, "weights", "application/json", JsonSerializer.SerializeToUtf8Bytes(new { ParametersSha256 = parametersSha256, File = file }, SnakeCase), file);

    static Artifact Array(string name, byte[] npy) => new(name, "array", NpyArray.MediaType, npy, null);

    static Artifact Table<T>(string name, T rows) =>
        new(name, "table", "application/json", JsonSerializer.SerializeToUtf8Bytes(rows, SnakeCase), null);
}
