using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>C[i, j] = start[j] + Σₖ A(i, k)·B[k, j] over the A(i, k) that are not zero: the chains of <see cref="ProductLoop"/> with fewer links. An item is a stretch of rows of a panel of columns of C.</summary>
/// <remarks>
/// A tile is one row by eight registers: enough chains for two multiply-add units, and about one load of B for each multiply-add. Widths are multiples of 16, so 16 columns
/// may be left over: the last tile takes them too, as nine registers of 512 bits or ten of 256. What else is left goes by pairs of registers.
/// A block of B is copied together before many rows use it. So a panel is cut into stretches of rows only as far as several threads need items enough to share them evenly, or
/// where each thread has many rows: it then reads the lists that it has made. Between two blocks of k the accumulators rest in C.
/// Loads keep the loop busy. One whose address comes late delays those behind it, and so does the end of a row that is seen late: three indices are known ahead, and the next
/// row's first.
/// </remarks>
internal readonly unsafe struct SparseProductLoop(NonzeroLists a, Matrix b, Matrix? start, Matrix c, int panelColumns, int rowsPerItem) : ILoop
{
    const int SweepRows = 512, ItemsPerThread = 3, RowsAhead = 8;

    // Rows from which on a thread makes up for packing every panel of B itself by reading lists of its own making.
    const int OwnRows = 192;

    /// <summary>Entries after the end of a list that are read, whatever they hold: the loop knows three indices, and the last may be that of the end.</summary>
    internal const int LooksAhead = 2;

    // The most floats of B that a tile's columns occupy in one block of k: 32 KiB, as much as a first-level cache holds. Rows of B that few elements meet may fall out of it.
    const int PanelFloats = 8192;

    /// <summary>Whether C has so many columns that it pays to make lists for them.</summary>
    public static bool Suits(Matrix c) => c.Width >= Size.Eight.Count * Float256.Count;

    /// <param name="a">Lists of A, one per row of C.</param>
    /// <param name="b">(inner × columns).</param>
    /// <param name="start">(1 × columns), or null for +0.</param>
    /// <param name="c">(rows × columns), overwritten.</param>
    /// <param name="team">Threads to use.</param>
    public static void Run(NonzeroLists a, Matrix b, Matrix? start, Matrix c, ThreadTeam team)
    {
        int panelColumns = Size.Eight.Count * (team.Path == SimdPath.Vector512 ? Float512.Count : Float256.Count);
        int panels = Panels(c, panelColumns), stretches = Math.Max(c.Rows >= OwnRows * team.Threads ? team.Threads : 1, Cut.Parts(ItemsPerThread * team.Threads, panels));
        int rowsPerItem = Math.Max(1, team.Threads == 1 ? c.Rows : Cut.Parts(c.Rows, stretches));
        team.Run(new SparseProductLoop(a, b, start, c, panelColumns, rowsPerItem), Cut.Parts(c.Rows, rowsPerItem) * panels, (long)rowsPerItem * panelColumns * b.Rows);
    }

    /// <summary>Panels of columns; the last is up to 16 columns wider, so that none has no more than those.</summary>
    static int Panels(Matrix c, int panelColumns) => Cut.Parts(c.Width - Matrix.PadFloats, panelColumns);

    /// <inheritdoc/>
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        const int CacheLineFloats = 16;
        float* memory = stackalloc float[PanelFloats + CacheLineFloats], packed = (float*)(((nint)memory + 63) & ~63);
        Nonzero** next = stackalloc Nonzero*[SweepRows + 1];

        int panels = Panels(c, panelColumns);
        for (int item = first; item < end; item++)
        {
            int panel = item % panels, firstColumn = panel * panelColumns, endColumn = panel == panels - 1 ? c.Width : firstColumn + panelColumns;
            int firstRow = item / panels * rowsPerItem, endRow = Math.Min(firstRow + rowsPerItem, c.Rows);
            for (int row = firstRow; row < endRow; row += SweepRows)
            {
                int endOfSweep = Math.Min(row + SweepRows, endRow);
                for (int column = firstColumn; column < endColumn;) column += SweepTile<TFloat>(column, endColumn, row, endOfSweep, next, packed);
            }
        }
    }

    /// <summary>Some rows of the widest tile that fits.</summary>
    /// <returns>Its columns.</returns>
    int SweepTile<TFloat>(int column, int endColumn, int firstRow, int endRow, Nonzero** next, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        int left = endColumn - column;
        if (left == Size.Ten.Count * TFloat.Count) return Sweep<TFloat, Size.Ten>(column, firstRow, endRow, next, packed);
        if (left == Size.Nine.Count * TFloat.Count) return Sweep<TFloat, Size.Nine>(column, firstRow, endRow, next, packed);
        if (left >= Size.Eight.Count * TFloat.Count) return Sweep<TFloat, Size.Eight>(column, firstRow, endRow, next, packed);
        return TFloat.Count > Float256.Count ? SweepTile<Float256>(column, endColumn, firstRow, endRow, next, packed) : Sweep<TFloat, Size.Two>(column, firstRow, endRow, next, packed);
    }

    /// <summary>Some rows of one tile's columns.</summary>
    /// <returns>The number of columns.</returns>
    int Sweep<TFloat, TRegisters>(int column, int firstRow, int endRow, Nonzero** next, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
        where TRegisters : struct, ISize
    {
        int columns = TRegisters.Count * TFloat.Count, blockLength = Cut.Evenly(b.Rows, PanelFloats / columns);
        for (int row = firstRow; row < endRow; row++) next[row - firstRow] = a.First(row);
        next[endRow - firstRow] = next[0];      // so that there is always a list to look at ahead
        for (int k = 0; k < b.Rows || k == 0; k += blockLength)
        {
            int endK = Math.Min(k + blockLength, b.Rows);
            Pack<TFloat>(column, columns, k, endK, packed);
            Block<TFloat, TRegisters>(column, firstRow, endRow, next, k, endK, packed);
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

    /// <summary>Some rows of one tile's columns, over one block of k.</summary>
    /// <param name="column">First column.</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="endRow">Row after the last.</param>
    /// <param name="next">Where the list of each row goes on, moved to the first element after the block; and one entry more, which is looked at.</param>
    /// <param name="firstK">First k; the chains begin at 0.</param>
    /// <param name="endK">The k after the last.</param>
    /// <param name="packed">The block of B.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Block<TFloat, TRegisters>(int column, int firstRow, int endRow, Nonzero** next, int firstK, int endK, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
        where TRegisters : struct, ISize
    {
        // In bytes, so that a row's address is a multiplication and a sum: the instruction that scales by the size of a float would take a unit that loads need.
        byte* b0 = (byte*)(packed - (nint)firstK * (TRegisters.Count * TFloat.Count));
        nint cStep = c.Stride, fromStep = firstK > 0 ? cStep : 0;
        float* cRow = c.Origin + firstRow * cStep + column, from = firstK > 0 ? cRow : start is null ? null : start.Origin + column;
        TFloat zero = TFloat.Broadcast(0);
        Nonzero* upcoming = *next;
        int upcomingK = upcoming->Index;
        for (Nonzero** end = next + (endRow - firstRow); next < end; next++, cRow += cStep, from += fromStep)
        {
            Nonzero* entry = upcoming;
            int k = upcomingK, k1 = entry[1].Index, k2 = entry[2].Index;
            upcoming = next[1];
            upcomingK = upcoming->Index;
            if (k >= endK && firstK > 0) continue;
            Simd.Prefetch(cRow + cStep, TRegisters.Count * TFloat.Count * sizeof(float));
            TFloat c0 = zero, c1 = zero, c2 = zero, c3 = zero, c4 = zero, c5 = zero, c6 = zero, c7 = zero, c8 = zero, c9 = zero;
            if (from != null)
            {
                (c0, c1) = (TFloat.Load(from), TFloat.Load(from + TFloat.Count));
                if (TRegisters.Count > 2)
                {
                    (c2, c3) = (TFloat.Load(from + 2 * TFloat.Count), TFloat.Load(from + 3 * TFloat.Count));
                    (c4, c5) = (TFloat.Load(from + 4 * TFloat.Count), TFloat.Load(from + 5 * TFloat.Count));
                    (c6, c7) = (TFloat.Load(from + 6 * TFloat.Count), TFloat.Load(from + 7 * TFloat.Count));
                }
                if (TRegisters.Count > 8) c8 = TFloat.Load(from + 8 * TFloat.Count);
                if (TRegisters.Count > 9) c9 = TFloat.Load(from + 9 * TFloat.Count);
            }
            while (k < endK)
            {
                TFloat x = TFloat.Broadcast(entry->Value);
                float* bRow = (float*)(b0 + (nint)k * (TRegisters.Count * TFloat.Count * sizeof(float)));
                (k, k1, k2) = (k1, k2, entry[3].Index);
                entry++;
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow), ref c0);
                TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + TFloat.Count), ref c1);
                if (TRegisters.Count > 2)
                {
                    TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 2 * TFloat.Count), ref c2);
                    TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 3 * TFloat.Count), ref c3);
                    TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 4 * TFloat.Count), ref c4);
                    TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 5 * TFloat.Count), ref c5);
                    TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 6 * TFloat.Count), ref c6);
                    TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 7 * TFloat.Count), ref c7);
                }
                if (TRegisters.Count > 8) TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 8 * TFloat.Count), ref c8);
                if (TRegisters.Count > 9) TFloat.FusedMultiplyAdd(x, TFloat.Load(bRow + 9 * TFloat.Count), ref c9);
            }
            *next = entry;

            // −0 becomes +0; in the middle of a chain that changes nothing but zeros.
            (c0 + zero).Store(cRow);
            (c1 + zero).Store(cRow + TFloat.Count);
            if (TRegisters.Count > 2)
            {
                (c2 + zero).Store(cRow + 2 * TFloat.Count);
                (c3 + zero).Store(cRow + 3 * TFloat.Count);
                (c4 + zero).Store(cRow + 4 * TFloat.Count);
                (c5 + zero).Store(cRow + 5 * TFloat.Count);
                (c6 + zero).Store(cRow + 6 * TFloat.Count);
                (c7 + zero).Store(cRow + 7 * TFloat.Count);
            }
            if (TRegisters.Count > 8) (c8 + zero).Store(cRow + 8 * TFloat.Count);
            if (TRegisters.Count > 9) (c9 + zero).Store(cRow + 9 * TFloat.Count);
        }
    }
}
