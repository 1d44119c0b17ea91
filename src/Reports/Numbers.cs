using System.Globalization;

namespace AeVae.Reports;

/// <summary>Numbers as people read them, the same in every culture.</summary>
static class Numbers
{
    const int SignificantDigits = 5;

    /// <summary>Five significant digits; <c>1.2346e-7</c> where fixed notation would be hard to read; <c>NaN</c>, <c>∞</c>, <c>-∞</c>.</summary>
    public static string Format(double value) => Format(value, Decimals(value));

    /// <summary>With a given number of decimals, so that numbers side by side line up.</summary>
    public static string Format(double value, int decimals)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        return value.ToString(value != 0 && Decade.Of(value) is < -4 or > 9 ? "0.####e-0" : $"N{decimals}", CultureInfo.InvariantCulture);
    }

    /// <summary>Decimals that show five significant digits of <paramref name="value"/>.</summary>
    public static int Decimals(double value) =>
        value == 0 || !double.IsFinite(value) ? 0 : Math.Max(0, SignificantDigits - 1 - Decade.Of(value));

    /// <summary>A whole number with thousands separated by commas.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share of 1 in per cent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
