using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Is shown elements, and tells whether one of them was NaN or infinite.</summary>
internal unsafe struct FiniteWatch<TFloat>()
    where TFloat : struct, IFloatLanes<TFloat>
{
    // 0·x is NaN for ±∞ and NaN, and a NaN survives every sum.
    TFloat sum = TFloat.Broadcast(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void See(TFloat elements) => sum += TFloat.Broadcast(0) * elements;

    /// <summary>Clears a flag where an element was not finite.</summary>
    public readonly void Report(bool* isFinite)
    {
        float* lanes = stackalloc float[TFloat.Count];
        sum.Store(lanes);
        for (int i = 0; i < TFloat.Count; i++)
        {
            if (lanes[i] != 0) *isFinite = false;
        }
    }
}
