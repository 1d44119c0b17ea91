namespace AeVae.Data;

/// <summary>Size of an image.</summary>
/// <param name="Height">Pixels per column.</param>
/// <param name="Width">Pixels per row.</param>
/// <param name="Channels">Values of a pixel: 1 grey level, or 3, red, green and blue.</param>
public readonly record struct ImageShape(int Height, int Width, int Channels = 1)
{
    /// <summary>Values of one image.</summary>
    public int Values => Height * Width * Channels;

    /// <summary>Such as <c>28 × 28</c> or <c>32 × 32 × 3</c>.</summary>
    public override string ToString() => Channels == 1 ? $"{Height} × {Width}" : $"{Height} × {Width} × {Channels}";
}
