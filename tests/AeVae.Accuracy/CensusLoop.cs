using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Accuracy;

/// <summary>Compares a function with its oracle on every <paramref name="every"/>th argument, in the widest registers and here and there without any. An item is a block of arguments.</summary>
internal readonly unsafe struct CensusLoop<TFunction, TArguments>(int every, long firstBlock, Tally total) : ILoop
    where TFunction : struct, IFunction
    where TArguments : struct, IArguments
{
    /// <summary>Arguments in a block: few enough to stay in the cache.</summary>
    public const int BlockSize = 2048;

    // The scalar path takes longer than all the rest, and other tests compare the paths.
    const int BlocksPerScalarBlock = 16;

    /// <summary>Blocks that hold the arguments.</summary>
    public static long Blocks(int every) => (Count(every) + BlockSize - 1) / BlockSize;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double[] arguments = new double[BlockSize], ours = new double[BlockSize], scalar = new double[BlockSize];
        float[] rounded = new float[BlockSize], scalarRounded = new float[BlockSize];
        Tally tally = new();
        for (int item = first; item < end; item++)
        {
            int count = Fill(arguments, firstBlock + item);
            tally.CountArguments(count);
            fixed (double* x = arguments, y = ours)
            fixed (float* g = rounded)
            {
                Evaluate<TDouble>(x, y, g);
                if (!EndsSpeakForAll(arguments, ours, rounded, count, tally)) Comparison.Count<TFunction>(x, y, g, count, tally);
            }
            if (item % BlocksPerScalarBlock != 0) continue;
            fixed (double* x = arguments, y = scalar)
            fixed (float* g = scalarRounded)
                Evaluate<DoubleScalar>(x, y, g);
            tally.CountPathDifferences(Differences<double, long>(ours, scalar, count) + Differences<float, int>(rounded, scalarRounded, count));
        }
        total.Add(tally);
    }

    static long Count(int every) => (TArguments.Count + every - 1) / every;

    /// <summary>Number of arguments in the block; behind them the first argument of all is repeated.</summary>
    int Fill(double[] arguments, long block)
    {
        long start = block * BlockSize;
        int count = (int)Math.Min(BlockSize, Count(every) - start);
        for (int i = 0; i < count; i++) arguments[i] = TArguments.At((start + i) * every);
        arguments.AsSpan(count).Fill(TArguments.At(0));
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Evaluate<T>(double* x, double* y, float* rounded)
        where T : struct, IDoubleLanes<T>
    {
        for (int i = 0; i < BlockSize; i += T.Count)
        {
            T value = TFunction.Ours(T.Load(x + i));
            value.Store(y + i);
            value.Narrow(rounded + i);
        }
    }

    /// <summary>Measures only the first and the last argument of a block on which a monotone function gives one double: no argument between them errs more.</summary>
    /// <returns>Whether that settles the block.</returns>
    static bool EndsSpeakForAll(double[] arguments, double[] ours, float[] rounded, int count, Tally tally)
    {
        if (!TFunction.IsMonotone || ours.AsSpan(0, count).ContainsAnyExcept(ours[0])) return false;
        Tally ends = new();
        double* x = stackalloc double[] { arguments[0], arguments[0], arguments[count - 1], arguments[count - 1] };
        double* y = stackalloc double[] { ours[0], ours[0], ours[0], ours[0] };
        float* g = stackalloc float[] { rounded[0], rounded[0], rounded[0], rounded[0] };
        Comparison.Count<TFunction>(x, y, g, 4, ends);
        if (ends.Misrounded + ends.Undecided > 0) return false;
        tally.Add(ends);
        return true;
    }

    /// <summary>Places where the bits differ; NaNs have no bits that count.</summary>
    static int Differences<T, TBits>(T[] a, T[] b, int count)
        where T : struct, IFloatingPointIeee754<T>
        where TBits : struct, IEquatable<TBits>
    {
        Span<TBits> aBits = MemoryMarshal.Cast<T, TBits>(a.AsSpan(0, count)), bBits = MemoryMarshal.Cast<T, TBits>(b.AsSpan(0, count));
        if (aBits.SequenceEqual(bBits)) return 0;
        int differences = 0;
        for (int i = 0; i < count; i++)
            if (!aBits[i].Equals(bBits[i]) && !(T.IsNaN(a[i]) && T.IsNaN(b[i]))) differences++;
        return differences;
    }
}
