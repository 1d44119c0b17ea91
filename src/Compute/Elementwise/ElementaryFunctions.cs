using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Elementary functions on lanes of doubles: one written order of additions, multiplications and divisions, the same for every width (NC-1 C8).</summary>
/// <remarks>The series are Taylor's: on the reduced ranges their first omitted term lies below 10⁻¹⁷, and every coefficient explains itself.</remarks>
internal static class ElementaryFunctions
{
    const double Log2E = 1.4426950408889634;

    // ln 2 in two parts; the first has 21 trailing zero bits, so that k·Ln2High is exact for |k| ≤ 1100.
    const double Ln2High = 0.69314718036912382, Ln2Low = 1.9082149292705877e-10;

    // Adding it to |v| < 2⁵¹ leaves round(v) in the low bits of the sum.
    const double RoundingShift = 6755399441055744.0;

    const long SignBit = long.MinValue, FractionBits = 0x000F_FFFF_FFFF_FFFF, OneBits = 0x3FF0_0000_0000_0000, ExponentStep = 0x0010_0000_0000_0000;

    // √½ rounded up: ln takes its argument as 2ᵏ·m with √½ ≤ m < √2.
    const long HalfRootBits = 0x3FE6_A09E_667F_3BCD;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Abs<T>(T x) where T : struct, IDoubleLanes<T> => T.And(x, T.BroadcastBits(long.MaxValue));

    /// <summary>x where x &gt; 0, else +0; NaN gives +0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Positive<T>(T x) where T : struct, IDoubleLanes<T> => T.And(T.Greater(x, T.Broadcast(0)), x);

    /// <summary>eˣ; +∞ above 709.78, 0 below −707 (a subnormal result is not worth its time).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, IDoubleLanes<T>
    {
        T lowest = T.Broadcast(-707), highest = T.Broadcast(709.78271289338397);
        (T half, T r) = Reduce(Clamp(x, lowest, highest));
        T y = half + half * Fraction(r);
        y = T.Select(T.Greater(x, highest), T.Broadcast(double.PositiveInfinity), y + y);
        return T.Select(T.Greater(lowest, x), T.Broadcast(0), y);
    }

    /// <summary>eˣ for x ≤ 0, the bits of <see cref="Exp"/> in fewer operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfNegative<T>(T x) where T : struct, IDoubleLanes<T>
    {
        (T halfScale, T r) = ReduceNegative(x);
        return ExpOfReduced(halfScale, r);
    }

    /// <summary>The first half of <see cref="ExpOfNegative"/>, for loops that are quicker in two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T HalfScale, T R) ReduceNegative<T>(T x) where T : struct, IDoubleLanes<T>
    {
        T lowest = T.Broadcast(-707), vanishes = T.Greater(lowest, x);
        (T halfScale, T r) = Reduce(T.Select(vanishes, lowest, x));
        return (T.Select(vanishes, T.Broadcast(0), halfScale), r);
    }

    /// <summary>The second half of <see cref="ExpOfNegative"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfReduced<T>(T halfScale, T r) where T : struct, IDoubleLanes<T>
    {
        T y = halfScale + halfScale * Fraction(r);
        return y + y;
    }

    /// <summary>eˣ − 1 for x ≤ 0, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOneOfNegative<T>(T x) where T : struct, IDoubleLanes<T>
    {
        // e⁻⁴⁰ no longer changes −1.
        (T half, T r) = Reduce(Clamp(x, T.Broadcast(-40), T.Broadcast(0)));
        T scale = half + half;
        return scale * Fraction(r) + (scale - T.Broadcast(1));
    }

    /// <summary>ln x; −∞ at 0, NaN below. x is not subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x) where T : struct, IDoubleLanes<T> => LogOf(x, x - T.Broadcast(1));

    /// <summary>ln(1 + x), accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlus<T>(T x) where T : struct, IDoubleLanes<T> => LogOf(x + T.Broadcast(1), x);

    /// <summary>ln(1 + x) for x in [0, 1], the bits of <see cref="LogOnePlus"/> in fewer operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlusOfFraction<T>(T x) where T : struct, IDoubleLanes<T> => LogOnePlusOfFraction(x, LogRatioOfFraction(x));

    /// <summary>The first half of <see cref="LogOnePlusOfFraction{T}(T)"/>, for loops that are quicker in two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogRatioOfFraction<T>(T x) where T : struct, IDoubleLanes<T>
    {
        T u = x + T.Broadcast(1);
        return LogRatio(T.Select(Doubled(u), u * T.Broadcast(0.5) - T.Broadcast(1), x));
    }

