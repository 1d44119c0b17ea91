using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Fused multiply-adds between registers and nothing else. An item is 12 chains of 1024 for each of 16 lanes, in as many registers as those take.</summary>
/// <remarks>12 chains, as in a tile of a product: two units of latency 4 need 8, and with their operands they fit 16 registers.</remarks>
/// <param name="results">(items × 16): a row per item, so that the chains must be computed.</param>
internal readonly unsafe struct FusedMultiplyAddLoop(Matrix results) : ILoop
{
    /// <summary>Columns of the results.</summary>
    public const int Lanes = 16;

    const int Chains = 12;
    const int Length = 1024;

    /// <summary>Floating-point operations of one item, whatever the register.</summary>
    public const int Operations = 2 * Chains * Length * Lanes;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        for (int item = first; item < end; item++)
        {
            TFloat a = TFloat.Broadcast(0.5f), b = TFloat.Broadcast(item);
            TFloat c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b, c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
            for (int round = 0; round < Length * Lanes / TFloat.Count; round++)
            {
                TFloat.FusedMultiplyAdd(a, b, ref c0);
                TFloat.FusedMultiplyAdd(a, b, ref c1);
                TFloat.FusedMultiplyAdd(a, b, ref c2);
                TFloat.FusedMultiplyAdd(a, b, ref c3);
                TFloat.FusedMultiplyAdd(a, b, ref c4);
                TFloat.FusedMultiplyAdd(a, b, ref c5);
                TFloat.FusedMultiplyAdd(a, b, ref c6);
                TFloat.FusedMultiplyAdd(a, b, ref c7);
                TFloat.FusedMultiplyAdd(a, b, ref c8);
                TFloat.FusedMultiplyAdd(a, b, ref c9);
                TFloat.FusedMultiplyAdd(a, b, ref c10);
                TFloat.FusedMultiplyAdd(a, b, ref c11);
            }

            (c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11).Store(results.Origin + (nint)item * results.Stride);
        }
    }
}
