using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>C[i, j] = start[j] + Σₖ A(i, k)·B[k, j]: one chain of fused multiply-adds per output, k ascending (NC-1 C1). An item is 6 rows by 32 columns of C.</summary>
/// <remarks>
/// A is read one element at a time with any strides, so x·W, dY·Wᵀ and xᵀ·dY are this one loop. Tiles are 6 rows by two registers: 12 chains
/// hide the latency of two multiply-add units at any width, and 12 accumulators, two columns of B and one element of A fit 16 registers.
/// Between two blocks of k the accumulators rest in C, which is exact.
/// </remarks>
internal readonly unsafe struct ProductLoop : ILoop
{
    const int TileRows = 6;
    const int PanelColumns = 32;
    const int HalfPanel = 16;

    // Floats of B that a panel of one block of k occupies: 16 KiB, half of a first-level cache.
    const int PanelFloats = 4096;

    readonly Matrix a, b, c;
    readonly Matrix? start;
    readonly bool transposed;

    /// <param name="a">(rows × inner), or (inner × rows) if <paramref name="transposed"/>.</param>
    /// <param name="transposed">Read the columns of <paramref name="a"/> as rows.</param>
    /// <param name="b">(inner × columns).</param>
    /// <param name="start">(1 × columns), or null for +0.</param>
    /// <param name="c">(rows × columns), overwritten.</param>
    ProductLoop(Matrix a, bool transposed, Matrix b, Matrix? start, Matrix c)
    {
        this.a = a;
        this.transposed = transposed;
        this.b = b;
        this.start = start;
        this.c = c;
    }

    /// <inheritdoc cref="ProductLoop(Matrix, bool, Matrix, Matrix?, Matrix)"/>
    public static void Run(Matrix a, bool transposed, Matrix b, Matrix? start, Matrix c, ThreadTeam team)
    {
        int panels = (c.Stride + PanelColumns - 1) / PanelColumns;
        team.Run(new ProductLoop(a, transposed, b, start, c), RowBlocks(c) * panels, 2L * TileRows * PanelColumns * b.Rows);
    }

    static int RowBlocks(Matrix c) => (c.Rows + TileRows - 1) / TileRows;

    /// <inheritdoc/>
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        // Items go down the row blocks of one panel after another; what is ours of a panel is done in one sweep.
        int rowBlocks = RowBlocks(c);
        while (first < end)
        {
            int firstBlock = first % rowBlocks, endBlock = Math.Min(rowBlocks, firstBlock + end - first);
            int column = first / rowBlocks * PanelColumns, endColumn = Math.Min(column + PanelColumns, c.Stride);
            first += endBlock - firstBlock;
            while (column < endColumn)
            {
                int columns = Math.Max(2 * TFloat.Count, HalfPanel);
                if (columns <= endColumn - column) Sweep<TFloat>(column, columns, firstBlock, endBlock);
                else Sweep<Float256>(column, columns = HalfPanel, firstBlock, endBlock);
                column += columns;
            }
        }
    }

    /// <summary>Some row blocks of some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Sweep<TFloat>(int firstColumn, int columns, int firstBlock, int endBlock)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        int inner = b.Rows, blockLength = PanelFloats / columns;
        nint rowStep = transposed ? 1 : a.Stride, innerStep = transposed ? a.Stride : 1;
        for (int k = 0; k < inner || k == 0; k += blockLength)
        {
            int length = Math.Min(blockLength, inner - k);
            for (int block = firstBlock; block < endBlock; block++)
            {
                int row = block * TileRows, rows = Math.Min(TileRows, c.Rows - row);
                float* aTile = a.Origin + row * rowStep + k * innerStep;
                for (int column = firstColumn; column < firstColumn + columns; column += 2 * TFloat.Count)
                {
                    float* cTile = c.Origin + (nint)row * c.Stride + column;
                    float* from = k > 0 ? cTile : start is null ? null : start.Origin + column;
                    Tile<TFloat>(aTile, rowStep, innerStep, b.Origin + (nint)k * b.Stride + column, b.Stride, from, k > 0 ? c.Stride : 0, cTile, c.Stride, rows, length, k + length == inner);
                }
            }
        }
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
    /// <param name="rows">Rows that exist, 1 … 6. The missing ones repeat the last: they compute and store the same bits.</param>
    /// <param name="length">Number of k.</param>
    /// <param name="last">Whether the chains end here, and −0 becomes +0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<TFloat>(float* a, nint rowStep, nint innerStep, float* b, nint bStep, float* from, nint fromStep, float* c, nint cStep, int rows, int length, bool last)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        nint row1 = Math.Min(1, rows - 1), row2 = Math.Min(2, rows - 1), row3 = Math.Min(3, rows - 1), row4 = Math.Min(4, rows - 1), row5 = rows - 1;
        TFloat c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51;
        if (from == null)
        {
            c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = c40 = c41 = c50 = c51 = TFloat.Broadcast(0);
        }
        else
        {
            (c00, c01) = (TFloat.Load(from), TFloat.Load(from + TFloat.Count));
            (c10, c11) = (TFloat.Load(from + row1 * fromStep), TFloat.Load(from + row1 * fromStep + TFloat.Count));
            (c20, c21) = (TFloat.Load(from + row2 * fromStep), TFloat.Load(from + row2 * fromStep + TFloat.Count));
            (c30, c31) = (TFloat.Load(from + row3 * fromStep), TFloat.Load(from + row3 * fromStep + TFloat.Count));
            (c40, c41) = (TFloat.Load(from + row4 * fromStep), TFloat.Load(from + row4 * fromStep + TFloat.Count));
            (c50, c51) = (TFloat.Load(from + row5 * fromStep), TFloat.Load(from + row5 * fromStep + TFloat.Count));
        }
        nint a1 = row1 * rowStep, a2 = row2 * rowStep, a3 = row3 * rowStep, a4 = row4 * rowStep, a5 = row5 * rowStep;
        for (int k = 0; k < length; k++)
        {
            TFloat b0 = TFloat.Load(b), b1 = TFloat.Load(b + TFloat.Count);
            b += bStep;
            TFloat x = TFloat.Broadcast(a[0]);
            c00 = TFloat.FusedMultiplyAdd(x, b0, c00);
            c01 = TFloat.FusedMultiplyAdd(x, b1, c01);
            x = TFloat.Broadcast(a[a1]);
            c10 = TFloat.FusedMultiplyAdd(x, b0, c10);
            c11 = TFloat.FusedMultiplyAdd(x, b1, c11);
            x = TFloat.Broadcast(a[a2]);
            c20 = TFloat.FusedMultiplyAdd(x, b0, c20);
            c21 = TFloat.FusedMultiplyAdd(x, b1, c21);
            x = TFloat.Broadcast(a[a3]);
            c30 = TFloat.FusedMultiplyAdd(x, b0, c30);
            c31 = TFloat.FusedMultiplyAdd(x, b1, c31);
            x = TFloat.Broadcast(a[a4]);
            c40 = TFloat.FusedMultiplyAdd(x, b0, c40);
            c41 = TFloat.FusedMultiplyAdd(x, b1, c41);
            x = TFloat.Broadcast(a[a5]);
            c50 = TFloat.FusedMultiplyAdd(x, b0, c50);
            c51 = TFloat.FusedMultiplyAdd(x, b1, c51);
            a += innerStep;
        }
        if (last)
        {
            TFloat zero = TFloat.Broadcast(0);
            (c00, c10, c20, c30, c40, c50) = (c00 + zero, c10 + zero, c20 + zero, c30 + zero, c40 + zero, c50 + zero);
            (c01, c11, c21, c31, c41, c51) = (c01 + zero, c11 + zero, c21 + zero, c31 + zero, c41 + zero, c51 + zero);
        }
        Store(c, c00, c01);
        Store(c + row1 * cStep, c10, c11);
        Store(c + row2 * cStep, c20, c21);
        Store(c + row3 * cStep, c30, c31);
        Store(c + row4 * cStep, c40, c41);
        Store(c + row5 * cStep, c50, c51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TFloat>(float* destination, TFloat left, TFloat right)
        where TFloat : struct, IFloatLanes<TFloat>
    {
        left.Store(destination);
        right.Store(destination + TFloat.Count);
    }
}
