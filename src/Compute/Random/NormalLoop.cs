using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Standard normal numbers from the uniform ones of a stream: √(−2·ln u)·(cos 2πv, sin 2πv), in double, rounded once. An item is 8 blocks.</summary>
/// <param name="stream">The stream.</param>
/// <param name="step">Step within the epoch.</param>
/// <param name="epoch">Epoch.</param>
/// <param name="firstElement">Element that comes first.</param>
/// <param name="destination">Rows of <paramref name="columns"/> numbers, one every <paramref name="stride"/> floats.</param>
/// <param name="count">Number of elements.</param>
/// <param name="columns">Elements in a row, at least 1.</param>
/// <param name="stride">Floats from one row to the next.</param>
internal readonly unsafe struct NormalLoop(RandomStream stream, uint step, uint epoch, long firstElement, float* destination, int count, int columns, int stride) : ILoop
{
    /// <summary>Rough number of operations per item.</summary>
    public const int CostPerItem = 50 * ElementsPerItem;

    const int BlocksPerItem = 8, ElementsPerItem = 4 * BlocksPerItem, Pairs = 2 * BlocksPerItem;

    /// <summary>Items that hold the elements.</summary>
    public int Items => (int)((firstElement % 4 + count + ElementsPerItem - 1) / ElementsPerItem);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* left = stackalloc double[Pairs], right = stackalloc double[Pairs];
        for (int item = first; item < end; item++)
        {
            long block = firstElement / 4 + (long)item * BlocksPerItem;
            for (int i = 0; i < BlocksPerItem; i++)
            {
                UInt4 words = stream.Block(block + i, step, epoch);
                (left[2 * i], right[2 * i]) = (RandomStream.Uniform(words.X), RandomStream.Uniform(words.Y));
                (left[2 * i + 1], right[2 * i + 1]) = (RandomStream.Uniform(words.Z), RandomStream.Uniform(words.W));
            }
            for (int pair = 0; pair < Pairs; pair += TDouble.Count)
            {
                TDouble radius = TDouble.Sqrt(TDouble.Broadcast(-2) * ElementaryFunctions.Log(TDouble.Load(left + pair)));
                (TDouble sin, TDouble cos) = ElementaryFunctions.SinCosTwoPi(TDouble.Load(right + pair));
                (radius * cos).Store(left + pair);
                (radius * sin).Store(right + pair);
            }
            long offset = block * 4 - firstElement;     // negative when the stream's first block is shared
            int from = (int)Math.Max(0, -offset), to = (int)Math.Min(ElementsPerItem, count - offset);
            (long row, long column) = Math.DivRem(offset + from, columns);
            float* place = destination + row * stride + column;
            for (int i = from; i < to; i++)
            {
                *place++ = (float)(i % 2 == 0 ? left[i / 2] : right[i / 2]);
                if (++column < columns) continue;
                column = 0;
                place += stride - columns;
            }
        }
    }
}
