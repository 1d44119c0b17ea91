using System.Numerics;
using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Lists the elements of each column that are not zero. An item is 16 columns.</summary>
internal readonly unsafe struct NonzeroColumnsLoop(Matrix matrix, NonzeroLists lists) : ILoop
{
    const int ColumnsPerItem = 16, CostPerElement = 2;

    public static void Run(Matrix matrix, NonzeroLists lists, ThreadTeam team) =>
        team.Run(new NonzeroColumnsLoop(matrix, lists), matrix.Width / ColumnsPerItem, (long)CostPerElement * ColumnsPerItem * matrix.Rows);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        int firstColumn = first * ColumnsPerItem, endColumn = Math.Min(end * ColumnsPerItem, matrix.Columns);
        Nonzero** next = stackalloc Nonzero*[TFloat.Count];
        for (int column = firstColumn; column < endColumn; column += TFloat.Count)
        {
            int columns = Math.Min(TFloat.Count, endColumn - column);
            uint existing = (1u << columns) - 1;        // the padding of a diverging run may be NaN
            for (int i = 0; i < columns; i++) next[i] = lists.First(column + i);
            float* source = matrix.Origin + column;
            for (int row = 0; row < matrix.Rows; row++, source += matrix.Stride)
            {
                for (uint left = TFloat.Nonzeros(TFloat.Load(source)) & existing; left != 0; left &= left - 1)
                {
                    int i = BitOperations.TrailingZeroCount(left);
                    *next[i]++ = new Nonzero(row, source[i]);
                }
            }
            for (int i = 0; i < columns; i++)
            {
                *next[i] = Nonzero.End;
                lists.Length(column + i) = (int)(next[i] - lists.First(column + i));
            }
        }
    }
}
