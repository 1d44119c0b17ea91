using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>C[i, j] = start[j] + Σₖ A(i, k)·B[k, j] over the A(i, k) that are not zero: the chains of <see cref="ProductLoop"/> with fewer links. An item is a stretch of rows of a panel of columns of C.</summary>
/// <remarks>
/// A tile is one row by eight registers: enough chains for two multiply-add units, and about one load of B for each multiply-add. Columns that fill no such tile take two registers.
/// A block of B is copied together before many rows use it, so a panel is cut into stretches of rows only as far as several threads need items enough to share
/// them evenly: the last panel is often a narrow one. Between two blocks of k the accumulators rest in C. Loads keep the loop busy, and one whose address comes late
/// delays those behind it: so the next index, and the next row's first, is read before the work on this one.
/// </remarks>
internal readonly unsafe struct SparseProductLoop(NonzeroLists a, Matrix b, Matrix? start, Matrix c, int panelColumns, int rowsPerItem) : ILoop
{
    const int WideRegisters = 8, NarrowRegisters = 2, SweepRows = 512;
    const int ItemsPerThread = 3, RowsAhead = 8;

    // Floats of B that a tile's columns occupy in one block of k: 25 KiB of a first-level cache.
    const int PanelFloats = 6400;

    /// <summary>Whether C has so many columns that it pays to make lists for them.</summary>
    public static bool Suits(Matrix c) => c.Width >= WideRegisters * Float256.Count;

    /// <param name="a">Lists of A, one per row of C.</param>
    /// <param name="b">(inner × columns).</param>
    /// <param name="start">(1 × columns), or null for +0.</param>
    /// <param name="c">(rows × columns), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    public static void Run(NonzeroLists a, Matrix b, Matrix? start, Matrix c, ThreadTeam team)
    {
        int panelColumns = team.Path == SimdPath.Vector512 ? WideRegisters * Float512.Count : WideRegisters * Float256.Count;
        int panels = Parts(c.Width, panelColumns), rowsPerItem = team.Threads == 1 ? c.Rows : Parts(c.Rows, Parts(ItemsPerThread * team.Threads, panels));
        team.Run(new SparseProductLoop(a, b, start, c, panelColumns, rowsPerItem), Parts(c.Rows, rowsPerItem) * panels, (long)rowsPerItem * panelColumns * b.Rows);
    }

    static int Parts(int whole, int part) => (whole + part - 1) / part;

    /// <inheritdoc/>
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        const int CacheLineFloats = 16;
        float* memory = stackalloc float[PanelFloats + CacheLineFloats], packed = (float*)(((nint)memory + 63) & ~63);
        Nonzero** next = stackalloc Nonzero*[SweepRows + 1];

        int stretches = Parts(c.Rows, rowsPerItem);
        for (int item = first; item < end; item++)
        {
            int firstColumn = item / stretches * panelColumns, endColumn = Math.Min(firstColumn + panelColumns, c.Width);
            int firstRow = item % stretches * rowsPerItem, endRow = Math.Min(firstRow + rowsPerItem, c.Rows);
            for (int row = firstRow; row < endRow; row += SweepRows)
            {
                int endOfSweep = Math.Min(row + SweepRows, endRow);
                for (int column = firstColumn; column < endColumn;)
                {
                    int left = endColumn - column;
                    column += left >= WideRegisters * TFloat.Count ? Sweep<TFloat>(column, WideRegisters, row, endOfSweep, next, packed)
                        : TFloat.Count <= Float256.Count ? Sweep<TFloat>(column, NarrowRegisters, row, endOfSweep, next, packed)
                        : Sweep<Float256>(column, left >= WideRegisters * Float256.Count ? WideRegisters : NarrowRegisters, row, endOfSweep, next, packed);
                }
            }
        }
    }

    /// <summary>Some rows of one tile's columns.</summary>
    /// <returns>The number of columns.</returns>
    int Sweep<TFloat>(int column, int registers, int firstRow, int endRow, Nonzero** next, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        int columns = registers * TFloat.Count, blockLength = PanelFloats / columns;
        for (int row = firstRow; row < endRow; row++) next[row - firstRow] = a.First(row);
        next[endRow - firstRow] = next[0];      // so that there is always a list to look at ahead
        for (int k = 0; k < b.Rows || k == 0; k += blockLength)
        {
            int endK = Math.Min(k + blockLength, b.Rows);
            Pack<TFloat>(column, columns, k, endK, packed);
            if (registers == WideRegisters) WideBlock<TFloat>(column, firstRow, endRow, next, k, endK, packed);
            else NarrowBlock<TFloat>(column, firstRow, endRow, next, k, endK, packed);
        }
        return columns;
    }

    /// <summary>Copies a block of B: element (k, j) of the block goes to <paramref name="packed"/>[k · columns + j].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pack<TFloat>(int column, int columns, int firstK, int endK, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        float* from = b.Origin + (nint)firstK * b.Stride + column;
        for (int k = firstK; k < endK; k++, from += b.Stride, packed += columns)
        {
            Simd.Prefetch(from + RowsAhead * (nint)b.Stride, columns * sizeof(float));
            for (int j = 0; j < columns; j += TFloat.Count) TFloat.Load(from + j).Store(packed + j);
        }
    }

    /// <summary>Some rows of eight registers of columns, over one block of k.</summary>
    /// <param name="column">First column.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="endRow">Row after the last.</param>
    /// <param name="next">Where the list of each row goes on; moved to the first element after the block.</param>
    /// <param name="firstK">First k; the chains begin at 0.</param>
    /// <param name="endK">The k after the last.</param>
    /// <param name="packed">The block of B.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void WideBlock<TFloat>(int column, int firstRow, int endRow, Nonzero** next, int firstK, int endK, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        byte* b0 = (byte*)(packed - (nint)firstK * (WideRegisters * TFloat.Count));
        float* startColumn = start is null ? null : start.Origin + column;
        TFloat zero = TFloat.Broadcast(0);
        Nonzero* upcoming = *next;
        int upcomingK = upcoming->Index;
        for (int row = firstRow; row < endRow; row++, next++)
        {
            Nonzero* entry = upcoming;
            int k = upcomingK;
            upcoming = next[1];
            upcomingK = upcoming->Index;
            if (k >= endK && firstK > 0) continue;
            float* cRow = c.Origin + (nint)row * c.Stride + column, from = firstK == 0 ? startColumn : cRow;
            Simd.Prefetch(cRow + c.Stride, WideRegisters * TFloat.Count * sizeof(float));
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
            while (k < endK)
            {
                TFloat x = TFloat.Broadcast(entry->Value);
                float* bRow = (float*)(b0 + (nint)k * (WideRegisters * TFloat.Count * sizeof(float)));
                k = entry[1].Index;
                entry++;
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

    /// <summary>As <see cref="WideBlock"/>, for two registers of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void NarrowBlock<TFloat>(int column, int firstRow, int endRow, Nonzero** next, int firstK, int endK, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        byte* b0 = (byte*)(packed - (nint)firstK * (NarrowRegisters * TFloat.Count));
        float* startColumn = start is null ? null : start.Origin + column;
        TFloat zero = TFloat.Broadcast(0);
        for (int row = firstRow; row < endRow; row++, next++)
        {
            Nonzero* entry = *next;
            int k = entry->Index;
            if (k >= endK && firstK > 0) continue;
            float* cRow = c.Origin + (nint)row * c.Stride + column, from = firstK == 0 ? startColumn : cRow;
            (TFloat c0, TFloat c1) = from == null ? (zero, zero) : (TFloat.Load(from), TFloat.Load(from + TFloat.Count));
            while (k < endK)
            {
                TFloat x = TFloat.Broadcast(entry->Value);
                float* bRow = (float*)(b0 + (nint)k * (NarrowRegisters * TFloat.Count * sizeof(float)));
                k = entry[1].Index;
                entry++;
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow), ref c0);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + TFloat.Count), ref c1);
            }
            *next = entry;
            (c0 + zero).Store(cRow);
            (c1 + zero).Store(cRow + TFloat.Count);
        }
    }
}
