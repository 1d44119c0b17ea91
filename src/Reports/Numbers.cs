using System.Globalization;

namespace AeVae.Reports;

/// <summary>Numbers as people read them, the same in every culture.</summary>
public static class Numbers
{
    const int SignificantDigits = 4;

    /// <summary>Four significant digits, more where two decimals need them; <c>1.2346e-7</c> where fixed notation would be hard to read; <c>NaN</c>, <c>∞</c>, <c>-∞</c>.</summary>
    public static string Format(double value) => Format(value, Decimals(value));

    /// <summary>With a given number of decimals, so that numbers side by side line up.</summary>
    public static string Format(double value, int decimals)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        string text = value.ToString(value != 0 && Decade.Of(value) is < -4 or > 9 ? "0.####e-0" : $"N{decimals}", CultureInfo.InvariantCulture);
        return WithoutSignOfZero(text);
    }

    /// <summary>A value that was measured: <see cref="Format(double)"/>, a whole number without decimals.</summary>
    public static string Metric(double value) => double.IsInteger(value) ? Format(value, 0) : Format(value);

    /// <summary>A value that was measured beside some that were chosen: four significant digits, without zeros at the end.</summary>
    public static string Rounded(double value) => double.IsFinite(value) && (value == 0 || Decade.Of(value) >= -4) ? Chosen(Math.Round(value, Decimals(value))) : Format(value);

    /// <summary>Whether a number with some decimals shows nothing but zeros.</summary>
    public static bool IsZero(string text) => text.AsSpan().Trim("-0.").IsEmpty;

    /// <summary>What rounds to zero has no sign.</summary>
    public static string WithoutSignOfZero(string text) => IsZero(text) ? text.TrimStart('-') : text;

    /// <summary>Decimals for <paramref name="value"/>: two from 10 to 9,999, none above, else as many as four significant digits need.</summary>
    public static int Decimals(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return 0;
        int decade = Decade.Of(value);
        return decade switch { >= SignificantDigits => 0, >= 1 => 2, _ => SignificantDigits - 1 - decade };
    }

    /// <summary>A number that somebody chose: no more decimals than it needs, six at most, or as four significant digits need.</summary>
    public static string Chosen(double value) => value != 0 && Decade.Of(value) is < -4 or > 9 ? Format(value) : value.ToString(Decade.Of(value) == -4 ? "0.#######" : "#,0.######", CultureInfo.InvariantCulture);

    /// <summary>A whole number with thousands separated by commas.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A length in bytes, in units of 1000: <c>54.9 MB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
    };

    /// <summary>A share of 1 in per cent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
