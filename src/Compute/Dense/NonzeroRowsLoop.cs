using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Lists the elements of each row that are not zero. An item is a row.</summary>
internal readonly unsafe struct NonzeroRowsLoop(Matrix matrix, NonzeroLists lists) : ILoop
{
    public static void Run(Matrix matrix, NonzeroLists lists, ThreadTeam team) =>
        team.Run(new NonzeroRowsLoop(matrix, lists), matrix.Rows, (long)NonzeroLists.CostPerElement * matrix.Columns);

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
            int column = 0;
            for (; column + 4 <= matrix.Columns; column += 4)
            {
                Vector128<float> elements = Vector128.Load(source + column);
                if (elements.AsInt32() == Vector128<int>.Zero) continue;     // as most pixels and their neighbours
                next = Nonzero.AppendFour(next, column, elements);
            }
            for (; column < matrix.Columns; column++) next = next->Append(column, source[column]);
            *next = Nonzero.End;
        }
    }
}
