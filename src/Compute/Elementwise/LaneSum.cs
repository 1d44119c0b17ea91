using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>The one order in which the terms of a row are added on every path (NC-1 C11): column j adds to lane j mod 16, columns ascending, then the lanes halve.</summary>
internal static unsafe class LaneSum
{
    /// <summary>Partial sums of a row.</summary>
    public const int Lanes = 16;

    /// <summary>Adds the terms of some neighbouring columns to their lanes.</summary>
    /// <param name="lanes">Partial sums, zero before the first column.</param>
    /// <param name="terms">Terms of columns <paramref name="column"/>, …; those of the padding are left out.</param>
    /// <param name="column">First column.</param>
    /// <param name="columns">Columns of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TDouble>(double* lanes, TDouble terms, int column, int columns)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        if (column + TDouble.Count > columns) terms = TDouble.And(terms, TDouble.Load(FirstLanes(columns - column)));
        double* lane = lanes + (uint)column % Lanes;
        (TDouble.Load(lane) + terms).Store(lane);
    }

    /// <summary>Sum of the row: lane i takes lane i + 8, i + 4, i + 2, i + 1.</summary>
    public static double Total(double* lanes)
    {
        for (int half = Lanes / 2; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }
        return lanes[0];
    }

    /// <summary>As many patterns of ones as given, at most 16, and zeros after them: what remains of other terms is +0, which changes no sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double* FirstLanes(int count)
    {
        ReadOnlySpan<long> patterns = [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return (double*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(patterns)) + Lanes - count;     // constants of the program do not move
    }
}
