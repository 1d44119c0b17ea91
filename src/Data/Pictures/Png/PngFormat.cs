namespace AeVae.Data.Pictures.Png;

/// <summary>What the header of a PNG file says.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits per sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColourType">One of the constants.</param>
/// <param name="IsInterlaced">Whether the pixels come in the seven passes of Adam7.</param>
sealed record PngFormat(int Width, int Height, int Depth, byte ColourType, bool IsInterlaced)
{
    public const byte Grey = 0, Colour = 2, Palette = 3, GreyAlpha = 4, ColourAlpha = 6;

    /// <summary>Samples per pixel.</summary>
    public int Samples { get; } = ColourType switch { Colour => 3, GreyAlpha => 2, ColourAlpha => 4, _ => 1 };

    /// <summary>Bytes from a byte to the one that its filter takes for its left neighbour.</summary>
    public int FilterDistance => Math.Max(1, Samples * Depth / 8);

    /// <summary>Bytes of so many pixels side by side, without the filter's number.</summary>
    public int RowBytes(int pixels) => (int)(((long)pixels * Samples * Depth + 7) / 8);
}
