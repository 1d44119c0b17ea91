using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>One step of Adam or AdamW in fp32, in PyTorch's order of operations. An item is a row.</summary>
/// <remarks>g ← g + λ·w; w ← w·(1 − lr·λ); m ← m + (g − m)·(1 − β₁); v ← v·β₂ + (1 − β₂)·g·g; w ← w − (step·m)/(√v/scale + ε), every operation rounded.</remarks>
internal readonly unsafe struct AdamLoop<TDecay>(Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, AdamStep step, bool* isFinite) : ILoop
    where TDecay : struct, IWeightDecay
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        TFloat stuckBelow = TFloat.Broadcast(StuckBelow());
        TFloat take1 = TFloat.Broadcast((float)(1 - step.Beta1)), beta2 = TFloat.Broadcast((float)step.Beta2), take2 = TFloat.Broadcast((float)(1 - step.Beta2));
        TFloat epsilon = TFloat.Broadcast((float)step.Epsilon), stepSize = TFloat.Broadcast((float)step.StepSize), secondMomentScale = TFloat.Broadcast((float)step.SecondMomentScale);
        TFloat weightDecay = TFloat.Broadcast((float)step.WeightDecay), keep = TFloat.Broadcast((float)(1 - step.DecoupledDecay));
        TFloat zero = TFloat.Broadcast(0), watch = zero;
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * value.Stride;
            float* valueRow = value.Origin + offset, gradientRow = gradient.Origin + offset, firstMomentRow = firstMoment.Origin + offset, secondMomentRow = secondMoment.Origin + offset;
            Simd.Claim(valueRow, value.Columns);
            for (int column = 0; column < value.Columns; column += TFloat.Count)
            {
                TFloat w = TFloat.Load(valueRow + column), m = TFloat.Load(firstMomentRow + column), v = TFloat.Load(secondMomentRow + column);
                TFloat g = TFloat.Load(gradientRow + column);
                watch = FiniteWatch.See(watch, g);
                if (TDecay.IsUsed)
                {
                    g += weightDecay * w;
                    w *= keep;
                }

                TFloat stuck = TFloat.IfGreater(stuckBelow, TFloat.Abs(m) + TFloat.Abs(g), m, zero);
                m -= stuck;
                m += (g - m) * take1;
                v = v * beta2 + take2 * g * g;
                w -= stepSize * m / (TFloat.Sqrt(v) / secondMomentScale + epsilon);
                w.Store(valueRow + column);
                (m + stuck).Store(firstMomentRow + column);
                v.Store(secondMomentRow + column);
            }
        }

        // Calls come last: one among the rows would have the constants of the inner loop kept in memory.
        FiniteWatch.Report(watch, isFinite);
        Padding.Clear(value, first, end);
        Padding.Clear(firstMoment, first, end);
        Padding.Clear(secondMoment, first, end);
    }

    /// <summary>Where |m| + |g| is less than this, (g − m)·(1 − β₁) and step·m round to 0: the first moment stays as it is and moves no weight.</summary>
    /// <remarks>
    /// Moments of a unit that died decay until they are stuck there, subnormal, and arithmetic on subnormal numbers takes several times as long as on others. So they are set aside.
    /// Only a weight of −0 could tell, since −0 − −0 is +0; none is −0 beside a negative moment, for it became +0 when that moved it, unless w·(1 − lr·λ) rounds to −0 again.
    /// </remarks>
    float StuckBelow()
    {
        if ((float)(1 - step.DecoupledDecay) <= 0.5f) return 0;
        const int LargestFraction = (1 << 23) - 1;
        double factor = Math.Max((float)(1 - step.Beta1), (float)step.StepSize);
        return ((int)Math.Min(0.5 / factor, LargestFraction) + 1) * float.Epsilon;     // k·factor ≤ ½ rounds to 0, in units of the last place
    }
}
