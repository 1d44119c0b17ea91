namespace AeVae.Reports.Drawing;

/// <summary>A white page to draw on. Units are CSS pixels from the upper left corner, y down; later calls paint over earlier ones.</summary>
interface ICanvas : IDisposable
{
    /// <summary>An open line through at least two points.</summary>
    void Line(IReadOnlyList<Point> points, Stroke stroke);

    /// <summary>A filled polygon through at least three points; <paramref name="opacity"/> in (0, 1].</summary>
    void Polygon(IReadOnlyList<Point> points, Colour fill, double opacity = 1);

    /// <summary>A filled rectangle.</summary>
    void Rectangle(Area area, Colour fill);

    /// <summary>A filled circle; <paramref name="opacity"/> in (0, 1].</summary>
    void Disc(Point centre, double radius, Colour fill, double opacity = 1);

    /// <summary>One line of text whose base line starts, is centred or ends at <paramref name="at"/>.</summary>
    void Text(Point at, string text, TextStyle style, TextAnchor anchor = TextAnchor.Start);

    /// <summary>An image stretched over <paramref name="area"/> without smoothing.</summary>
    void Image(Area area, RasterImage image);

    /// <summary>Lines that are shown while somebody points at <paramref name="area"/>; nothing where a page cannot react.</summary>
    void Hover(Area area, string text)
    {
    }

    /// <summary>The finished page in the canvas' file format.</summary>
    byte[] ToBytes();
}

/// <summary>A point of the page.</summary>
readonly record struct Point(double X, double Y);

/// <summary>An upright rectangle of the page.</summary>
readonly record struct Area(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>Whether both hold some point; edges that touch do not count.</summary>
    public bool Overlaps(Area other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>How far a point lies outside; 0 within.</summary>
    public double DistanceTo(Point point) => double.Hypot(Math.Max(0, Math.Max(Left - point.X, point.X - Right)), Math.Max(0, Math.Max(Top - point.Y, point.Y - Bottom)));
}

/// <summary>How a line is drawn; dashes are 5 units long with gaps of 3.</summary>
readonly record struct Stroke(Colour Colour, double Width, bool Dashed = false);

/// <summary>How text is set; size in CSS pixels. A halo is a seam of paper round the letters, so that they are read on lines and dots.</summary>
readonly record struct TextStyle(Colour Colour, double Size, bool Bold = false, bool Halo = false);

/// <summary>Which end of the text stands at its point.</summary>
enum TextAnchor
{
    /// <summary>The start.</summary>
    Start,

    /// <summary>The middle.</summary>
    Middle,

    /// <summary>The end.</summary>
    End,
}

/// <summary>An image of grey levels or colours.</summary>
/// <param name="Pixels">Height × Width × Channels bytes, row-major, 0 dark … 255 bright.</param>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Pixels per column.</param>
/// <param name="Channels">1: a grey level; 3: red, green and blue.</param>
sealed record RasterImage(byte[] Pixels, int Width, int Height, int Channels = 1)
{
    /// <summary>Colour of a pixel, red in bits 16 to 23.</summary>
    public uint Rgb(int x, int y)
    {
        ReadOnlySpan<byte> pixel = Pixels.AsSpan((y * Width + x) * Channels, Channels);
        return Channels == 1 ? pixel[0] * 0x010101u : (uint)(pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
    }
}
