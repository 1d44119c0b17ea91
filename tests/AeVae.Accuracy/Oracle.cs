using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Accuracy;

/// <summary>The elementary functions to about 100 bits, for arguments that are floats: what the functions of <c>AeVae.Compute</c> are measured with.</summary>
/// <remarks>
/// Nothing is shared with them: one exponential in double-double carries all but sine and cosine, and logarithms are found by inverting it.
/// The relative error stays below 2⁻⁹⁵: a chain of fewer than 30 operations of at most 2⁻¹⁰² each, of which all but the last few are damped by the series.
/// A test compares each function with 60 decimal digits.
/// </remarks>
internal static class Oracle
{
    /// <summary>Bound of the relative error that the count relies on, with a margin for whoever mistrusts the derivation.</summary>
    public const double RelativeError = 1.0 / (1L << 45) / (1L << 45);     // 2⁻⁹⁰

    // ln 2 in three parts, the first two of 42 bits: their products with k, |k| ≤ 2¹¹, are exact.
    const double Ln2High = 0.6931471805598903, Ln2Middle = 5.49792301870721e-14, Ln2Low = 1.1612227229362532e-26;
    const double TwoPiHigh = 6.283185307179586, TwoPiLow = 2.4492935982947064e-16;

    // Adding it to |v| < 2⁵¹ leaves round(v) in the low bits of the sum.
    const double RoundingShift = 6755399441055744.0;

    // First omitted terms, relative to the sum: 0.3466²²/23! = 2⁻¹⁰⁸, (π/4)²⁸/29! = 2⁻¹¹², (π/4)³⁰/30! = 2⁻¹¹⁸.
    static readonly Series ExponentialOver = new(first: 1, step: 1, alternating: false, terms: 22, wide: 12);
    static readonly Series SineOver = new(first: 1, step: 2, alternating: true, terms: 14, wide: 8);
    static readonly Series Cosine = new(first: 0, step: 2, alternating: true, terms: 15, wide: 9);

    static Vector256<double> Zero => Vector256<double>.Zero;

    static Vector256<double> One => Vector256<double>.One;

    static Vector256<double> Infinity => Vector256.Create(double.PositiveInfinity);

    /// <summary>eˣ; below −700 and above 709, where every float is 0 or ∞, its value there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exp(Vector256<double> x)
    {
        (Vector256<double> scale, DoubleDouble fraction) = ScaleAndFraction(x);
        return (One + fraction).Scaled(scale);
    }

    /// <summary>ln x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Log(Vector256<double> x) => WithLimits(x, LogOfSum(Zero, x));

    /// <summary>ln(1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble LogOnePlus(Vector256<double> x) => WithLimits(One + x, LogOfSum(One, x));

    /// <summary>eˣ − 1, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble ExpMinusOne(Vector256<double> x)
    {
        (Vector256<double> scale, DoubleDouble fraction) = ScaleAndFraction(x);
        return DoubleDouble.Sum(scale, Zero - One) + fraction.Scaled(scale);
    }

