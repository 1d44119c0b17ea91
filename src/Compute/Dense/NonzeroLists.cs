using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AeVae.Compute;

/// <summary>The elements of a matrix that are not zero, one list per row or per column, ascending: memory for the products that skip zeros.</summary>
/// <remarks>A zero leaves its chain as it is, fma(0, b, acc) = acc, so a chain over the list has the bits of the chain over the row (NC-1 C1).</remarks>
public sealed unsafe class NonzeroLists
{
    readonly Nonzero[] entries;
    readonly int mostLists;
    int listStride;

    /// <summary>Makes room for matrices of a shape, and of fewer rows.</summary>
    /// <param name="rows">Most rows.</param>
    /// <param name="columns">Columns.</param>
    public NonzeroLists(int rows, int columns)
    {
        entries = GC.AllocateUninitializedArray<Nonzero>(checked(Math.Max(rows, 1) * columns + Math.Max(rows, columns)), pinned: true);
        mostLists = Math.Max(rows, columns);
    }

    /// <summary>Where a list begins.</summary>
    internal Nonzero* First(int list) => (Nonzero*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(entries)) + (nint)list * listStride;

    /// <summary>Reads a matrix if so many of its elements are zero that skipping them pays, and tells whether it did.</summary>
    /// <param name="matrix">Its rows, or with <paramref name="transposed"/> its columns, become the lists.</param>
    /// <param name="transposed">One list per column.</param>
    /// <param name="width">Columns of the product: multiply-adds that a zero spares.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">There is no room for the matrix.</exception>
    internal bool TryRead(Matrix matrix, bool transposed, int width, ThreadTeam team)
    {
        (int count, int length) = transposed ? (matrix.Columns, matrix.Rows) : (matrix.Rows, matrix.Columns);
        listStride = length + 1;    // and the end
        if (count > mostLists || (long)count * listStride > entries.Length)
            throw new ArgumentException($"the lists have room for {entries.Length} elements, not for {matrix}", nameof(matrix));
        if (!IsWorthReading(matrix, width)) return false;
        if (transposed) NonzeroColumnsLoop.Run(matrix, this, team);
        else NonzeroRowsLoop.Run(matrix, this, team);
        return true;
    }

    /// <summary>Whether enough elements are zero, by a sample of the rows.</summary>
    /// <remarks>
    /// Listing an element takes as long as some forty multiply-adds, and a multiply-add over a list longer than one in a full product: with fewer zeros than this, products
    /// on two threads take longer for it (DenseBenchmarks; at a width of 128 half of the elements, at 400 a quarter), on one thread hardly less.
    /// </remarks>
    static bool IsWorthReading(Matrix matrix, int width)
    {
        const int SampledRows = 16;
        int step = Math.Max(1, (matrix.Rows + SampledRows - 1) / SampledRows), seen = 0, zeros = 0;
        for (int row = 0; row < matrix.Rows; row += step)
        {
            Span<int> bits = MemoryMarshal.Cast<float, int>(matrix.Row(row));
            seen += bits.Length;
            zeros += bits.Count(0) + bits.Count(int.MinValue);      // +0 and −0
        }
        return zeros > seen * (0.15 + 45.0 / width);
    }
}

/// <summary>An element that is not zero.</summary>
/// <param name="Index">Its place in the row or column that it comes from.</param>
/// <param name="Value">The element.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe record struct Nonzero(int Index, float Value)
{
    /// <summary>Whether four floats are +0, as most pixels and their neighbours are; not for −0, which <see cref="Append"/> leaves out all the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreFourZeros(float* elements) => (((ulong*)elements)[0] | ((ulong*)elements)[1]) == 0;

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
