using AeVae.Reports.Charts;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Codes of the test images of a run in the plane.</summary>
/// <param name="Points">Those that are finite, at least one, as <see cref="ArtifactNames.LatentProjection"/> has them.</param>
/// <param name="ClassNames">Name of each class; empty for data without classes.</param>
/// <param name="Shares">Share of the variance along each axis, where they are principal axes; else null, and they are the latents themselves.</param>
sealed record LatentPoints(ScatterPoint[] Points, IReadOnlyList<string> ClassNames, double[]? Shares)
{
    /// <summary>Those of a run; null when it holds none.</summary>
    /// <exception cref="FormatException">What is stored cannot be drawn.</exception>
    public static LatentPoints? Of(RunData run)
    {
        if (run.Artifact(ArtifactNames.LatentProjection) is not { } bytes) return null;
        float[,] codes = NpyArray.ReadFloatMatrix(bytes);
        byte[] labels = run.Artifact(ArtifactNames.LatentLabels) is { } stored ? NpyArray.ReadByteVector(stored) : [];
        if (codes.GetLength(1) != 2 || (labels.Length > 0 && labels.Length != codes.GetLength(0)))
            throw new FormatException($"{codes.GetLength(0)} × {codes.GetLength(1)} coordinates with {labels.Length} labels");
        double[]? shares = run.Artifact(ArtifactNames.LatentProjectionVariance) is { } variance ? NpyArray.ReadDoubleVector(variance) : null;
        if (shares is { Length: < 2 }) throw new FormatException($"shares of {shares.Length} axes");
        ScatterPoint[] points = [.. Enumerable.Range(0, codes.GetLength(0))
            .Select(i => new ScatterPoint(codes[i, 0], codes[i, 1], labels.Length == 0 ? 0 : labels[i]))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        return points.Length > 0 ? new LatentPoints(points, run.ClassNames(labels), shares) : throw new FormatException("no code is finite");
    }

    /// <summary>What an axis is, from 1, with its share of the variance where it has one.</summary>
    /// <param name="axis">Which.</param>
    /// <param name="of">What stands after the share.</param>
    public string Axis(int axis, string of = "") => Shares is null ? $"latent {axis}" : $"principal axis {axis} ({Numbers.Percent(Shares[axis - 1])}{of})";
}
