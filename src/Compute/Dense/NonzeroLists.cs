using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AeVae.Compute;

/// <summary>The elements of a matrix that are not zero, one list per row or per column, ascending: memory for the products that skip zeros.</summary>
/// <remarks>A zero leaves its chain as it is, fma(0, b, acc) = acc, so a chain over the list has the bits of the chain over the row (NC-1 C1).</remarks>
public sealed unsafe class NonzeroLists
{
    readonly Nonzero[] entries;
    readonly int[] counts;
    int listStride;

    /// <summary>Makes room for matrices of a shape, and of fewer rows.</summary>
    /// <param name="rows">Most rows.</param>
    /// <param name="columns">Columns.</param>
    public NonzeroLists(int rows, int columns)
    {
        entries = GC.AllocateUninitializedArray<Nonzero>(checked(Math.Max(rows, 1) * columns + Math.Max(rows, columns)), pinned: true);
        counts = GC.AllocateUninitializedArray<int>(Math.Max(rows, columns), pinned: true);
    }

    /// <summary>Number of lists.</summary>
    internal int Count { get; private set; }

    /// <summary>Where a list begins.</summary>
    internal Nonzero* First(int list) => (Nonzero*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(entries)) + (nint)list * listStride;

    /// <summary>Ends a list after its last element.</summary>
    internal void End(int list, Nonzero* end)
    {
        *end = Nonzero.End;
        counts[list] = (int)(end - First(list));
    }

    /// <summary>Reads a matrix, and tells whether so many of its elements are zero that skipping them pays.</summary>
    /// <param name="matrix">Its rows, or with <paramref name="transposed"/> its columns, become the lists.</param>
    /// <param name="transposed">One list per column.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">There is no room for the matrix.</exception>
    internal bool Read(Matrix matrix, bool transposed, ThreadTeam team)
    {
        int length;
        (Count, length) = transposed ? (matrix.Columns, matrix.Rows) : (matrix.Rows, matrix.Columns);
        listStride = length + 1;    // and the end
        if (Count > counts.Length || (long)Count * listStride > entries.Length)
            throw new ArgumentException($"the lists have room for {entries.Length} elements, not for {matrix}", nameof(matrix));
        if (transposed) NonzeroColumnsLoop.Run(matrix, this, team);
        else NonzeroRowsLoop.Run(matrix, this, team);
        long nonzeros = 0;
        for (int list = 0; list < Count; list++) nonzeros += counts[list];
        return nonzeros * 5 < (long)Count * length * 3;     // at about three in five the two kinds of product take the same time (DenseBenchmarks)
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
