using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Everything that training asks of a sigmoid output, from one exponential per pixel. An item is an image.</summary>
internal readonly unsafe struct SigmoidOutputLoop(Matrix logits, Matrix target, float scale, Matrix probability, Matrix dLogits, double* crossEntropy, double* squaredError) : ILoop
{
    /// <summary>Rough number of operations per pixel.</summary>
    public const int CostPerElement = 60;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        double* entropyLanes = stackalloc double[LaneSum.Lanes], errorLanes = stackalloc double[LaneSum.Lanes];
        TDouble scaleLanes = TDouble.Broadcast(scale), zero = TDouble.Broadcast(0), one = TDouble.Broadcast(1);
        int columns = logits.Columns;
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * logits.Stride;
            float* logitRow = logits.Origin + offset, targetRow = target.Origin + offset, probabilityRow = probability.Origin + offset, dLogitRow = dLogits.Origin + offset;
            new Span<double>(entropyLanes, LaneSum.Lanes).Clear();
            new Span<double>(errorLanes, LaneSum.Lanes).Clear();
            for (int column = 0; column < columns; column += TDouble.Count)
            {
                TDouble x = TDouble.Widen(logitRow + column), t = TDouble.Widen(targetRow + column);
                TDouble e = ElementaryFunctions.ExpOfNegative(zero - ElementaryFunctions.Abs(x));
                TDouble p = TDouble.Select(TDouble.Greater(zero, x), e, one) / (one + e);
                p.Narrow(probabilityRow + column);
                (scaleLanes * (p - t)).Narrow(dLogitRow + column);

                // The error is that of the image as it is kept, in floats.
                TDouble difference = TDouble.Widen(probabilityRow + column) - t;
                LaneSum.Add(errorLanes, difference * difference, column, columns);
                // max(x, 0) − x·t + ln(1 + e⁻ˡˣˡ) never overflows.
                LaneSum.Add(entropyLanes, ElementaryFunctions.Positive(x) - x * t + ElementaryFunctions.LogOnePlusOfFraction(e), column, columns);
            }
            crossEntropy[row] = LaneSum.Total(entropyLanes);
            squaredError[row] = LaneSum.Total(errorLanes);
            Padding.Clear(probability, row);
            Padding.Clear(dLogits, row);
        }
    }
}