    /// <summary>The second half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogOnePlusOfFraction<T>(T x, T ratio) where T : struct, IDoubleLanes<T>
    {
        T doubled = Doubled(x + T.Broadcast(1));
        return LogOfRatio(ratio, T.And(doubled, T.Broadcast(Ln2High)), T.And(doubled, T.Broadcast(Ln2Low)));
    }

    /// <summary>Where u in [1, 2] is 2·m, not m, with √½ ≤ m &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Doubled<T>(T u) where T : struct, IDoubleLanes<T> => T.Greater(u, T.BroadcastBits(HalfRootBits + ExponentStep - 1));

    /// <summary>(eˣ − e⁻ˣ)/(eˣ + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : struct, IDoubleLanes<T>
    {
        T e = ExpMinusOneOfNegative(T.Broadcast(-2) * Abs(x));
        T magnitude = (T.Broadcast(0) - e) / (e + T.Broadcast(2));
        return T.Or(magnitude, T.And(x, T.BroadcastBits(SignBit)));
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x) where T : struct, IDoubleLanes<T>
    {
        T one = T.Broadcast(1), e = ExpOfNegative(T.Broadcast(0) - Abs(x));
        return T.Select(T.Greater(T.Broadcast(0), x), e, one) / (one + e);
    }

    /// <summary>ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻ˡˣˡ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x) where T : struct, IDoubleLanes<T> => Positive(x) + LogOnePlusOfFraction(ExpOfNegative(T.Broadcast(0) - Abs(x)));

    /// <summary>sin 2πu and cos 2πu, |u| ≤ 2⁴⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (T Sin, T Cos) SinCosTwoPi<T>(T u) where T : struct, IDoubleLanes<T>
    {
        T shift = T.Broadcast(RoundingShift);
        T shifted = u * T.Broadcast(4) + shift;
        T angle = (u - (shifted - shift) * T.Broadcast(0.25)) * T.Broadcast(2 * Math.PI);   // |angle| ≤ π/4; the subtraction is exact
        T square = angle * angle;

        T s = T.Broadcast(1 / 355687428096000.0);       // 1/17!
        s = s * square - T.Broadcast(1 / 1307674368000.0);
        s = s * square + T.Broadcast(1 / 6227020800.0);
        s = s * square - T.Broadcast(1 / 39916800.0);
        s = s * square + T.Broadcast(1 / 362880.0);
        s = s * square - T.Broadcast(1 / 5040.0);
        s = s * square + T.Broadcast(1 / 120.0);
        s = s * square - T.Broadcast(1 / 6.0);
        s = angle + angle * (s * square);

        T c = T.Broadcast(1 / 20922789888000.0);        // 1/16!
        c = c * square - T.Broadcast(1 / 87178291200.0);
        c = c * square + T.Broadcast(1 / 479001600.0);
        c = c * square - T.Broadcast(1 / 3628800.0);
        c = c * square + T.Broadcast(1 / 40320.0);
        c = c * square - T.Broadcast(1 / 720.0);
        c = c * square + T.Broadcast(1 / 24.0);
        c = c * square - T.Broadcast(1 / 2.0);
        c = T.Broadcast(1) + c * square;

        // Quarter turns: odd ones swap, the second bit negates the sine, the first exclusive or the second the cosine.
        T one = T.Broadcast(1);
        T odd = T.Greater(T.Or(T.And(shifted, T.BroadcastBits(1)), one), one);
        T sinSign = T.ShiftBitsLeft(T.And(shifted, T.BroadcastBits(2)), 62);
        T cosSign = T.ShiftBitsLeft(T.And(T.AddBits(shifted, T.BroadcastBits(1)), T.BroadcastBits(2)), 62);
        return (Negate(T.Select(odd, c, s), sinSign), Negate(T.Select(odd, s, c), cosSign));
    }

    /// <summary>x within [lowest, highest]; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Clamp<T>(T x, T lowest, T highest) where T : struct, IDoubleLanes<T>
    {
        x = T.Select(T.Greater(x, highest), highest, x);
        return T.Select(T.Greater(lowest, x), lowest, x);
    }

    // Adding the sign bit to a pattern flips the sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Negate<T>(T x, T signBit) where T : struct, IDoubleLanes<T> => T.AddBits(x, signBit);

