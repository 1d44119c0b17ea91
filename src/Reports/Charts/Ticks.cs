using System.Globalization;

namespace AeVae.Reports.Charts;

/// <summary>The round values of an axis: multiples of 1, 2, 2.5 or 5 times a power of ten.</summary>
sealed class Ticks
{
    const int ShortSteps = 5, FewestTicks = 4;

    readonly int mantissa;
    readonly int exponent;

    Ticks(int mantissa, int exponent) => (this.mantissa, this.exponent) = (mantissa, exponent);

    /// <summary>Distance between two ticks.</summary>
    public double Step => Multiple(1);

    /// <summary>The finest ticks of which at most <paramref name="most"/> (≥ 2) lie in an interval of the given length.</summary>
    /// <param name="length">Length of the interval, greater than 0.</param>
    /// <param name="most">Largest number of steps that fit the interval.</param>
    /// <param name="whole">Only whole numbers, for epochs.</param>
    public static Ticks For(double length, int most, bool whole = false)
    {
        if (!(length > 0) || !double.IsFinite(length)) throw new ArgumentOutOfRangeException(nameof(length), length, "An axis needs a positive, finite length.");
        double rough = length / Math.Max(most, 1);
        for (int exponent = whole ? Math.Max(0, Decade.Of(rough)) : Decade.Of(rough); ; exponent++)
        {
            foreach ((int mantissa, int shift) in (ReadOnlySpan<(int, int)>)[(1, 0), (2, 0), (25, -1), (5, 0)])
            {
                Ticks ticks = new(mantissa, exponent + shift);
                if (ticks.Step >= rough * (1 - 1e-12) && !(whole && ticks.exponent < 0)) return ticks;
            }
        }
    }

    /// <summary>Four to six ticks on a short axis from the tick below <paramref name="low"/> to <paramref name="high"/>, which need not be one.</summary>
    /// <param name="low">The lowest value.</param>
    /// <param name="high">End of the axis, above <paramref name="low"/>.</param>
    public static Ticks Few(double low, double high)
    {
        Ticks ticks = For(high - low, ShortSteps);
        return ticks.Within(ticks.Below(low), high).Count >= FewestTicks ? ticks : For(high - low, ShortSteps + 1);
    }

    /// <summary>All ticks in [<paramref name="low"/>, <paramref name="high"/>], ascending.</summary>
    public IReadOnlyList<double> Within(double low, double high)
    {
        const double rounding = 1e-9;
        List<double> values = [];
        for (long i = (long)Math.Ceiling(low / Step - rounding); i <= (long)Math.Floor(high / Step + rounding); i++)
            values.Add(Multiple(i));
        return values;
    }

    /// <summary>The largest tick that is not above <paramref name="value"/>.</summary>
    public double Below(double value) => Multiple((long)Math.Floor(value / Step + 1e-9));

    /// <summary>The smallest tick that is not below <paramref name="value"/>.</summary>
    public double Above(double value) => Multiple((long)Math.Ceiling(value / Step - 1e-9));

    /// <summary>The power of ten to take out of the labels of an axis up to <paramref name="largest"/> in magnitude: 0 for everyday numbers.</summary>
    public static int CommonExponent(double largest) =>
        largest > 0 && Decade.Of(largest) is < -4 or > 5 ? Decade.Of(largest) : 0;

    /// <summary>The label of a tick, in units of 10^<paramref name="commonExponent"/>, with as many decimals as the step needs.</summary>
    public string Label(double tick, int commonExponent = 0)
    {
        int decimals = Math.Max(0, commonExponent - exponent);
        string text = (tick / Decade.Power(commonExponent)).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    // Dividing by a whole power of ten rounds once; multiplying by 0.1 would show as 0.30000000000000004.
    double Multiple(long i) => exponent < 0 ? i * (double)mantissa / Decade.Power(-exponent) : i * (double)mantissa * Decade.Power(exponent);
}
