using System.Globalization;

namespace AeVae.Reports.Charts;

/// <summary>Powers of ten in words of an axis: <c>10⁻⁷</c>.</summary>
static class Superscript
{
    const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public static string PowerOfTen(int exponent) =>
        "10" + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : Digits[c - '0']));
}
