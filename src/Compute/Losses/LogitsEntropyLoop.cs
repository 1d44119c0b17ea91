using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Cross-entropy of rows of logits, each with its row of the target. An item is a row of logits.</summary>
/// <remarks>Exponentials and logarithms are long chains of operations. In short loops, one half of a chain each, and on pairs of registers, the processor works on several columns at once.</remarks>
internal readonly unsafe struct LogitsEntropyLoop(Matrix logits, Matrix target, int* targetRows, double* sums) : ILoop
{
    /// <summary>Rough number of operations per element.</summary>
    public const int CostPerElement = 60;

    /// <summary>Columns from one pair of loops to the next; a multiple of the lanes of a sum.</summary>
    public const int BlockColumns = 256;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* exponentials = stackalloc double[BlockColumns], scratch = stackalloc double[BlockColumns], lanes = stackalloc double[LaneSum.Lanes];
        for (int row = first; row < end; row++)
        {
            float* x = logits.Origin + (nint)row * logits.Stride, t = target.Origin + (nint)targetRows[row] * target.Stride;
            new Span<double>(lanes, LaneSum.Lanes).Clear();
            for (int column = 0; column < logits.Columns; column += BlockColumns)
            {
                int columns = Math.Min(BlockColumns, logits.Columns - column);
                Exponentials<PairOf<TDouble>>(x + column, exponentials, scratch, columns);
                AddTerms<PairOf<TDouble>>(x + column, t + column, exponentials, scratch, columns, lanes);
            }
            sums[row] = LaneSum.Total(lanes);
        }
    }

    /// <summary>e⁻ˡˣˡ of some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Exponentials<TDouble>(float* x, double* exponentials, double* scratch, int columns)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        for (int column = 0; column < columns; column += TDouble.Count)
        {
            (TDouble halfScale, TDouble r) = ElementaryFunctions.ReduceNegative(TDouble.Broadcast(0) - ElementaryFunctions.Abs(TDouble.Widen(x + column)));
            halfScale.Store(scratch + column);
            r.Store(exponentials + column);
        }
        for (int column = 0; column < columns; column += TDouble.Count)
            ElementaryFunctions.ExpOfReduced(TDouble.Load(scratch + column), TDouble.Load(exponentials + column)).Store(exponentials + column);
    }

    /// <summary>Adds max(x, 0) − x·t + ln(1 + e⁻ˡˣˡ), which never overflows, of some columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTerms<TDouble>(float* logitRow, float* targetRow, double* exponentials, double* scratch, int columns, double* lanes)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        for (int column = 0; column < columns; column += TDouble.Count)
            ElementaryFunctions.LogRatioOfFraction(TDouble.Load(exponentials + column)).Store(scratch + column);
        for (int column = 0; column < columns; column += TDouble.Count)
        {
            TDouble x = TDouble.Widen(logitRow + column), t = TDouble.Widen(targetRow + column);
            TDouble log = ElementaryFunctions.LogOnePlusOfFraction(TDouble.Load(exponentials + column), TDouble.Load(scratch + column));
            LaneSum.Add(lanes, ElementaryFunctions.Positive(x) - x * t + log, column, columns);
        }
    }
}
