namespace AeVae.Data.Pictures;

/// <summary>A picture in colour.</summary>
/// <param name="Rgb">Red, green and blue of every pixel (height × width × 3), 0 … 255.</param>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
sealed record Picture(byte[] Rgb, int Width, int Height)
{
    /// <summary>Bytes per pixel.</summary>
    public const int Channels = 3;

    /// <summary>Pixels that a picture may have. Larger ones are no photographs but damaged headers, or traps.</summary>
    public const int MostPixels = 100_000_000;

    /// <summary>Checks the size that a header announces, before anything of that size is asked for.</summary>
    /// <exception cref="InvalidDataException">There is no pixel, or more than <see cref="MostPixels"/>.</exception>
    public static void CheckSize(long width, long height)
    {
        if (width < 1 || height < 1) throw new InvalidDataException($"announces {width} × {height} pixels; a picture has at least one");
        if (width > MostPixels || height > MostPixels || width * height > MostPixels)
            throw new InvalidDataException($"has {width} × {height} pixels; {MostPixels / 1_000_000} million are the most");
    }
}