    /// <summary>tanh x = (1 − e⁻²ˣ)/(1 + e⁻²ˣ) of |x|, with the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Tanh(Vector256<double> x)
    {
        DoubleDouble e = ExpMinusOne(Vector256.Create(-2.0) * Vector256.Abs(x)), magnitude = -e / (Vector256.Create(2.0) + e);
        return DoubleDouble.Select(Vector256.LessThan(x, Zero), -magnitude, magnitude);
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sigmoid(Vector256<double> x)
    {
        DoubleDouble e = Exp(Zero - Vector256.Abs(x));
        return DoubleDouble.Select(Vector256.LessThan(x, Zero), e, One) / (One + e);
    }

    /// <summary>ln(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Softplus(Vector256<double> x)
    {
        Vector256<double> positive = Vector256.ConditionalSelect(Vector256.LessThan(x, Zero), Zero, x);
        return DoubleDouble.Select(Vector256.Equals(x, Infinity), Infinity, positive + LogOfSum(One, Exp(Zero - Vector256.Abs(x))));
    }

    /// <summary>sin 2πu and cos 2πu, |u| ≤ 2⁴⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (DoubleDouble Sin, DoubleDouble Cos) SinCosTwoPi(Vector256<double> u)
    {
        Vector256<double> quarters = Round(u * 4, out Vector256<long> n), rest = u - quarters * 0.25;     // both exact
        DoubleDouble angle = rest * TwoPi, square = angle * angle, sin = angle * SineOver.At(square), cos = Cosine.At(square);
        Vector256<double> odd = Vector256.Equals(n & Vector256<long>.One, Vector256<long>.One).AsDouble();
        Vector256<double> sinNegative = Vector256.Equals(n & Vector256.Create(2L), Vector256.Create(2L)).AsDouble();
        Vector256<double> cosNegative = sinNegative ^ odd;
        (DoubleDouble s, DoubleDouble c) = (DoubleDouble.Select(odd, cos, sin), DoubleDouble.Select(odd, sin, cos));
        return (DoubleDouble.Select(sinNegative, -s, s), DoubleDouble.Select(cosNegative, -c, c));
    }

    static DoubleDouble TwoPi => new(Vector256.Create(TwoPiHigh), Vector256.Create(TwoPiLow));

    /// <summary>(2ᵏ, q) with eˣ = 2ᵏ(1 + q), |ln(1 + q)| ≤ ½·ln 2, and q accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<double> Scale, DoubleDouble Fraction) ScaleAndFraction(Vector256<double> x)
    {
        Vector256<double> lowest = Vector256.Create(-700.0), highest = Vector256.Create(709.0);
        x = Vector256.ConditionalSelect(Vector256.LessThan(x, lowest), lowest, x);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, highest), highest, x);
        Vector256<double> k = Round(x * 1.4426950408889634, out Vector256<long> n);
        DoubleDouble r = DoubleDouble.Sum(x - k * Ln2High, Zero - k * Ln2Middle);
        r = DoubleDouble.OrderedSum(r.High, r.Low - k * Ln2Low);
        Vector256<double> scale = ((n << 52) + One.AsInt64()).AsDouble();
        return (scale, r * ExponentialOver.At(r));
    }

    /// <summary>y = ln(whole + part), where whole is 0 or 1: from y₀ near y, y = y₀ + ln(1 + d) with d = (whole + part − eʸ⁰)/eʸ⁰.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DoubleDouble LogOfSum(Vector256<double> whole, DoubleDouble part)
    {
        Vector256<double> near = RoughLog(whole, part.High);
        (Vector256<double> scale, DoubleDouble fraction) = ScaleAndFraction(near);
        DoubleDouble difference = DoubleDouble.Sum(whole, Zero - scale) + part - fraction.Scaled(scale);
        DoubleDouble d = difference / (One + fraction).Scaled(scale);
        // |d| < 2⁻²⁸·|y| and 2⁻²⁸: the next term of ln(1 + d), d⁴/4, is below 2⁻¹¹⁴ of y.
        Vector256<double> correction = d.High * d.High * (d.High * (1.0 / 3) - Vector256.Create(0.5));
        return near + (d + correction);
    }

    /// <summary>ln(whole + part) to about 25 bits: k·ln 2 + 2·artanh(f/(2 + f)) with whole + part = 2ᵏ(1 + f), √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> RoughLog(Vector256<double> whole, Vector256<double> part)
    {
        Vector256<double> u = whole + part;
        Vector256<long> exponent = ((u.AsInt64() - Vector256.Create(Math.Sqrt(0.5)).AsInt64()) >> 52) << 52;
        Vector256<double> m = (u.AsInt64() - exponent).AsDouble();
        Vector256<double> f = Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256<long>.Zero).AsDouble(), part - (One - whole), m - One);
        Vector256<double> s = f / (f + Vector256.Create(2.0)), a = s * s;
        Vector256<double> artanh = s * (One + a * (Vector256.Create(1.0 / 3) + a * (Vector256.Create(1.0 / 5) + a * (Vector256.Create(1.0 / 7) + a * (1.0 / 9)))));
        return Vector256.ConvertToDouble(exponent >> 52) * 0.6931471805599453 + artanh + artanh;
    }

    /// <summary>The logarithm of u, with −∞ at 0, +∞ at ∞ and NaN for the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DoubleDouble WithLimits(Vector256<double> u, DoubleDouble log)
    {
        log = DoubleDouble.Select(Vector256.Equals(u, Infinity), Infinity, log);
        log = DoubleDouble.Select(Vector256.Equals(u, Zero), Zero - Infinity, log);
        return DoubleDouble.Select(Vector256.GreaterThanOrEqual(u, Zero), log, Vector256.Create(double.NaN));
    }

    /// <summary>The nearest integer, |v| &lt; 2⁵¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Round(Vector256<double> v, out Vector256<long> integer)
    {
        Vector256<double> shift = Vector256.Create(RoundingShift), shifted = v + shift;
        integer = shifted.AsInt64() - shift.AsInt64();
        return shifted - shift;
    }
}
