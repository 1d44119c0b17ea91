namespace AeVae.Data.Pictures.Jpeg;

/// <summary>One colour component of a JPEG picture: its blocks fill whole units, beyond the picture's right and lower edge.</summary>
/// <param name="identifier">Its name in the file.</param>
/// <param name="across">Blocks of a unit, side by side.</param>
/// <param name="down">Blocks of a unit, one below another.</param>
/// <param name="quantizationTable">Number of its table.</param>
/// <param name="frame">The picture.</param>
/// <param name="pixelsAcross">Pixels per sample, side by side.</param>
/// <param name="pixelsDown">Pixels per sample, one below another.</param>
sealed class JpegComponent(byte identifier, int across, int down, int quantizationTable, JpegFrame frame, int pixelsAcross, int pixelsDown)
{
    public byte Identifier => identifier;
    public int Across => across;
    public int Down => down;
    public int QuantizationTable => quantizationTable;
    public int PixelsAcross => pixelsAcross;
    public int PixelsDown => pixelsDown;

    /// <summary>Samples per row that show in the picture.</summary>
    public int Width { get; } = JpegFrame.Ceiling(frame.Width, pixelsAcross);

    /// <summary>Rows of samples that show in the picture.</summary>
    public int Height { get; } = JpegFrame.Ceiling(frame.Height, pixelsDown);

    /// <summary>Blocks that are stored side by side.</summary>
    public int BlocksAcross { get; } = frame.UnitsAcross * across;

    /// <summary>Blocks that are stored one below another.</summary>
    public int BlocksDown { get; } = frame.UnitsDown * down;

    /// <summary>Quantized coefficients (blocks down × blocks across × 64), each block row by row.</summary>
    public short[] Coefficients { get; } = new short[frame.UnitsAcross * across * frame.UnitsDown * down * JpegFrame.BlockArea];

    /// <summary>Steps of the coefficients, row by row; null until the first scan fixes them.</summary>
    public ushort[]? Quantization { get; set; }

    /// <summary>Whether a scan has brought the means of the blocks, without which nothing can be seen.</summary>
    public bool HasMeans { get; set; }

    /// <summary>The last mean of the scan, which the next one is coded relative to.</summary>
    public int Predictor { get; set; }

    /// <summary>The coefficients of a block.</summary>
    public Span<short> Block(int x, int y) => Coefficients.AsSpan((y * BlocksAcross + x) * JpegFrame.BlockArea, JpegFrame.BlockArea);
}
