using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>destination = sourceᵀ, in square blocks that stay in the cache. An item is 16 rows of the destination.</summary>
internal readonly unsafe struct TransposeLoop(Matrix source, Matrix destination) : ILoop
{
    /// <summary>Side of a block.</summary>
    public const int Block = 16;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        int endColumn = Math.Min(end * Block, source.Columns);
        nint sourceStep = source.Stride, destinationStep = destination.Stride;
        for (int column = first * Block; column < endColumn; column += Block)
        {
            for (int row = 0; row < source.Rows; row += Block)
            {
                int rows = Math.Min(Block, source.Rows - row), columns = Math.Min(Block, endColumn - column);
                for (int j = 0; j < columns; j++)
                {
                    float* from = source.Origin + row * sourceStep + column + j;
                    float* to = destination.Origin + (column + j) * destinationStep + row;
                    for (int i = 0; i < rows; i++, from += sourceStep) to[i] = *from;
                }
            }
        }
    }
}
