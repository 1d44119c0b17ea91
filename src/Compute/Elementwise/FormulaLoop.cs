using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>What becomes of the elements at one place of up to three matrices.</summary>
internal interface IFormula
{
    static abstract T Of<T>(T a, T b, T c, T scale)
        where T : struct, IDoubleLanes<T>;
}

/// <summary>result = formula(a, b, c, scale) element by element: in double, rounded once, padding zero. An item is a row. The result may be an input.</summary>
internal readonly unsafe struct FormulaLoop<TFormula>(Matrix a, Matrix b, Matrix c, float scale, Matrix result) : ILoop
    where TFormula : struct, IFormula
{
    // Most formulas hold an exponential or a logarithm.
    const int CostPerElement = 20;

    /// <summary>Runs the formula over matrices of one shape.</summary>
    public static void Run(Matrix a, Matrix b, Matrix c, float scale, Matrix result, ThreadTeam team) =>
        team.Run(new FormulaLoop<TFormula>(a, b, c, scale, result), a.Rows, (long)CostPerElement * a.Columns);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        TDouble scaleLanes = TDouble.Broadcast(scale);
        int columns = a.Columns;
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * a.Stride;
            float* aRow = a.Origin + offset, bRow = b.Origin + offset, cRow = c.Origin + offset, resultRow = result.Origin + offset;
            for (int column = 0; column < columns; column += TDouble.Count)
            {
                TDouble value = TFormula.Of(TDouble.Widen(aRow + column), TDouble.Widen(bRow + column), TDouble.Widen(cRow + column), scaleLanes);
                value.Narrow(resultRow + column);
            }
            Padding.Clear(result, row);
        }
    }
}
