namespace AeVae.Data.Pictures.Jpeg;

/// <summary>The coefficients of a JPEG picture.</summary>
sealed class JpegFrame
{
    /// <summary>Edge of a block, in samples.</summary>
    public const int BlockSide = 8;

    /// <summary>Coefficients of a block.</summary>
    public const int BlockArea = BlockSide * BlockSide;

    /// <summary>Where each coefficient stands in its block, row by row, in the order of the file (figure A.6).</summary>
    public static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Lays out the blocks.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isProgressive">Whether the coefficients come in several scans of growing precision.</param>
    /// <param name="sampling">Of each component: its name, its blocks across and down one unit of the picture, and the number of its quantization table.</param>
    /// <param name="fileBytes">Length of the file.</param>
    /// <exception cref="InvalidDataException">The file cannot hold so many blocks, or a component has no whole pixels per sample.</exception>
    public JpegFrame(int width, int height, bool isProgressive, (byte Identifier, int Across, int Down, int Table)[] sampling, int fileBytes)
    {
        (Width, Height, IsProgressive) = (width, height, isProgressive);
        (int across, int down) = (sampling.Max(s => s.Across), sampling.Max(s => s.Down));
        (UnitsAcross, UnitsDown) = (Ceiling(width, BlockSide * across), Ceiling(height, BlockSide * down));
        if (sampling.Any(s => across % s.Across != 0 || down % s.Down != 0)) throw new InvalidDataException("is a JPEG whose colours have 1½ pixels per sample: save it with 4:4:4, 4:2:2 or 4:2:0");
        // No block takes less than a bit, so a damaged header cannot make us ask for gigabytes.
        if (sampling.Sum(s => (long)UnitsAcross * UnitsDown * s.Across * s.Down) / 8 > fileBytes)
            throw new InvalidDataException($"announces {width} × {height} pixels, which its {fileBytes} bytes cannot hold");
        Components = Array.ConvertAll(sampling, s => new JpegComponent(s.Identifier, s.Across, s.Down, s.Table, this, across / s.Across, down / s.Down));
    }

    public int Width { get; }
    public int Height { get; }
    public bool IsProgressive { get; }

    /// <summary>Units in a row of the picture; in one unit each component has whole blocks (A.2.3: MCU).</summary>
    public int UnitsAcross { get; }
    public int UnitsDown { get; }
    public JpegComponent[] Components { get; }

    public static int Ceiling(int dividend, int divisor) => (dividend + divisor - 1) / divisor;
}
