using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Evaluation;

/// <summary>Sums the KL divergence of each latent over images, in double and in image order.</summary>
sealed class KlPerLatent(int latentDim)
{
    readonly double[] sums = new double[latentDim];
    int images;

    public void Add(GaussianPosterior posterior)
    {
        images += posterior.Mean.Rows;
        for (int row = 0; row < posterior.Mean.Rows; row++)
        {
            ReadOnlySpan<float> mean = posterior.Mean.Row(row), logVariance = posterior.LogVariance.Row(row);
            for (int j = 0; j < sums.Length; j++)
                sums[j] += 0.5 * ((double)mean[j] * mean[j] + Elementary.Exp((double)logVariance[j]) - 1 - logVariance[j]);
        }
    }

    /// <summary>Nats of each latent, mean over images.</summary>
    public double[] Mean() => [.. sums.Select(s => s / images)];
}
