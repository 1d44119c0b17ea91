using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>C[i, j] = start[j] + Σₖ A(i, k)·B(k, j): one chain of fused multiply-adds per output, k ascending (NC-1 C1). An item is a stretch of rows of a panel of columns of C.</summary>
/// <remarks>
/// A is read one element at a time with any strides, so that x·W and xᵀ·dY are this one loop; for dY·Wᵀ it copies a block of Wᵀ into memory of its own first.
/// Tiles are 6 rows by two registers: 12 chains hide the latency of two multiply-add units at any width, and 12 accumulators, two columns of B
/// and one element of A fit 16 registers. The last rows take a tile of 4 or 2, and the last columns one of a single register; those wait for latency, and yet less than
/// for rows or columns that do not exist. Registers of padding alone are left as they are, zero. Between two blocks of k the accumulators rest in C, which is exact.
/// </remarks>
internal readonly unsafe struct ProductLoop : ILoop
{
    const int TileRows = 6, NarrowColumns = 2 * Matrix.PadFloats;
    const int ItemsPerThread = 24;      // one too many or too few is 4 % of a thread's work

    // The most floats of B that a panel of one block of k occupies: 25 KiB of a first-level cache.
    const int PanelFloats = 6400;

    /// <summary>(rows × inner), or (inner × rows) if transposed.</summary>
    public required Matrix A { get; init; }

    /// <summary>Whether the columns of <see cref="A"/> are read as rows.</summary>
    public bool TransposedA { get; init; }

    /// <summary>(inner × columns), or (columns × inner) if transposed.</summary>
    public required Matrix B { get; init; }

    /// <summary>Whether the columns of <see cref="B"/> are read as rows.</summary>
    public bool TransposedB { get; init; }

    /// <summary>(1 × columns), or null for +0.</summary>
    public Matrix? Start { get; init; }

    /// <summary>(rows × columns), overwritten.</summary>
    public required Matrix C { get; init; }

    int PanelColumns { get; init; }

    int BlocksPerItem { get; init; }

    int Inner => TransposedB ? B.Columns : B.Rows;

    int RowBlocks => Cut.Parts(C.Rows, TileRows);

    /// <summary>Computes C.</summary>
    public void Run(ThreadTeam team)
    {
        // Everyone who works on a panel of Bᵀ copies it: its panels are as narrow as a tile. Otherwise a narrow C is one panel, since of two the second, often half padding, would take less time.
        int columns = C.Width <= NarrowColumns && !TransposedB ? C.Width : 2 * (team.Path == SimdPath.Vector512 ? Float512.Count : Float256.Count);
        int panels = Cut.Parts(C.Width, columns), stretches = team.Threads == 1 ? 1 : Math.Min(Cut.Parts(ItemsPerThread * team.Threads, panels), RowBlocks);
        int blocks = Math.Max(1, Cut.Parts(RowBlocks, Math.Max(1, stretches)));
        team.Run(this with { PanelColumns = columns, BlocksPerItem = blocks }, Cut.Parts(RowBlocks, blocks) * panels, 2L * blocks * TileRows * columns * Inner);
    }

    /// <inheritdoc/>
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        // Items go down the rows of one panel after another; what is ours of a panel is done in one sweep.
        float* packed = stackalloc float[TransposedB ? PanelFloats : 0];
        int stretches = Cut.Parts(RowBlocks, BlocksPerItem);
        while (first < end)
        {
            int stretch = first % stretches, endStretch = Math.Min(stretches, stretch + end - first), column = first / stretches * PanelColumns;
            int columns = Math.Min(PanelColumns, C.Width - column), firstBlock = stretch * BlocksPerItem, endBlock = Math.Min(endStretch * BlocksPerItem, RowBlocks);
            first += endStretch - stretch;
            if (columns % (2 * TFloat.Count) == 0) Sweep<TFloat>(column, columns, firstBlock, endBlock, packed);
            else Sweep<Float256>(column, columns, firstBlock, endBlock, packed);
        }
    }

    /// <summary>Some row blocks of some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sweep<TFloat>(int firstColumn, int columns, int firstBlock, int endBlock, float* packed)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        int inner = Inner, blockLength = Cut.Evenly(inner, PanelFloats / columns), existing = Math.Min(columns, C.Columns - firstColumn);
        nint rowStep = TransposedA ? 1 : A.Stride, innerStep = TransposedA ? A.Stride : 1;
        for (int k = 0; k < inner || k == 0; k += blockLength)
        {
            int length = Math.Min(blockLength, inner - k);
            float* b = B.Origin + (nint)k * B.Stride + firstColumn;
            nint bStep = B.Stride;
            if (TransposedB)
            {
                Pack(firstColumn, columns, k, length, packed);
                b = packed;
                bStep = columns;
            }
            for (int block = firstBlock; block < endBlock; block++)
            {
                int row = block * TileRows, rows = Math.Min(TileRows, C.Rows - row);
                float* a = A.Origin + row * rowStep + k * innerStep, c = C.Origin + (nint)row * C.Stride + firstColumn;
                float* start = Start is null ? null : Start.Origin + firstColumn;
                for (int next = TileRows; next < 2 * TileRows; next++) Simd.Prefetch(c + next * (nint)C.Stride, columns * sizeof(float));   // outputs of the next block
                for (int column = 0; column < existing; column += 2 * TFloat.Count)
                {
                    float* from = k > 0 ? c + column : start == null ? null : start + column;
                    nint fromStep = k > 0 ? C.Stride : 0;
                    bool last = k + length == inner;
                    if (existing - column > TFloat.Count) Tile<TFloat, Size.Two>(a, rowStep, innerStep, b + column, bStep, from, fromStep, c + column, C.Stride, rows, length, last);
                    else Tile<TFloat, Size.One>(a, rowStep, innerStep, b + column, bStep, from, fromStep, c + column, C.Stride, rows, length, last);
                }
            }
        }
    }

    /// <summary>Copies a block of Bᵀ: element (k, j) of the block goes to <paramref name="packed"/>[k · columns + j].</summary>
    /// <param name="firstColumn">First column of C, that is row of B.</param>
    /// <param name="columns">Columns of the block, a multiple of 4; those past the last row of B become 0.</param>
    /// <param name="firstK">First k.</param>
    /// <param name="length">Number of k.</param>
    /// <param name="packed">Room for the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pack(int firstColumn, int columns, int firstK, int length, float* packed)
    {
        int rows = Math.Clamp(B.Rows - firstColumn, 0, columns);
        for (int j = 0; j < columns; j += 4)
        {
            float* from = B.Origin + (nint)(firstColumn + j) * B.Stride + firstK, to = packed + j;
            int k = 0, existing = Math.Clamp(rows - j, 0, 4);
            if (existing == 4)
            {
                for (; k + 4 <= length; k += 4) Simd.Transpose4(from + k, B.Stride, to + (nint)k * columns, columns);
            }
            for (; k < length; k++)
            {
                Vector128<float>.Zero.Store(to + (nint)k * columns);
                for (int i = 0; i < existing; i++) to[(nint)k * columns + i] = from[i * B.Stride + k];
            }
        }
    }

    /// <summary>The tile of fewest rows that holds <paramref name="rows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Tile<TFloat, TRegisters>(float* a, nint rowStep, nint innerStep, float* b, nint bStep, float* from, nint fromStep, float* c, nint cStep, int rows, int length, bool last)
        where TFloat : struct, IFloatLanes<TFloat>
        where TRegisters : struct, ISize
    {
        if (rows > 4) Tile<TFloat, Size.Six, TRegisters>(a, rowStep, innerStep, b, bStep, from, fromStep, c, cStep, rows, length, last);
        else if (rows > 2) Tile<TFloat, Size.Four, TRegisters>(a, rowStep, innerStep, b, bStep, from, fromStep, c, cStep, rows, length, last);
        else Tile<TFloat, Size.Two, TRegisters>(a, rowStep, innerStep, b, bStep, from, fromStep, c, cStep, rows, length, last);
    }

    /// <summary>One tile over one block of k.</summary>
    /// <param name="a">First element of A.</param>
    /// <param name="rowStep">Floats from one row of A to the next.</param>
    /// <param name="innerStep">Floats from one k of A to the next.</param>
    /// <param name="b">First element of B.</param>
    /// <param name="bStep">Floats from one k of B to the next.</param>
    /// <param name="from">Where the accumulators start; null for +0.</param>
    /// <param name="fromStep">Floats from one row's start to the next.</param>
    /// <param name="c">Where the accumulators go.</param>
    /// <param name="cStep">Floats from one row of C to the next.</param>
    /// <param name="rows">Rows that exist, from 1 to those of the tile. The missing ones repeat the last: they compute and store the same bits.</param>
    /// <param name="length">Number of k.</param>
    /// <param name="last">Whether the chains end here, and −0 becomes +0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<TFloat, TRows, TRegisters>(float* a, nint rowStep, nint innerStep, float* b, nint bStep, float* from, nint fromStep, float* c, nint cStep, int rows, int length, bool last)
        where TFloat : struct, IFloatLanes<TFloat>
        where TRows : struct, ISize
        where TRegisters : struct, ISize
    {
        nint row1 = Math.Min(1, rows - 1), row2 = Math.Min(2, rows - 1), row3 = Math.Min(3, rows - 1), row4 = Math.Min(4, rows - 1), row5 = rows - 1;
        TFloat zero = TFloat.Broadcast(0);
        TFloat c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
        if (from != null)
        {
            Load<TFloat, TRegisters>(from, ref c00, ref c01);
            Load<TFloat, TRegisters>(from + row1 * fromStep, ref c10, ref c11);
            if (TRows.Count > 2)
            {
                Load<TFloat, TRegisters>(from + row2 * fromStep, ref c20, ref c21);
                Load<TFloat, TRegisters>(from + row3 * fromStep, ref c30, ref c31);
            }
            if (TRows.Count > 4)
            {
                Load<TFloat, TRegisters>(from + row4 * fromStep, ref c40, ref c41);
                Load<TFloat, TRegisters>(from + row5 * fromStep, ref c50, ref c51);
            }
        }
        nint a1 = row1 * rowStep, a2 = row2 * rowStep, a3 = row3 * rowStep, a4 = row4 * rowStep, a5 = row5 * rowStep;
        for (int k = 0; k < length; k++)
        {
            TFloat b0 = TFloat.Load(b), b1 = TRegisters.Count > 1 ? TFloat.Load(b + TFloat.Count) : zero;
            b += bStep;
            TFloat x = TFloat.Broadcast(a[0]);
            TFloat.FusedMultiplyAdd(x, b0, ref c00);
            if (TRegisters.Count > 1) TFloat.FusedMultiplyAdd(x, b1, ref c01);
            x = TFloat.Broadcast(a[a1]);
            TFloat.FusedMultiplyAdd(x, b0, ref c10);
            if (TRegisters.Count > 1) TFloat.FusedMultiplyAdd(x, b1, ref c11);
            if (TRows.Count > 2)
            {
                x = TFloat.Broadcast(a[a2]);
                TFloat.FusedMultiplyAdd(x, b0, ref c20);
                if (TRegisters.Count > 1) TFloat.FusedMultiplyAdd(x, b1, ref c21);
                x = TFloat.Broadcast(a[a3]);
                TFloat.FusedMultiplyAdd(x, b0, ref c30);
                if (TRegisters.Count > 1) TFloat.FusedMultiplyAdd(x, b1, ref c31);
            }
            if (TRows.Count > 4)
            {
                x = TFloat.Broadcast(a[a4]);
                TFloat.FusedMultiplyAdd(x, b0, ref c40);
                if (TRegisters.Count > 1) TFloat.FusedMultiplyAdd(x, b1, ref c41);
                x = TFloat.Broadcast(a[a5]);
                TFloat.FusedMultiplyAdd(x, b0, ref c50);
                if (TRegisters.Count > 1) TFloat.FusedMultiplyAdd(x, b1, ref c51);
            }
            a += innerStep;
        }
        if (last)
        {
            (c00, c10, c20, c30, c40, c50) = (c00 + zero, c10 + zero, c20 + zero, c30 + zero, c40 + zero, c50 + zero);
            (c01, c11, c21, c31, c41, c51) = (c01 + zero, c11 + zero, c21 + zero, c31 + zero, c41 + zero, c51 + zero);
        }
        Store<TFloat, TRegisters>(c, c00, c01);
        Store<TFloat, TRegisters>(c + row1 * cStep, c10, c11);
        if (TRows.Count > 2)
        {
            Store<TFloat, TRegisters>(c + row2 * cStep, c20, c21);
            Store<TFloat, TRegisters>(c + row3 * cStep, c30, c31);
        }
        if (TRows.Count > 4)
        {
            Store<TFloat, TRegisters>(c + row4 * cStep, c40, c41);
            Store<TFloat, TRegisters>(c + row5 * cStep, c50, c51);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Load<TFloat, TRegisters>(float* source, ref TFloat left, ref TFloat right)
        where TFloat : struct, IFloatLanes<TFloat>
        where TRegisters : struct, ISize
    {
        left = TFloat.Load(source);
        if (TRegisters.Count > 1) right = TFloat.Load(source + TFloat.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TFloat, TRegisters>(float* destination, TFloat left, TFloat right)
        where TFloat : struct, IFloatLanes<TFloat>
        where TRegisters : struct, ISize
    {
        left.Store(destination);
        if (TRegisters.Count > 1) right.Store(destination + TFloat.Count);
    }
}
