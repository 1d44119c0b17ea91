using System.Globalization;

namespace AeVae.Reports;

/// <summary>Powers of ten through decimal text: exact, where logarithms differ between machines.</summary>
static class Decade
{
    /// <summary>⌊log₁₀|value|⌋ of a finite number other than 0.</summary>
    public static int Of(double value)
    {
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>The double nearest to 10^exponent.</summary>
    public static double Power(int exponent) =>
        double.Parse("1e" + exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
