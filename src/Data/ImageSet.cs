namespace AeVae.Data;

/// <summary>Grey-level images and their labels, kept as bytes; a batch becomes floats only when it is read.</summary>
/// <param name="Pixels">Count × Height × Width bytes, row-major, 0 black … 255 white.</param>
/// <param name="Labels">One class per image, 0 …; empty when the data have none.</param>
/// <param name="Height">Pixels per column.</param>
/// <param name="Width">Pixels per row.</param>
public sealed record ImageSet(ReadOnlyMemory<byte> Pixels, ReadOnlyMemory<byte> Labels, int Height, int Width)
{
    /// <summary>Pixels of one image.</summary>
    public int PixelsPerImage => Height * Width;

    /// <summary>Number of images.</summary>
    public int Count => Pixels.Length / PixelsPerImage;
}
