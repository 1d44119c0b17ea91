using System.Globalization;

namespace AeVae.Reports;

/// <summary>Powers of ten through decimal text: exact, where logarithms differ between machines.</summary>
static class Decade
{
    /// <summary>⌊log₁₀|value|⌋ of a finite number other than 0.</summary>
    public static int Of(double value)
    {
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        // The double nearest to 1e-7 is 9.9999999999999995E-8 in full, and is meant as 1e-7.
        return Math.Abs(value) >= Power(exponent + 1) ? exponent + 1 : exponent;
    }

    /// <summary>The double nearest to 10^exponent.</summary>
    public static double Power(int exponent) =>
        double.Parse("1e" + exponent.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
