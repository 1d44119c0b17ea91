using System.Globalization;

namespace AeVae.Reports.Drawing;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="Rgb">0xRRGGBB.</param>
readonly record struct Colour(int Rgb)
{
    public double Red => (Rgb >> 16 & 255) / 255.0;

    public double Green => (Rgb >> 8 & 255) / 255.0;

    public double Blue => (Rgb & 255) / 255.0;

    /// <summary><c>#rrggbb</c>.</summary>
    public override string ToString() => "#" + Rgb.ToString("x6", CultureInfo.InvariantCulture);
}
