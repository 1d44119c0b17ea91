using AeVae.Reports.Drawing;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Images as they are stored.</summary>
static class StoredImages
{
    /// <summary>Samples beside each other in a figure.</summary>
    public const int SamplesPerRow = 10;

    /// <summary>The images of an artifact of a run; null where it has none.</summary>
    /// <exception cref="FormatException">It holds no images, or ones without a pixel.</exception>
    public static RasterImage[]? Of(RunData run, string artifact) => run.Artifact(artifact) is { } bytes && Read(bytes) is { Length: > 0 } images ? images : null;

    /// <summary>The images of an artifact (images × height × width, or × 3 for colours).</summary>
    /// <exception cref="FormatException">It holds no images, or ones without a pixel.</exception>
    public static RasterImage[] Read(byte[] npy)
    {
        (byte[] pixels, IReadOnlyList<int> shape) = NpyArray.ReadByteImages(npy);
        (int count, int height, int width, int channels) = (shape[0], shape[1], shape[2], shape.Count == 4 ? shape[3] : 1);
        if (pixels.Length == 0 && count > 0) throw new FormatException($"images of {height} × {width} pixels");
        if (channels is not (1 or 3)) throw new FormatException($"images of {channels} channels");
        int values = height * width * channels;
        return [.. Enumerable.Range(0, count).Select(i => new RasterImage(pixels[(i * values)..((i + 1) * values)], width, height, channels))];
    }
}
