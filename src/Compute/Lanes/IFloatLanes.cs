using System.Numerics;

namespace AeVae.Compute.Lanes;

/// <summary>Some floats worked on at once. Every operation rounds as IEEE 754 says, so a kernel written once gives the same bits for every implementation.</summary>
internal unsafe interface IFloatLanes<TSelf> : IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IFloatLanes<TSelf>
{
    /// <summary>Floats per value; divides 16.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    void Store(float* destination);

    static abstract TSelf Broadcast(float value);

    /// <summary>sum ← a·b + sum, rounded once.</summary>
    static abstract void FusedMultiplyAdd(TSelf a, TSelf b, ref TSelf sum);

    static abstract TSelf Sqrt(TSelf value);

    static abstract TSelf Abs(TSelf value);

    /// <summary>Lanes of <paramref name="yes"/> where a &gt; b, else of <paramref name="no"/> (also for NaN).</summary>
    static abstract TSelf IfGreater(TSelf a, TSelf b, TSelf yes, TSelf no);
}
