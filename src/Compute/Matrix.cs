using System.Runtime.CompilerServices;

namespace AeVae.Compute;

/// <summary>A row-major fp32 matrix in pinned memory: 64-byte aligned rows, padded to a multiple of 16 floats with numbers that stay zero while all others are finite.</summary>
/// <remarks>Rows may be lowered and raised again up to <see cref="Capacity"/>, so that the last short batch needs no new memory.</remarks>
public sealed unsafe class Matrix
{
    /// <summary>What every width is a multiple of.</summary>
    internal const int PadFloats = 16;

    readonly float[] storage;
    readonly float* origin;
    int rows;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="rows">Number of rows, at least 0; also the capacity.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    public Matrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Capacity = this.rows = rows;
        Columns = columns;
        Width = Stride = Cut.Parts(columns, PadFloats) * PadFloats;
        // Rows a large power of two apart would all fall into the same few sets of a cache.
        if (Stride % (8 * PadFloats) == 0) Stride += PadFloats;
        storage = GC.AllocateArray<float>(checked(Math.Max(rows, 1) * Stride + PadFloats), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref storage[0]);
        origin = (float*)((address + 63) & ~63);
    }

    /// <summary>Rows in use, 0 … <see cref="Capacity"/>.</summary>
    public int Rows
    {
        get => rows;
        set => rows = value >= 0 && value <= Capacity ? value : throw new ArgumentOutOfRangeException(nameof(value), $"{value} rows do not fit a matrix made for {Capacity}");
    }

    /// <summary>Rows the memory was made for.</summary>
    public int Capacity { get; }

    /// <summary>Columns that hold numbers.</summary>
    public int Columns { get; }

    /// <summary><see cref="Columns"/> and the padding after them: a multiple of 16.</summary>
    public int Width { get; }

    /// <summary>Floats from one row to the next: the width, or 16 more.</summary>
    public int Stride { get; }

    /// <summary>First element; lives as long as the matrix.</summary>
    public float* Origin => origin;

    /// <summary>Row <paramref name="row"/> without its padding.</summary>
    public Span<float> Row(int row)
    {
        if ((uint)row >= (uint)Capacity) throw new ArgumentOutOfRangeException(nameof(row), $"row {row} of a matrix made for {Capacity} rows");
        return new Span<float>(origin + (nint)row * Stride, Columns);
    }

    /// <summary>Element (row, column).</summary>
    public float this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <inheritdoc/>
    public override string ToString() => $"({Rows} × {Columns})";
}
