using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Everything that training asks of a sigmoid output, from one exponential per pixel. An item is an image.</summary>
/// <remarks>Exponential, probability and logarithm of a few neighbouring pixels are three loops: chains this long fill a processor only when several of them are under way, and it looks ahead no further than a few hundred operations.</remarks>
internal readonly unsafe struct SigmoidOutputLoop(Matrix logits, Matrix target, float scale, Matrix probability, Matrix dLogits, double* crossEntropy, double* squaredError) : ILoop
{
    /// <summary>Rough number of operations per pixel.</summary>
    public const int CostPerElement = 60;

    const int BlockColumns = 64;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* entropyLanes = stackalloc double[LaneSum.Lanes], errorLanes = stackalloc double[LaneSum.Lanes], exponentials = stackalloc double[BlockColumns];
        for (int row = first; row < end; row++)
        {
            new Span<double>(entropyLanes, LaneSum.Lanes).Clear();
            new Span<double>(errorLanes, LaneSum.Lanes).Clear();
            for (int column = 0; column < logits.Columns; column += BlockColumns)
            {
                int endColumn = Math.Min(column + BlockColumns, logits.Columns);
                Exponentials<TDouble>(row, column, endColumn, exponentials);
                Probabilities<TDouble>(row, column, endColumn, exponentials, errorLanes);
                Entropies<TDouble>(row, column, endColumn, exponentials, entropyLanes);
            }
            crossEntropy[row] = LaneSum.Total(entropyLanes);
            squaredError[row] = LaneSum.Total(errorLanes);
            Padding.Clear(probability, row);
            Padding.Clear(dLogits, row);
        }
    }

    /// <summary>e⁻ˡˣˡ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Exponentials<TDouble>(int row, int column, int endColumn, double* exponential)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        float* logitRow = logits.Origin + (nint)row * logits.Stride;
        for (; column < endColumn; column += TDouble.Count, exponential += TDouble.Count)
            ElementaryFunctions.ExpOfNegative(TDouble.Broadcast(0) - ElementaryFunctions.Abs(TDouble.Widen(logitRow + column))).Store(exponential);
    }

    /// <summary>Probability, gradient and squared error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Probabilities<TDouble>(int row, int column, int endColumn, double* exponential, double* errorLanes)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        nint offset = (nint)row * logits.Stride;
        float* logitRow = logits.Origin + offset, targetRow = target.Origin + offset, probabilityRow = probability.Origin + offset, dLogitRow = dLogits.Origin + offset;
        TDouble scaleLanes = TDouble.Broadcast(scale), zero = TDouble.Broadcast(0), one = TDouble.Broadcast(1);
        for (; column < endColumn; column += TDouble.Count, exponential += TDouble.Count)
        {
            TDouble x = TDouble.Widen(logitRow + column), t = TDouble.Widen(targetRow + column), e = TDouble.Load(exponential);
            TDouble p = TDouble.Select(TDouble.Greater(zero, x), e, one) / (one + e);
            p.Narrow(probabilityRow + column);
            (scaleLanes * (p - t)).Narrow(dLogitRow + column);

            // The error is that of the image as it is kept, in floats.
            TDouble difference = TDouble.Widen(probabilityRow + column) - t;
            LaneSum.Add(errorLanes, difference * difference, column, logits.Columns);
        }
    }

    /// <summary>max(x, 0) − x·t + ln(1 + e⁻ˡˣˡ), which never overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Entropies<TDouble>(int row, int column, int endColumn, double* exponential, double* entropyLanes)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        nint offset = (nint)row * logits.Stride;
        float* logitRow = logits.Origin + offset, targetRow = target.Origin + offset;
        for (; column < endColumn; column += TDouble.Count, exponential += TDouble.Count)
        {
            TDouble x = TDouble.Widen(logitRow + column), t = TDouble.Widen(targetRow + column), e = TDouble.Load(exponential);
            LaneSum.Add(entropyLanes, ElementaryFunctions.Positive(x) - x * t + ElementaryFunctions.LogOnePlusOfFraction(e), column, logits.Columns);
        }
    }
}
