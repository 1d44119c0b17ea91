using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AeVae.Compute;

/// <summary>The elements of a matrix that are not zero, one list per row or per column, ascending: memory for the products that skip zeros.</summary>
/// <remarks>A zero leaves its chain as it is, fma(0, b, acc) = acc, so a chain over the list has the bits of the chain over the row (NC-1 C1).</remarks>
public sealed unsafe class NonzeroLists
{
    /// <summary>Operations that listing an element takes as long as: those of twenty multiply-adds.</summary>
    internal const int CostPerElement = 40;

    // Apart, and kept from step to step: memory that another core wrote last, or reads, has to be fetched from it before it is written.
    readonly Nonzero[] byRow, byColumn;
    readonly int capacity, columns;
    Nonzero[] lists;    // the one or the other
    int listStride;

    /// <summary>Makes room for matrices of a shape, and of fewer rows.</summary>
    /// <param name="rows">Most rows.</param>
    /// <param name="columns">Columns.</param>
    public NonzeroLists(int rows, int columns)
    {
        (capacity, this.columns) = (rows, columns);
        lists = byRow = Memory(rows, columns);
        byColumn = Memory(columns, rows);
    }

    /// <summary>Where a list begins.</summary>
    internal Nonzero* First(int list) => (Nonzero*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(lists)) + (nint)list * listStride;

    /// <summary>Reads a matrix if so many of its elements are zero that skipping them pays, and tells whether it did.</summary>
    /// <param name="matrix">Its rows, or with <paramref name="transposed"/> its columns, become the lists.</param>
    /// <param name="transposed">One list per column.</param>
    /// <param name="width">Columns of the product: multiply-adds that a zero spares.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">There is no room for the matrix.</exception>
    internal bool TryRead(Matrix matrix, bool transposed, int width, ThreadTeam team)
    {
        if (matrix.Rows > capacity || matrix.Columns != columns) throw new ArgumentException($"the lists have room for ({capacity} × {columns}), not for {matrix}", nameof(matrix));
        if (!IsWorthReading(matrix, width)) return false;
        (lists, listStride) = transposed ? (byColumn, Stride(matrix.Rows)) : (byRow, Stride(columns));
        if (transposed) NonzeroColumnsLoop.Run(matrix, this, team);
        else NonzeroRowsLoop.Run(matrix, this, team);
        return true;
    }

    /// <summary>Whether enough elements are zero, by a sample of the rows.</summary>
    /// <remarks>
    /// Listing an element takes as long as some twenty multiply-adds, twice that where another core then reads it, and a row's list has to be begun and ended: with fewer zeros than
    /// this, products on two threads take longer for it (DenseBenchmarks; at a width of 128 three in seven of the elements, at 400 a fifth).
    /// </remarks>
    static bool IsWorthReading(Matrix matrix, int width)
    {
        const int SampledRows = 8;
        int step = Math.Max(1, Cut.Parts(matrix.Rows, SampledRows)), seen = 0, zeros = 0;
        for (int row = 0; row < matrix.Rows; row += step)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(matrix.Row(row));
            seen += bits.Length;
            zeros += bits.Count(0) + bits.Count(int.MinValue);      // +0 and −0
        }
        return zeros > seen * (0.1 + 42.0 / width);
    }

    /// <summary>Room for every element and the end; what AppendFour writes beyond its list's elements never passes that.</summary>
    static int Stride(int elements) => elements + 1;

    static Nonzero[] Memory(int lists, int elements) => GC.AllocateUninitializedArray<Nonzero>(checked(lists * Stride(elements) + SparseProductLoop.LooksAhead), pinned: true);
}

/// <summary>An element that is not zero.</summary>
/// <param name="Index">Its place in the row or column that it comes from.</param>
/// <param name="Value">The element.</param>
[StructLayout(LayoutKind.Sequential)]     // AppendFour writes index and value as one pair
internal readonly unsafe record struct Nonzero(int Index, float Value)
{
    /// <summary>Writes those of four elements that are not zero to a list.</summary>
    /// <param name="next">Where the list goes on. Four entries are written in any case: as no more than <paramref name="index"/> stand before them, they stay within the length of the row or column.</param>
    /// <param name="index">Place of the first.</param>
    /// <param name="elements">The elements.</param>
    /// <returns>Where the list goes on afterwards.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Nonzero* AppendFour(Nonzero* next, int index, Vector128<float> elements)
    {
        uint zeros = Vector128.Equals(elements, Vector128<float>.Zero).ExtractMostSignificantBits();     // of either sign
        Vector128<int> indices = Vector128.Create(index) + Vector128.Create(0, 1, 2, 3);
        Simd.StorePairs(Simd.LeaveOut(zeros, indices), Simd.LeaveOut(zeros, elements.AsInt32()), (int*)next);
        return next + 4 - BitOperations.PopCount(zeros);
    }

    /// <summary>Writes an element here, and tells where the next one goes: here again after a zero. Without a branch, which would be guessed wrong half of the time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Nonzero* Append(int index, float value)
    {
        Nonzero* here = (Nonzero*)Unsafe.AsPointer(ref Unsafe.AsRef(in this));
        *here = new Nonzero(index, value);
        return here + (BitConverter.SingleToUInt32Bits(value) << 1 != 0 ? 1 : 0);
    }

    /// <summary>Stands after the last element of a list.</summary>
    public static Nonzero End => new(int.MaxValue, 0);
}
