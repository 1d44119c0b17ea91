using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>C[i, j] = start[j] + Σₖ A(i, k)·B[k, j] over the A(i, k) that are not zero: the chains of <see cref="ProductLoop"/> with fewer links. An item is 8 rows by 128 columns of C.</summary>
/// <remarks>
/// A tile is one row by eight registers: enough chains for two multiply-add units, and about one load of B for each multiply-add.
/// Between two blocks of k the accumulators rest in C, as a block of B must serve many rows while it is in the cache.
/// </remarks>
internal readonly unsafe struct SparseProductLoop(NonzeroLists a, Matrix b, Matrix? start, Matrix c) : ILoop
{
    const int RowsPerItem = 8, SweepRows = 512, PanelColumns = 128, HalfPanel = PanelColumns / 2;

    // Floats of B that a panel of one block of k occupies: 25 KiB of a first-level cache.
    const int PanelFloats = 6400;

    /// <summary>Columns of <paramref name="c"/>, from the first, that are done here; the few that are left need tiles of another shape.</summary>
    public static int Columns(Matrix c) => c.Width / HalfPanel * HalfPanel;

    /// <param name="a">Lists of A, one per row of C; an offset is k times the stride of <paramref name="b"/>.</param>
    /// <param name="b">(inner × columns).</param>
    /// <param name="start">(1 × columns), or null for +0.</param>
    /// <param name="c">(rows × columns); its first <see cref="Columns"/> are overwritten.</param>
    /// <param name="team">Threads to use.</param>
    public static void Run(NonzeroLists a, Matrix b, Matrix? start, Matrix c, ThreadTeam team)
    {
        int panels = (Columns(c) + PanelColumns - 1) / PanelColumns;
        team.Run(new SparseProductLoop(a, b, start, c), RowBlocks(c) * panels, (long)RowsPerItem * PanelColumns * b.Rows);
    }

    static int RowBlocks(Matrix c) => (c.Rows + RowsPerItem - 1) / RowsPerItem;

    /// <inheritdoc/>
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        // Items go down the rows of one panel after another; what is ours of a panel is done in one sweep.
        int rowBlocks = RowBlocks(c);
        while (first < end)
        {
            int firstBlock = first % rowBlocks, endBlock = Math.Min(rowBlocks, firstBlock + end - first);
            int column = first / rowBlocks * PanelColumns, endColumn = Math.Min(column + PanelColumns, Columns(c));
            int endRow = Math.Min(endBlock * RowsPerItem, c.Rows);
            first += endBlock - firstBlock;
            for (int row = firstBlock * RowsPerItem; row < endRow; row += SweepRows)
            {
                int endOfSweep = Math.Min(row + SweepRows, endRow);
                if (8 * TFloat.Count > endColumn - column) Sweep<Float256>(column, endColumn, row, endOfSweep);
                else Sweep<TFloat>(column, endColumn, row, endOfSweep);
            }
        }
    }

    /// <summary>Some rows, at most <see cref="SweepRows"/>, of some columns.</summary>
    void Sweep<TFloat>(int firstColumn, int endColumn, int firstRow, int endRow)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        Nonzero** next = stackalloc Nonzero*[endRow - firstRow];
        int blockLength = PanelFloats / (8 * TFloat.Count);
        for (int column = firstColumn; column < endColumn; column += 8 * TFloat.Count)
        {
            for (int row = firstRow; row < endRow; row++) next[row - firstRow] = a.First(row);
            for (int k = 0; k < b.Rows || k == 0; k += blockLength)
                Block<TFloat>(column, firstRow, endRow, next, k == 0, Math.Min(k + blockLength, b.Rows) * b.Stride);
        }
    }

    /// <summary>Some rows of one tile's columns, over one block of k.</summary>
    /// <param name="column">First column of the tile.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="endRow">Row after the last.</param>
    /// <param name="next">Where the list of each row goes on; moved to the first element after the block.</param>
    /// <param name="isFirst">Whether the chains begin here.</param>
    /// <param name="endOffset">Offset of the first k after the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Block<TFloat>(int column, int firstRow, int endRow, Nonzero** next, bool isFirst, int endOffset)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        float* bColumn = b.Origin + column, startColumn = start is null ? null : start.Origin + column;
        TFloat zero = TFloat.Broadcast(0);
        for (int row = firstRow; row < endRow; row++, next++)
        {
            Nonzero* entry = *next;
            if (entry->Offset >= endOffset && !isFirst) continue;
            float* cRow = c.Origin + (nint)row * c.Stride + column, from = isFirst ? startColumn : cRow;
            TFloat c0, c1, c2, c3, c4, c5, c6, c7;
            if (from == null)
            {
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = zero;
            }
            else
            {
                (c0, c1) = (TFloat.Load(from), TFloat.Load(from + TFloat.Count));
                (c2, c3) = (TFloat.Load(from + 2 * TFloat.Count), TFloat.Load(from + 3 * TFloat.Count));
                (c4, c5) = (TFloat.Load(from + 4 * TFloat.Count), TFloat.Load(from + 5 * TFloat.Count));
                (c6, c7) = (TFloat.Load(from + 6 * TFloat.Count), TFloat.Load(from + 7 * TFloat.Count));
            }
            for (; entry->Offset < endOffset; entry++)
            {
                TFloat x = TFloat.Broadcast(entry->Value);
                float* bRow = bColumn + entry->Offset;
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow), ref c0);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + TFloat.Count), ref c1);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 2 * TFloat.Count), ref c2);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 3 * TFloat.Count), ref c3);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 4 * TFloat.Count), ref c4);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 5 * TFloat.Count), ref c5);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 6 * TFloat.Count), ref c6);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 7 * TFloat.Count), ref c7);
            }
            *next = entry;

            // −0 becomes +0; in the middle of a chain that changes nothing but zeros.
            (c0 + zero).Store(cRow);
            (c1 + zero).Store(cRow + TFloat.Count);
            (c2 + zero).Store(cRow + 2 * TFloat.Count);
            (c3 + zero).Store(cRow + 3 * TFloat.Count);
            (c4 + zero).Store(cRow + 4 * TFloat.Count);
            (c5 + zero).Store(cRow + 5 * TFloat.Count);
            (c6 + zero).Store(cRow + 6 * TFloat.Count);
            (c7 + zero).Store(cRow + 7 * TFloat.Count);
        }
    }
}
