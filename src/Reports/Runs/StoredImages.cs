using AeVae.Reports.Drawing;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Grey-level images as they are stored.</summary>
static class StoredImages
{
    /// <summary>The images of an artifact of a run; null where it has none.</summary>
    /// <exception cref="FormatException">It holds no images, or ones without a pixel.</exception>
    public static GreyImage[]? Of(RunData run, string artifact) => run.Artifact(artifact) is { } bytes && Read(bytes) is { Length: > 0 } images ? images : null;

    /// <summary>The images of an artifact (images × height × width).</summary>
    /// <exception cref="FormatException">It holds no images, or ones without a pixel.</exception>
    public static GreyImage[] Read(byte[] npy)
    {
        byte[,,] images = NpyArray.ReadByteImages(npy);
        (int count, int height, int width) = (images.GetLength(0), images.GetLength(1), images.GetLength(2));
        if (images.Length == 0 && count > 0) throw new FormatException($"images of {height} × {width} pixels");
        byte[] pixels = new byte[images.Length];
        Buffer.BlockCopy(images, 0, pixels, 0, pixels.Length);
        return [.. Enumerable.Range(0, count).Select(i => new GreyImage(pixels[(i * height * width)..((i + 1) * height * width)], width, height))];
    }
}
