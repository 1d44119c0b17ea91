using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace AeVae.Compute;

/// <summary>The random numbers of one purpose. Every number is a function of (seed, purpose, epoch, step, element): there is no state to keep, and no stream moves another (NC-1 C9).</summary>
/// <remarks>Element e is word e mod 4 of the Philox block with counter (⌊e/4⌋, step, epoch, stream); the stream is the first 4 bytes, little endian, of SHA-256 of the purpose.</remarks>
public readonly struct RandomStream
{
    /// <summary>Elements that one Philox block gives.</summary>
    internal const int BlockElements = 4;

    readonly ulong seed;
    readonly uint stream;

    /// <summary>Names a stream.</summary>
    /// <param name="seed">Key of the generator; low word first.</param>
    /// <param name="purpose">Unique name, for example <c>init/encoder.0.weight</c>.</param>
    public RandomStream(ulong seed, string purpose)
    {
        this.seed = seed;
        stream = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(purpose)));
    }

    /// <summary>Fills with uniform numbers on the open interval (0, 1): (x &gt;&gt; 9)·2⁻²³ + 2⁻²⁴.</summary>
    /// <param name="destination">Gets elements <paramref name="firstElement"/>, …</param>
    /// <param name="step">Step within the epoch.</param>
    /// <param name="epoch">Epoch.</param>
    /// <param name="firstElement">At least 0; the last element must lie below 2³⁴.</param>
    /// <exception cref="ArgumentOutOfRangeException">The elements leave the stream.</exception>
    public void FillUniform(Span<float> destination, uint step, uint epoch, long firstElement = 0)
    {
        RequireElements(firstElement, destination.Length);
        int i = 0;
        while (i < destination.Length)
        {
            (long number, long word) = Math.DivRem(firstElement + i, BlockElements);
            UInt4 block = Block(number, step, epoch);
            for (; word < BlockElements && i < destination.Length; word++) destination[i++] = (float)Uniform(block[(int)word]);
        }
    }

    /// <summary>Fills with standard normal numbers (Box and Muller 1958): words 0 and 1 of a block give its elements 0 and 1, words 2 and 3 its elements 2 and 3.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public void FillNormal(Span<float> destination, uint step, uint epoch, long firstElement = 0) => FillNormal(destination, step, epoch, firstElement, Simd.Path);

    /// <summary>Fills rows of a matrix with the standard normal numbers of <see cref="FillNormal(Span{float}, uint, uint, long)"/>, one row after another.</summary>
    /// <param name="destination">Gets elements <paramref name="firstElement"/>, … in its columns; its padding stays.</param>
    /// <param name="firstRow">First row to fill.</param>
    /// <param name="rows">Number of rows to fill.</param>
    /// <param name="step">Step within the epoch.</param>
    /// <param name="epoch">Epoch.</param>
    /// <param name="firstElement">At least 0; the last element must lie below 2³⁴.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentOutOfRangeException">The elements leave the stream, or the rows the matrix.</exception>
    public unsafe void FillNormal(Matrix destination, int firstRow, int rows, uint step, uint epoch, long firstElement, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, destination.Rows - firstRow);
        int count = rows * destination.Columns;
        RequireElements(firstElement, count);
        NormalLoop loop = new(this, step, epoch, firstElement, destination.Origin + (nint)firstRow * destination.Stride, count, destination.Columns, destination.Stride);
        team.Run(loop, loop.Items, NormalLoop.CostPerItem);
    }

    /// <summary>Fills with 32-bit words.</summary>
    /// <inheritdoc cref="FillUniform"/>
    public void FillBits(Span<uint> destination, uint step, uint epoch, long firstElement = 0)
    {
        RequireElements(firstElement, destination.Length);
        UInt4 block = default;
        for (int i = 0; i < destination.Length; i++)
        {
            long element = firstElement + i;
            if (i == 0 || element % 4 == 0) block = Block(element / 4, step, epoch);
            destination[i] = block[(int)(element % 4)];
        }
    }

    /// <summary>Puts a list in random order: Fisher and Yates from the end, position i swapped with ⌊x·(i + 1)/2³²⌋ where x is element i of step 0.</summary>
    /// <param name="order">List to reorder.</param>
    /// <param name="epoch">Epoch.</param>
    public void Shuffle(Span<int> order, uint epoch)
    {
        UInt4 block = default;
        for (int i = order.Length - 1; i > 0; i--)
        {
            if (i == order.Length - 1 || i % 4 == 3) block = Block(i / 4, 0, epoch);
            int other = (int)(((ulong)block[i % 4] * (uint)(i + 1)) >> 32);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    /// <inheritdoc cref="FillNormal(Span{float}, uint, uint, long)"/>
    internal unsafe void FillNormal(Span<float> destination, uint step, uint epoch, long firstElement, SimdPath path)
    {
        RequireElements(firstElement, destination.Length);
        if (destination.IsEmpty) return;
        fixed (float* first = destination)
        {
            NormalLoop loop = new(this, step, epoch, firstElement, first, destination.Length, destination.Length, destination.Length);
            Simd.Run(ref loop, path, 0, loop.Items);
        }
    }

    /// <summary>Block <paramref name="number"/> of a step.</summary>
    internal UInt4 Block(long number, uint step, uint epoch) => Philox4x32.Block(new UInt4((uint)number, step, epoch, stream), seed);

    /// <summary>The uniform numbers of block <paramref name="number"/>; every step of the formula is exact in float, too.</summary>
    internal Vector128<float> Uniforms(long number, uint step, uint epoch)
    {
        UInt4 words = Block(number, step, epoch);
        return Vector128.ConvertToSingle(Vector128.Create(words.X, words.Y, words.Z, words.W).AsInt32() >>> 9) * (1f / (1 << 23)) + Vector128.Create(1f / (1 << 24));
    }

    /// <summary>A word as a number in (0, 1), exact in float and double.</summary>
    internal static double Uniform(uint word) => (word >> 9) * (1.0 / (1 << 23)) + 1.0 / (1 << 24);

    static void RequireElements(long firstElement, int count)
    {
        const long Elements = 1L << 34;
        if (firstElement < 0 || firstElement + count > Elements)
            throw new ArgumentOutOfRangeException(nameof(firstElement), firstElement, $"elements {firstElement} … {firstElement + count - 1} leave the stream's 0 … {Elements - 1}");
    }
}
