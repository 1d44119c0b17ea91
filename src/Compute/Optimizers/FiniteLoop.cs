using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Clears a flag where an element is NaN or infinite. An item is a row.</summary>
internal readonly unsafe struct FiniteLoop(Matrix matrix, bool* isFinite) : ILoop
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        // 0·x is NaN for ±∞ and NaN, and a NaN survives every sum.
        TFloat zero = TFloat.Broadcast(0), sum = zero;
        for (int row = first; row < end; row++)
        {
            float* elements = matrix.Origin + (nint)row * matrix.Stride;
            for (int column = 0; column < matrix.Columns; column += TFloat.Count) sum += zero * TFloat.Load(elements + column);
        }
        float* lanes = stackalloc float[TFloat.Count];
        sum.Store(lanes);
        for (int i = 0; i < TFloat.Count; i++)
        {
            if (lanes[i] != 0) *isFinite = false;
        }
    }
}
