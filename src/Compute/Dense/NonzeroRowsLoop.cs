using System.Numerics;
using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Lists the elements of each row that are not zero. An item is a row.</summary>
internal readonly unsafe struct NonzeroRowsLoop(Matrix matrix, NonzeroLists lists) : ILoop
{
    const int CostPerElement = 2;

    public static void Run(Matrix matrix, NonzeroLists lists, ThreadTeam team) =>
        team.Run(new NonzeroRowsLoop(matrix, lists), matrix.Rows, (long)CostPerElement * matrix.Columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        for (int row = first; row < end; row++)
        {
            float* source = matrix.Origin + (nint)row * matrix.Stride;
            Nonzero* next = lists.First(row);
            for (int column = 0; column < matrix.Columns; column += TFloat.Count)
            {
                uint left = TFloat.Nonzeros(TFloat.Load(source + column));
                if (column + TFloat.Count > matrix.Columns) left &= (1u << (matrix.Columns - column)) - 1;   // the padding of a diverging run may be NaN
                for (; left != 0; left &= left - 1)
                {
                    int i = column + BitOperations.TrailingZeroCount(left);
                    *next++ = new Nonzero(i, source[i]);
                }
            }
            *next = Nonzero.End;
            lists.Length(row) = (int)(next - lists.First(row));
        }
    }
}
