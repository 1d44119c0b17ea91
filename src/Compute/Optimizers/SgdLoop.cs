using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>One step of gradient descent in fp32, in PyTorch's order of operations. An item is a row.</summary>
/// <remarks>g ← g + λ·w; b ← g in the first step, then b·μ + g; g ← g + μ·b with Nesterov, else b; w ← w − lr·g, every operation rounded.</remarks>
internal readonly unsafe struct SgdLoop(Matrix value, Matrix gradient, Matrix? velocity, SgdStep step, bool* isFinite) : ILoop
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TFloat, TDouble>(int first, int end)
        where TFloat : struct, IFloatLanes<TFloat>
        where TDouble : struct, IDoubleLanes<TDouble>
    {
        TFloat learningRate = TFloat.Broadcast((float)step.LearningRate), momentum = TFloat.Broadcast((float)step.Momentum), weightDecay = TFloat.Broadcast((float)step.WeightDecay);
        TFloat watch = TFloat.Broadcast(0);
        for (int row = first; row < end; row++)
        {
            nint offset = (nint)row * value.Stride;
            float* valueRow = value.Origin + offset, gradientRow = gradient.Origin + offset, velocityRow = velocity is null ? null : velocity.Origin + offset;
            Simd.Claim(valueRow, value.Columns);
            for (int column = 0; column < value.Columns; column += TFloat.Count)
            {
                TFloat w = TFloat.Load(valueRow + column);
                TFloat g = TFloat.Load(gradientRow + column);
                watch = FiniteWatch.See(watch, g);
                g += weightDecay * w;
                if (velocityRow != null)
                {
                    TFloat b = step.FirstStep ? g : TFloat.Load(velocityRow + column) * momentum + g;
                    b.Store(velocityRow + column);
                    g = step.Nesterov ? g + momentum * b : b;
                }
                (w - learningRate * g).Store(valueRow + column);
            }
        }

        // Calls come last: one among the rows would have the constants of the inner loop kept in memory.
        FiniteWatch.Report(watch, isFinite);
        Padding.Clear(value, first, end);
        if (velocity is not null) Padding.Clear(velocity, first, end);
    }
}
