using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>One step of RMSprop in fp32, in PyTorch's order of operations. An item is a row.</summary>
/// <remarks>g ← g + λ·w; v ← v·α + (1 − α)·g·g; if centered a ← a + (g − a)·(1 − α) and v − a·a stands for v, at least 0 (PyTorch gets NaN when rounding makes it negative); then b ← b·μ + g/(√v + ε) and w ← w − lr·b, or without momentum w ← w − (lr·g)/(√v + ε); every operation rounded.</remarks>
internal readonly unsafe struct RmsPropLoop(Matrix value, Matrix gradient, Matrix squareAverage, Matrix? gradientAverage, Matrix? velocity, RmsPropStep step, bool* isFinite) : ILoop
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        TFloat learningRate = TFloat.Broadcast((float)step.LearningRate), momentum = TFloat.Broadcast((float)step.Momentum), weightDecay = TFloat.Broadcast((float)step.WeightDecay);
        TFloat alpha = TFloat.Broadcast((float)step.Alpha), take = TFloat.Broadcast((float)(1 - step.Alpha)), epsilon = TFloat.Broadcast((float)step.Epsilon);
        TFloat zero = TFloat.Broadcast(0), watch = zero;
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * value.Stride;
            float* valueRow = value.Origin + offset, gradientRow = gradient.Origin + offset, squareAverageRow = squareAverage.Origin + offset;
            float* gradientAverageRow = gradientAverage is null ? null : gradientAverage.Origin + offset, velocityRow = velocity is null ? null : velocity.Origin + offset;
            Simd.Claim(valueRow, value.Columns);
            for (int column = 0; column < value.Columns; column += TFloat.Count)
            {
                TFloat w = TFloat.Load(valueRow + column);
                TFloat g = TFloat.Load(gradientRow + column);
                watch = FiniteWatch.See(watch, g);
                g += weightDecay * w;
                TFloat v = TFloat.Load(squareAverageRow + column) * alpha + take * g * g;
                v.Store(squareAverageRow + column);
                if (gradientAverageRow != null)
                {
                    TFloat a = TFloat.Load(gradientAverageRow + column);
                    a += (g - a) * take;
                    a.Store(gradientAverageRow + column);
                    TFloat variance = v - a * a;
                    v = TFloat.IfGreater(variance, zero, variance, zero);
                }
                TFloat denominator = TFloat.Sqrt(v) + epsilon;
                if (velocityRow != null)
                {
                    TFloat b = TFloat.Load(velocityRow + column) * momentum + g / denominator;
                    b.Store(velocityRow + column);
                    w -= learningRate * b;
                }
                else
                {
                    w -= learningRate * g / denominator;
                }
                w.Store(valueRow + column);
            }
        }

        // Calls come last: one among the rows would have the constants of the inner loop kept in memory.
        FiniteWatch.Report(watch, isFinite);
        Padding.Clear(value, first, end);
        Padding.Clear(squareAverage, first, end);
        if (gradientAverage is not null) Padding.Clear(gradientAverage, first, end);
        if (velocity is not null) Padding.Clear(velocity, first, end);
    }
}
