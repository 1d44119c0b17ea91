using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Losses per image and their gradients. Terms and sums are double in the fixed layout of NC-1 C11; gradients are evaluated in double and rounded once.</summary>
public static class LossKernels
{
    /// <summary>Probabilities are clipped to [this, 1 − this] before their logarithm is taken.</summary>
    public const double LeastProbability = 1e-7;

    /// <summary>−Σ t·ln σ(x) + (1 − t)·ln(1 − σ(x)) over the pixels of each row of logits, in nats.</summary>
    /// <param name="logits">x, (rows × pixels).</param>
    /// <param name="target">t in [0, 1], (images × pixels).</param>
    /// <param name="targetRows">Row of <paramref name="target"/> that each row of logits is measured against.</param>
    /// <param name="perRow">One sum per row of logits, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The target has no such row.</exception>
    public static unsafe void BinaryCrossEntropyFromLogits(Matrix logits, Matrix target, ReadOnlySpan<int> targetRows, Span<double> perRow, ThreadTeam team)
    {
        Shape.Require(target, target.Rows, logits.Columns);
        Shape.RequireRows(perRow, logits);
        if (targetRows.Length != logits.Rows) throw new ArgumentException($"{targetRows.Length} rows of the target are named but logits is {logits}", nameof(targetRows));
        if (targetRows.ContainsAnyExceptInRange(0, target.Rows - 1)) throw new ArgumentOutOfRangeException(nameof(targetRows), $"a row is named that target, which is {target}, does not have");
        fixed (int* rows = targetRows)
        fixed (double* sums = perRow)
        {
            team.Run(new LogitsEntropyLoop(logits, target, rows, sums), logits.Rows, (long)LogitsEntropyLoop.CostPerElement * logits.Columns);
        }
    }

    /// <summary>A sigmoid output y = σ(x) with its cross-entropy, the gradient of that, and its squared error.</summary>
    /// <param name="logits">x, (batch × pixels).</param>
    /// <param name="target">t in [0, 1], same shape.</param>
    /// <param name="scale">Factor of the image's cross-entropy in the objective.</param>
    /// <param name="probability">y, same shape, overwritten; null where it is not needed.</param>
    /// <param name="dLogits">scale·(σ(x) − t), overwritten: <paramref name="logits"/> itself, or the same shape; null where it is not needed.</param>
    /// <param name="crossEntropy">−Σ t·ln σ(x) + (1 − t)·ln(1 − σ(x)) of each row, in nats, overwritten.</param>
    /// <param name="squaredError">Σ (y − t)² of each row, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static unsafe void SigmoidOutput(Matrix logits, Matrix target, float scale, Matrix? probability, Matrix? dLogits, Span<double> crossEntropy, Span<double> squaredError, ThreadTeam team)
    {
        Shape.RequireSame(target, logits);
        if (probability is not null) Shape.RequireSame(probability, logits);
        if (dLogits is not null) Shape.RequireSame(dLogits, logits);
        Shape.RequireRows(crossEntropy, logits);
        Shape.RequireRows(squaredError, logits);
        fixed (double* entropies = crossEntropy, errors = squaredError)
        {
            team.Run(new SigmoidOutputLoop(logits, target, scale, probability, dLogits, entropies, errors), logits.Rows, (long)SigmoidOutputLoop.CostPerElement * logits.Columns);
        }
    }

    /// <summary>−Σ t·ln p + (1 − t)·ln(1 − p) over the pixels of each image, in nats, p clipped to [10⁻⁷, 1 − 10⁻⁷].</summary>
    /// <param name="output">p, (batch × pixels); any number.</param>
    /// <param name="target">t in [0, 1], same shape.</param>
    /// <param name="perImage">One sum per row, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void BinaryCrossEntropyFromProbabilities(Matrix output, Matrix target, Span<double> perImage, ThreadTeam team) =>
        SumRows<ProbabilityEntropy>(output, target, perImage, team);

    /// <summary>Σ (y − t)² over the pixels of each image.</summary>
    /// <param name="output">y, (batch × pixels).</param>
    /// <param name="target">t, same shape.</param>
    /// <param name="perImage">One sum per row, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void SquaredError(Matrix output, Matrix target, Span<double> perImage, ThreadTeam team) =>
        SumRows<SquaredDifference>(output, target, perImage, team);

    /// <summary>dOutput = scale·2(y − t).</summary>
    /// <param name="output">y, (batch × pixels).</param>
    /// <param name="target">t, same shape.</param>
    /// <param name="scale">Factor of the image's sum in the objective.</param>
    /// <param name="dOutput">Overwritten: <paramref name="output"/> itself, or the same shape.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void SquaredErrorGradient(Matrix output, Matrix target, float scale, Matrix dOutput, ThreadTeam team) =>
        Map<SquaredDifferenceGradient>(output, target, target, scale, dOutput, team);

