using System.Runtime.CompilerServices;
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
        if (column + TDouble.Count > columns) terms = KeepFirst(terms, columns - column);
        double* lane = lanes + column % Lanes;
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

    /// <summary>Replaces the terms of the padding by +0, which changes no sum.</summary>
    static TDouble KeepFirst<TDouble>(TDouble terms, int count)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* buffer = stackalloc double[Lanes];
        terms.Store(buffer);
        for (int i = count; i < TDouble.Count; i++) buffer[i] = 0;
        return TDouble.Load(buffer);
    }
}
