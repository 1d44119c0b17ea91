using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>One term of a row's sum, from the elements at one place of two matrices.</summary>
internal interface ITerm
{
    static abstract T Of<T>(T a, T b)
        where T : struct, IDoubleLanes<T>;
}

/// <summary>sums[row] = Σ term(a, b) over the columns, added as <see cref="LaneSum"/> does. An item is a row, counted from the first.</summary>
internal readonly unsafe struct RowSumLoop<TTerm>(Matrix a, Matrix b, int firstRow, double* sums) : ILoop
    where TTerm : struct, ITerm
{
    const int CostPerElement = 20;

    /// <summary>Sums every row.</summary>
    /// <param name="a">First matrix.</param>
    /// <param name="b">Second matrix, of the same shape.</param>
    /// <param name="sums">One place per row.</param>
    /// <param name="team">Threads to use.</param>
    public static void Run(Matrix a, Matrix b, Span<double> sums, ThreadTeam team) => Run(a, b, 0, sums, team);

    /// <summary>Sum of all rows' sums, rows ascending.</summary>
    public static double Total(Matrix a, Matrix b, ThreadTeam team)
    {
        const int BlockRows = 512;
        Span<double> sums = stackalloc double[BlockRows];
        double total = 0;
        for (int row = 0; row < a.Rows; row += BlockRows)
        {
            Span<double> block = sums[..Math.Min(BlockRows, a.Rows - row)];
            Run(a, b, row, block, team);
            foreach (double sum in block) total += sum;
        }
        return total;
    }

    static void Run(Matrix a, Matrix b, int firstRow, Span<double> sums, ThreadTeam team)
    {
        fixed (double* destination = sums)
        {
            team.Run(new RowSumLoop<TTerm>(a, b, firstRow, destination), sums.Length, (long)CostPerElement * a.Columns);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* lanes = stackalloc double[LaneSum.Lanes];
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)(firstRow + row) * a.Stride;
            float* aRow = a.Origin + offset, bRow = b.Origin + offset;
            new Span<double>(lanes, LaneSum.Lanes).Clear();
            for (int column = 0; column < a.Columns; column += TDouble.Count)
                LaneSum.Add(lanes, TTerm.Of(TDouble.Widen(aRow + column), TDouble.Widen(bRow + column)), column, a.Columns);
            sums[row] = LaneSum.Total(lanes);
        }
    }
}
