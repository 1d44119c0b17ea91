using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>One step of Adam or AdamW in fp32, in PyTorch's order of operations. An item is a row.</summary>
/// <remarks>g ← g + λ·w; w ← w·(1 − lr·λ); m ← m + (g − m)·(1 − β₁); v ← v·β₂ + (1 − β₂)·g·g; w ← w − (step·m)/(√v/scale + ε), every operation rounded.</remarks>
internal readonly unsafe struct AdamLoop(Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamStep step, bool* isFinite) : ILoop
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        TFloat take1 = TFloat.Broadcast((float)(1 - step.Beta1)), beta2 = TFloat.Broadcast((float)step.Beta2), take2 = TFloat.Broadcast((float)(1 - step.Beta2));
        TFloat epsilon = TFloat.Broadcast((float)step.Epsilon), stepSize = TFloat.Broadcast((float)step.StepSize), secondMomentScale = TFloat.Broadcast((float)step.SecondMomentScale);
        TFloat weightDecay = TFloat.Broadcast((float)step.WeightDecay), keep = TFloat.Broadcast((float)(1 - step.DecoupledDecay));
        TFloat watch = TFloat.Broadcast(0);
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * value.Stride;
            float* valueRow = value.Origin + offset, gradientRow = gradient.Origin + offset, firstMomentRow = firstMoment.Origin + offset, secondMomentRow = secondMoment.Origin + offset;
            for (int column = 0; column < value.Columns; column += TFloat.Count)
            {
                TFloat w = TFloat.Load(valueRow + column), m = TFloat.Load(firstMomentRow + column), v = TFloat.Load(secondMomentRow + column);
                TFloat g = TFloat.Load(gradientRow + column);
                watch = FiniteWatch.See(watch, g);
                g += weightDecay * w;
                w *= keep;
                m += (g - m) * take1;
                v = v * beta2 + take2 * g * g;
                w -= stepSize * m / (TFloat.Sqrt(v) / secondMomentScale + epsilon);
                w.Store(valueRow + column);
                m.Store(firstMomentRow + column);
                v.Store(secondMomentRow + column);
            }
        }

        // Calls come last: one among the rows would have the constants of the inner loop kept in memory.
        FiniteWatch.Report(watch, isFinite);
        Padding.Clear(value, first, end);
        Padding.Clear(firstMoment, first, end);
        Padding.Clear(secondMoment, first, end);
    }
}