    /// <summary>(2ᵏ⁻¹, r) with eˣ = 2ᵏ·eʳ and |r| ≤ ½·ln 2. Half the scale, because 2¹⁰²⁴ is no double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (T HalfScale, T R) Reduce<T>(T x) where T : struct, IDoubleLanes<T>
    {
        T shift = T.Broadcast(RoundingShift);
        T shifted = x * T.Broadcast(Log2E) + shift;
        T k = shifted - shift;
        return (T.AddBits(T.ShiftBitsLeft(shifted, 52), T.Broadcast(0.5)), x - k * T.Broadcast(Ln2High) - k * T.Broadcast(Ln2Low));
    }

    /// <summary>eʳ − 1 for |r| ≤ ½·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Fraction<T>(T r) where T : struct, IDoubleLanes<T>
    {
        // Even and odd powers apart, and in turn: two short chains run side by side.
        T square = r * r;
        T even = T.Broadcast(1 / 479001600.0);          // 1/12!
        T odd = T.Broadcast(1 / 6227020800.0);          // 1/13!
        even = even * square + T.Broadcast(1 / 3628800.0);
        odd = odd * square + T.Broadcast(1 / 39916800.0);
        even = even * square + T.Broadcast(1 / 40320.0);
        odd = odd * square + T.Broadcast(1 / 362880.0);
        even = even * square + T.Broadcast(1 / 720.0);
        odd = odd * square + T.Broadcast(1 / 5040.0);
        even = even * square + T.Broadcast(1 / 24.0);
        odd = odd * square + T.Broadcast(1 / 120.0);
        even = even * square + T.Broadcast(1 / 2.0);
        odd = odd * square + T.Broadcast(1 / 6.0);
        return r + square * (even + r * odd);
    }

    /// <summary>ln u, given u − 1 more exactly than u tells when u is near 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T LogOf<T>(T u, T uMinusOne) where T : struct, IDoubleLanes<T>
    {
        // u = 2ᵏ·m with √½ ≤ m < √2: moving the pattern up by 1/√½ makes the carry into the exponent happen there.
        T one = T.Broadcast(1), zero = T.Broadcast(0);
        T moved = T.AddBits(u, T.BroadcastBits(OneBits - HalfRootBits));
        T m = T.AddBits(T.And(moved, T.BroadcastBits(FractionBits)), T.BroadcastBits(HalfRootBits));

        // The biased exponent as the fraction of 2⁵² is an integer's conversion.
        const double TwoTo52 = 4503599627370496.0;
        T k = T.Or(T.ShiftBitsRight(moved, 52), T.Broadcast(TwoTo52)) - T.Broadcast(TwoTo52 + 1023);

        T f = T.Select(T.Same(k, zero), uMinusOne, m - one);
        T y = LogOfRatio(LogRatio(f), k * T.Broadcast(Ln2High), k * T.Broadcast(Ln2Low));

        T infinity = T.Broadcast(double.PositiveInfinity);
        y = T.Select(T.Same(u, infinity), infinity, y);
        y = T.Select(T.Same(u, zero), T.Broadcast(double.NegativeInfinity), y);
        T inDomain = T.Or(T.Greater(u, zero), T.Same(u, zero));
        return T.Select(inDomain, y, T.Broadcast(double.NaN));
    }

    /// <summary>f/(2 + f), of which ln(1 + f) is 2·artanh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T LogRatio<T>(T f) where T : struct, IDoubleLanes<T> => f / (f + T.Broadcast(2));

    /// <summary>2·artanh s + k·ln 2, given k·ln 2 in two parts, where s = f/(2 + f) and √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T LogOfRatio<T>(T s, T scaleHigh, T scaleLow) where T : struct, IDoubleLanes<T>
    {
        T square = s * s;
        T fourth = square * square;
        T even = T.Broadcast(2 / 19.0);
        T odd = T.Broadcast(2 / 21.0);
        even = even * fourth + T.Broadcast(2 / 15.0);
        odd = odd * fourth + T.Broadcast(2 / 17.0);
        even = even * fourth + T.Broadcast(2 / 11.0);
        odd = odd * fourth + T.Broadcast(2 / 13.0);
        even = even * fourth + T.Broadcast(2 / 7.0);
        odd = odd * fourth + T.Broadcast(2 / 9.0);
        even = even * fourth + T.Broadcast(2 / 3.0);
        odd = odd * fourth + T.Broadcast(2 / 5.0);
        return scaleHigh + (s + s + (s * (square * (even + square * odd)) + scaleLow));
    }
}
