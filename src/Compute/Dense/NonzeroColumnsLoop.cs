using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Lists the elements of each column that are not zero. An item is as many columns as a width is a multiple of.</summary>
internal readonly unsafe struct NonzeroColumnsLoop(Matrix matrix, NonzeroLists lists) : ILoop
{
    const int ColumnsPerItem = Matrix.PadFloats;

    public static void Run(Matrix matrix, NonzeroLists lists, ThreadTeam team) =>
        team.Run(new NonzeroColumnsLoop(matrix, lists), matrix.Width / ColumnsPerItem, (long)NonzeroLists.CostPerElement * ColumnsPerItem * matrix.Rows);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        int endColumn = Math.Min(end * ColumnsPerItem, matrix.Columns), column = first * ColumnsPerItem;
        for (; column + 4 <= endColumn; column += 4)
        {
            Nonzero* next0 = lists.First(column), next1 = lists.First(column + 1), next2 = lists.First(column + 2), next3 = lists.First(column + 3);
            float* source = matrix.Origin + column;
            int row = 0;
            for (; row + 4 <= matrix.Rows; row += 4, source += 4 * (nint)matrix.Stride)
            {
                (Vector128<float> column0, Vector128<float> column1, Vector128<float> column2, Vector128<float> column3) = Simd.Columns4(source, matrix.Stride);
                if ((column0.AsInt32() | column1.AsInt32() | column2.AsInt32() | column3.AsInt32()) == Vector128<int>.Zero) continue;     // as most pixels and their neighbours
                next0 = Nonzero.AppendFour(next0, row, column0);
                next1 = Nonzero.AppendFour(next1, row, column1);
                next2 = Nonzero.AppendFour(next2, row, column2);
                next3 = Nonzero.AppendFour(next3, row, column3);
            }
            for (; row < matrix.Rows; row++, source += matrix.Stride)
            {
                next0 = next0->Append(row, source[0]);
                next1 = next1->Append(row, source[1]);
                next2 = next2->Append(row, source[2]);
                next3 = next3->Append(row, source[3]);
            }
            *next0 = *next1 = *next2 = *next3 = Nonzero.End;
        }
        for (; column < endColumn; column++)
        {
            Nonzero* next = lists.First(column);
            for (int row = 0; row < matrix.Rows; row++) next = next->Append(row, matrix.Origin[(nint)row * matrix.Stride + column]);
            *next = Nonzero.End;
        }
    }
}
