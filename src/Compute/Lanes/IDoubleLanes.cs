using System.Numerics;

namespace AeVae.Compute.Lanes;

/// <summary>Some doubles worked on at once; memory holds floats or doubles. There is no fused multiply-add: plain IEEE operations in a written order are the same on every CPU.</summary>
internal unsafe interface IDoubleLanes<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IDoubleLanes<TSelf>
{
    /// <summary>Doubles per value; divides 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(double* source);

    void Store(double* destination);

    /// <summary>Reads <see cref="Count"/> floats.</summary>
    static abstract TSelf Widen(float* source);

    /// <summary>Rounds to the nearest floats and writes them.</summary>
    void Narrow(float* destination);

    static abstract TSelf Broadcast(double value);

    static abstract TSelf BroadcastBits(long bits);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>All bits set where a &gt; b, none where it is not (also for NaN).</summary>
    static abstract TSelf Greater(TSelf a, TSelf b);

    /// <summary>All bits set where a = b, none where it is not (also for NaN).</summary>
    static abstract TSelf Same(TSelf a, TSelf b);

    /// <summary>Whether any lane of <paramref name="mask"/> is set.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>Bits of <paramref name="yes"/> where <paramref name="mask"/> is set, else of <paramref name="no"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    static abstract TSelf And(TSelf a, TSelf b);

    static abstract TSelf Or(TSelf a, TSelf b);

    /// <summary>Sum of the bit patterns as 64-bit integers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    static abstract TSelf ShiftBitsLeft(TSelf value, int count);

    /// <summary>Logical shift.</summary>
    static abstract TSelf ShiftBitsRight(TSelf value, int count);
}
