using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Accuracy;

/// <summary>Decides for each argument whether the result is the float nearest to the exact value, and measures the errors.</summary>
internal static unsafe class Comparison
{
    const long ExponentBits = 0x7FF0_0000_0000_0000;
    const int FractionBits = 52, Bias = 1023, FloatFractionBits = 23, SmallestFloatExponent = -126;

    // The middle of two floats, subnormal ones included, has at most 25 significant bits: the last 28 of a double's 53 are 0.
    const long MiddleBits = (1L << 28) - 1;

    /// <summary>Compares results with the oracle.</summary>
    /// <param name="x">Arguments; groups of four are read, also where the count ends within one.</param>
    /// <param name="ours">Results before they are rounded.</param>
    /// <param name="rounded">Results as floats.</param>
    /// <param name="count">Arguments that count.</param>
    /// <param name="tally">Gets what is found.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Count<TFunction>(double* x, double* ours, float* rounded, int count, Tally tally)
        where TFunction : struct, IFunction
    {
        Vector256<double> worstFloat = default, worstFloatAt = default, worstDouble = default, worstDoubleAt = default;
        for (int i = 0; i < count; i += Vector256<double>.Count)
        {
            Vector256<double> argument = Vector256.Load(x + i), result = Widen(Vector128.Load(rounded + i));
            DoubleDouble exact = TFunction.Exact(argument);

            for (uint doubtful = Doubtful(result, exact.High); doubtful != 0; doubtful &= doubtful - 1)
            {
                int lane = BitOperations.TrailingZeroCount(doubtful);
                if (i + lane < count) Decide(x[i + lane], rounded[i + lane], exact.High[lane], exact.Low[lane], tally);
            }

            Vector256<long> finite = Vector256.LessThan(Magnitude(result), Vector256.Create(ExponentBits));
            Vector256<double> floatError = Vector256.Abs((exact.High - result) + exact.Low) * UnitsPerOne(exact.High, FloatFractionBits, SmallestFloatExponent);
            Vector256<double> worse = Vector256.GreaterThan(floatError, worstFloat) & finite.AsDouble();
            worstFloat = Vector256.ConditionalSelect(worse, floatError, worstFloat);
            worstFloatAt = Vector256.ConditionalSelect(worse, argument, worstFloatAt);

            Vector256<long> finiteAndNot0 = finite & Vector256.GreaterThan(Magnitude(result), Vector256<long>.Zero);
            Vector256<double> doubleError = Vector256.Abs((exact.High - Vector256.Load(ours + i)) + exact.Low) * UnitsPerOne(exact.High, FractionBits, 1 - Bias);
            worse = Vector256.GreaterThan(doubleError, worstDouble) & finiteAndNot0.AsDouble();
            worstDouble = Vector256.ConditionalSelect(worse, doubleError, worstDouble);
            worstDoubleAt = Vector256.ConditionalSelect(worse, argument, worstDoubleAt);
        }
        for (int lane = 0; lane < Vector256<double>.Count; lane++)
            tally.Measure(new(worstFloat[lane], worstFloatAt[lane]), new(worstDouble[lane], worstDoubleAt[lane]));
    }

    /// <summary>The float nearest to high + low; null where the oracle's error hides it.</summary>
    public static float? Nearest(double high, double low)
    {
        const double BeyondFloats = 340282366920938463463374607431768211456.0;     // 2¹²⁸, where ∞ stands among the floats
        float nearest = (float)high;
        if (nearest == high || double.IsNaN(high)) return nearest;
        float below = nearest < high ? nearest : MathF.BitDecrement(nearest), above = nearest > high ? nearest : MathF.BitIncrement(nearest);
        if (high - Math.Max(below, -BeyondFloats) != Math.Min(above, BeyondFloats) - high) return nearest;
        if (Math.Abs(low) <= Oracle.RelativeError * Math.Abs(high)) return null;
        return low > 0 ? above : below;
    }

    /// <summary>Lanes where the result differs from the exact value's high part rounded, or where that part alone cannot tell because it is the middle of two floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Doubtful(Vector256<double> result, Vector256<double> high)
    {
        Vector256<double> nearest = Widen(Vector256.Narrow(high, high).GetLower());
        Vector256<double> isFloat = Vector256.Equals(high, nearest);
        Vector256<double> mayBeMiddle = Vector256.Equals(high.AsInt64() & Vector256.Create(MiddleBits), Vector256<long>.Zero).AsDouble();
        Vector256<double> agree = Vector256.Equals(result, nearest) & (isFloat | Vector256.Equals(mayBeMiddle.AsInt64(), Vector256<long>.Zero).AsDouble());
        Vector256<double> agreeOnNaN = Vector256.GreaterThan(Vector256.Min(Magnitude(result), Magnitude(high)), Vector256.Create(ExponentBits)).AsDouble();
        return (agree | agreeOnNaN).ExtractMostSignificantBits() ^ 0b1111;
    }

    static void Decide(double argument, float result, double high, double low, Tally tally)
    {
        if (Nearest(high, low) is not float nearest) tally.CountUndecided();
        else if (!(result == nearest || (float.IsNaN(result) && float.IsNaN(nearest)))) tally.CountMisrounded(argument);
    }

    /// <summary>1 ÷ unit of the last place of a format with that many fraction bits, at a value's exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> UnitsPerOne(Vector256<double> value, int fractionBits, int smallestExponent)
    {
        Vector256<long> exponent = Vector256.Max(value.AsInt64() & Vector256.Create(ExponentBits), Vector256.Create((long)(Bias + smallestExponent) << FractionBits));
        return (Vector256.Create((long)(2 * Bias + fractionBits) << FractionBits) - exponent).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<long> Magnitude(Vector256<double> value) => value.AsInt64() & Vector256.Create(long.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> Widen(Vector128<float> value) => Vector256.WidenLower(value.ToVector256Unsafe());
}
