namespace AeVae.Data;

/// <summary>Images and their labels, kept as bytes; a batch becomes floats only when it is read.</summary>
/// <param name="Pixels">Count × Height × Width × Channels bytes, row-major, 0 dark … 255 bright.</param>
/// <param name="Labels">One class per image, 0 …; empty when the data have none.</param>
/// <param name="Shape">Size of every image.</param>
public sealed record ImageSet(ReadOnlyMemory<byte> Pixels, ReadOnlyMemory<byte> Labels, ImageShape Shape)
{
    /// <summary>Values of one image: its pixels, each as often as it has channels.</summary>
    public int PixelsPerImage => Shape.Values;

    /// <summary>Number of images.</summary>
    public int Count => Pixels.Length / PixelsPerImage;
}
