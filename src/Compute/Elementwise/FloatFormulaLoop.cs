using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>What becomes of the elements at one place of two matrices, in at most one rounding.</summary>
internal interface IFloatFormula
{
    static abstract T Of<T>(T a, T b)
        where T : struct, IFloatLanes<T>;
}

/// <summary>result = formula(a, b) element by element, where one rounding in float gives the bits of double rounded to float and takes less time; padding zero. An item is a row. The result may be an input.</summary>
internal readonly unsafe struct FloatFormulaLoop<TFormula>(Matrix a, Matrix b, Matrix result) : ILoop
    where TFormula : struct, IFloatFormula
{
    const int CostPerElement = 5;

    /// <summary>Runs the formula over matrices of one shape.</summary>
    public static void Run(Matrix a, Matrix b, Matrix result, ThreadTeam team) =>
        team.Run(new FloatFormulaLoop<TFormula>(a, b, result), a.Rows, (long)CostPerElement * a.Columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        int columns = a.Columns;
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * a.Stride;
            float* aRow = a.Origin + offset, bRow = b.Origin + offset, resultRow = result.Origin + offset;
            for (int column = 0; column < columns; column += TFloat.Count)
                TFormula.Of(TFloat.Load(aRow + column), TFloat.Load(bRow + column)).Store(resultRow + column);
            Padding.Clear(result, row);
        }
    }
}
