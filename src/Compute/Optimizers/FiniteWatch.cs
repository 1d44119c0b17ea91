using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Tells in the end whether one of many elements was NaN or infinite, by a sum that starts at 0.</summary>
internal static unsafe class FiniteWatch
{
    /// <summary>Adds elements to the sum: 0·x is NaN for ±∞ and NaN, and a NaN survives every sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloat See<TFloat>(TFloat sum, TFloat elements)
        where TFloat : struct, IFloatLanes<TFloat> =>
        sum + TFloat.Broadcast(0) * elements;

    /// <summary>Clears a flag where an element in the sum was not finite.</summary>
    public static void Report<TFloat>(TFloat sum, bool* isFinite)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        float* lanes = stackalloc float[TFloat.Count];
        sum.Store(lanes);
        for (int i = 0; i < TFloat.Count; i++)
        {
            if (lanes[i] != 0) *isFinite = false;
        }
    }
}