    /// <summary>KL(N(μ, σ²)‖N(0, I)) = ½·Σ(μ² + σ² − 1 − ln σ²) over the latents of each image, in nats.</summary>
    /// <param name="mean">μ, (batch × latent).</param>
    /// <param name="logVariance">ln σ² (not σ), same shape.</param>
    /// <param name="perImage">One sum per row, overwritten; exactly 0 where μ = 0 and ln σ² = 0.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <remarks>Kingma and Welling 2014, appendix B (arXiv:1312.6114).</remarks>
    public static void GaussianKl(Matrix mean, Matrix logVariance, Span<double> perImage, ThreadTeam team) =>
        SumRows<GaussianDivergence>(mean, logVariance, perImage, team);

    /// <summary>Adds scale·μ to dMean and scale·½(σ² − 1) to dLogVariance.</summary>
    /// <param name="mean">μ, (batch × latent).</param>
    /// <param name="logVariance">ln σ², same shape.</param>
    /// <param name="scale">Factor of the image's divergence in the objective.</param>
    /// <param name="dMean">Same shape, added to.</param>
    /// <param name="dLogVariance">Same shape, added to.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void GaussianKlGradient(Matrix mean, Matrix logVariance, float scale, Matrix dMean, Matrix dLogVariance, ThreadTeam team)
    {
        Map<AddMeanGradient>(mean, dMean, dMean, scale, dMean, team);
        Map<AddLogVarianceGradient>(logVariance, dLogVariance, dLogVariance, scale, dLogVariance, team);
    }

    /// <summary>z = μ + ε·σ with σ = exp(½·ln σ²).</summary>
    /// <param name="mean">μ, (batch × latent).</param>
    /// <param name="logVariance">ln σ², same shape.</param>
    /// <param name="noise">ε, same shape.</param>
    /// <param name="z">Same shape, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void Reparameterize(Matrix mean, Matrix logVariance, Matrix noise, Matrix z, ThreadTeam team) =>
        Map<Sample>(mean, logVariance, noise, 0, z, team);

    /// <summary>dMean = dZ and dLogVariance = dZ·ε·½·σ.</summary>
    /// <param name="logVariance">ln σ², (batch × latent).</param>
    /// <param name="noise">ε, same shape.</param>
    /// <param name="dZ">Same shape.</param>
    /// <param name="dMean">Same shape, overwritten.</param>
    /// <param name="dLogVariance">Same shape, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void ReparameterizeGradient(Matrix logVariance, Matrix noise, Matrix dZ, Matrix dMean, Matrix dLogVariance, ThreadTeam team)
    {
        Map<SampleGradient>(logVariance, noise, dZ, 0, dLogVariance, team);
        Map<Copy>(dZ, dZ, dZ, 0, dMean, team);
    }

    static void SumRows<TTerm>(Matrix a, Matrix b, Span<double> perImage, ThreadTeam team) where TTerm : struct, ITerm
    {
        Shape.RequireSame(b, a);
        Shape.RequireRows(perImage, a);
        RowSumLoop<TTerm>.Run(a, b, perImage, team);
    }

    static void Map<TFormula>(Matrix a, Matrix b, Matrix c, float scale, Matrix result, ThreadTeam team) where TFormula : struct, IFormula
    {
        Shape.RequireSame(b, a);
        Shape.RequireSame(c, a);
        Shape.RequireSame(result, a);
        FormulaLoop<TFormula>.Run(a, b, c, scale, result, team);
    }

    readonly struct ProbabilityEntropy : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T t) where T : struct, IDoubleLanes<T>
        {
            T one = T.Broadcast(1), p = ElementaryFunctions.Clamp(y, T.Broadcast(LeastProbability), T.Broadcast(1 - LeastProbability));
            return T.Broadcast(0) - (t * ElementaryFunctions.Log(p) + (one - t) * ElementaryFunctions.Log(one - p));
        }
    }

    readonly struct SquaredDifference : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T t) where T : struct, IDoubleLanes<T> => (y - t) * (y - t);
    }

    readonly struct SquaredDifferenceGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T t, T c, T scale) where T : struct, IDoubleLanes<T> => scale * (T.Broadcast(2) * (y - t));
    }

    readonly struct GaussianDivergence : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T mean, T logVariance) where T : struct, IDoubleLanes<T> =>
            T.Broadcast(0.5) * (mean * mean + ElementaryFunctions.Exp(logVariance) - T.Broadcast(1) - logVariance);
    }

    readonly struct AddMeanGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T mean, T dMean, T c, T scale) where T : struct, IDoubleLanes<T> => dMean + scale * mean;
    }

    readonly struct AddLogVarianceGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T logVariance, T dLogVariance, T c, T scale) where T : struct, IDoubleLanes<T> =>
            dLogVariance + scale * (T.Broadcast(0.5) * (ElementaryFunctions.Exp(logVariance) - T.Broadcast(1)));
    }

    readonly struct Sample : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T mean, T logVariance, T noise, T scale) where T : struct, IDoubleLanes<T> =>
            mean + noise * ElementaryFunctions.Exp(T.Broadcast(0.5) * logVariance);
    }

    readonly struct SampleGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T logVariance, T noise, T dZ, T scale) where T : struct, IDoubleLanes<T> =>
            dZ * noise * (T.Broadcast(0.5) * ElementaryFunctions.Exp(T.Broadcast(0.5) * logVariance));
    }

    readonly struct Copy : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b, T c, T scale) where T : struct, IDoubleLanes<T> => a;
    }
}
