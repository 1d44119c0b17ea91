using System.Globalization;

namespace AeVae.Reports.Drawing;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="Rgb">0xRRGGBB.</param>
readonly record struct Colour(int Rgb)
{
    public double Red => (Rgb >> 16 & 255) / 255.0;

    public double Green => (Rgb >> 8 & 255) / 255.0;

    public double Blue => (Rgb & 255) / 255.0;

    /// <summary>Mixed with a share of another colour.</summary>
    public Colour Towards(Colour other, double share)
    {
        return new Colour(Mix(Red, other.Red) << 16 | Mix(Green, other.Green) << 8 | Mix(Blue, other.Blue));

        int Mix(double from, double to) => (int)Math.Round(255 * (from + (to - from) * share));
    }

    /// <summary><c>#rrggbb</c>.</summary>
    public override string ToString() => "#" + Rgb.ToString("x6", CultureInfo.InvariantCulture);
}
