using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Sums of columns: plain additions, rows ascending. An item is as many columns as a width is a multiple of.</summary>
internal readonly unsafe struct BiasGradientLoop(Matrix dY, Matrix dBias) : ILoop
{
    /// <summary>Columns per item.</summary>
    public const int Columns = Matrix.PadFloats;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        for (int column = first * Columns; column < end * Columns; column += TFloat.Count)
        {
            float* source = dY.Origin + column;
            TFloat sum = TFloat.Broadcast(0);
            for (int row = 0; row < dY.Rows; row++, source += dY.Stride) sum += TFloat.Load(source);
            sum.Store(dBias.Origin + column);
        }
    }
}
