using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Everything that training asks of a sigmoid output, from one exponential per pixel. An item is an image.</summary>
/// <remarks>Exponentials, probabilities and logarithms of a block of pixels are short loops, for the reason of <see cref="LogitsEntropyLoop"/>.</remarks>
internal readonly unsafe struct SigmoidOutputLoop(Matrix logits, Matrix target, float scale, Matrix? probability, Matrix? dLogits, double* crossEntropy, double* squaredError) : ILoop
{
    /// <summary>Rough number of operations per pixel.</summary>
    public const int CostPerElement = 60;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* exponentials = stackalloc double[LogitsEntropyLoop.BlockColumns], scratch = stackalloc double[LogitsEntropyLoop.BlockColumns];
        double* entropyLanes = stackalloc double[LaneSum.Lanes], errorLanes = stackalloc double[LaneSum.Lanes];
        for (int row = first; row < end; row++)
        {
            new Span<double>(entropyLanes, LaneSum.Lanes).Clear();
            new Span<double>(errorLanes, LaneSum.Lanes).Clear();
            for (int column = 0; column < logits.Columns; column += LogitsEntropyLoop.BlockColumns)
            {
                nint offset = (nint)row * logits.Stride + column;
                float* x = logits.Origin + offset, t = target.Origin + offset;
                int columns = Math.Min(LogitsEntropyLoop.BlockColumns, logits.Columns - column);
                LogitsEntropyLoop.Exponentials<PairOf<TDouble>>(x, exponentials, scratch, columns);
                LogitsEntropyLoop.AddTerms<PairOf<TDouble>>(x, t, exponentials, scratch, columns, entropyLanes);

                // Last, for dLogits may be logits. What nobody keeps goes to the scratch memory, of which each takes half.
                float* p = probability is null ? (float*)scratch : probability.Origin + offset, dX = dLogits is null ? (float*)scratch + LogitsEntropyLoop.BlockColumns : dLogits.Origin + offset;
                Probabilities<PairOf<TDouble>>(x, t, exponentials, columns, p, dX, errorLanes);
            }
            crossEntropy[row] = LaneSum.Total(entropyLanes);
            squaredError[row] = LaneSum.Total(errorLanes);
            if (probability is not null) Padding.Clear(probability, row);
            if (dLogits is not null) Padding.Clear(dLogits, row);
        }
    }

    /// <summary>Probabilities and gradients of some columns; adds their squared errors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Probabilities<TDouble>(float* logitRow, float* targetRow, double* exponentials, int columns, float* probabilityRow, float* dLogitRow, double* errorLanes)
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        TDouble scaleLanes = TDouble.Broadcast(scale), zero = TDouble.Broadcast(0), one = TDouble.Broadcast(1);
        for (int column = 0; column < columns; column += TDouble.Count)
        {
            TDouble x = TDouble.Widen(logitRow + column), t = TDouble.Widen(targetRow + column), e = TDouble.Load(exponentials + column);
            TDouble p = TDouble.Select(TDouble.Greater(zero, x), e, one) / (one + e);
            p.Narrow(probabilityRow + column);
            (scaleLanes * (p - t)).Narrow(dLogitRow + column);

            // The error is that of the image as it is kept, in floats.
            TDouble difference = TDouble.Widen(probabilityRow + column) - t;
            LaneSum.Add(errorLanes, difference * difference, column, columns);
        }
    }
}
