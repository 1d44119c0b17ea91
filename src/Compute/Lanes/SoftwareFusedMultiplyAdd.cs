using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Compute.Lanes;

/// <summary>a·b + c of floats rounded once, without the instruction: the C library's own is wrong on some systems.</summary>
/// <remarks>Boldo and Melquiond 2008, "Emulation of FMA and correctly rounded sums": an intermediate rounded to odd with 53 bits narrows to 24 correctly.</remarks>
internal readonly struct SoftwareFusedMultiplyAdd : IFusedMultiplyAdd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(float a, float b, float c) =>
        (float)Odd(DoubleScalar.Broadcast(a), DoubleScalar.Broadcast(b), DoubleScalar.Broadcast(c)).ToDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        (Vector128<double> aLow, Vector128<double> aHigh) = Vector128.Widen(a);
        (Vector128<double> bLow, Vector128<double> bHigh) = Vector128.Widen(b);
        (Vector128<double> cLow, Vector128<double> cHigh) = Vector128.Widen(c);
        return Vector128.Narrow(
            Odd(new Double128(aLow), new Double128(bLow), new Double128(cLow)).ToVector(),
            Odd(new Double128(aHigh), new Double128(bHigh), new Double128(cHigh)).ToVector());
    }

    /// <summary>a·b + c for lanes that hold floats: rounded to double towards the neighbour whose last bit is 1, unless exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TLanes Odd<TLanes>(TLanes a, TLanes b, TLanes c)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0), one = TLanes.Broadcast(1), lastBit = TLanes.BroadcastBits(1);
        TLanes product = a * b;     // exact: 24 + 24 bits
        TLanes sum = product + c;
        TLanes cPart = sum - product;
        TLanes error = product - (sum - cPart) + (c - cPart);     // exact (Knuth's TwoSum); NaN when the sum is not finite

        // The neighbour lies one bit pattern up when error and sum have one sign, one down when they do not. An odd pattern stays.
        TLanes signOfSum = TLanes.Or(TLanes.And(sum, TLanes.BroadcastBits(long.MinValue)), one);
        TLanes outwards = error * signOfSum;
        TLanes move = TLanes.Select(TLanes.Greater(outwards, zero), lastBit, TLanes.Greater(zero, outwards));
        TLanes even = TLanes.Same(TLanes.Or(TLanes.And(sum, lastBit), one), one);
        return TLanes.AddBits(sum, TLanes.And(even, move));
    }
}
