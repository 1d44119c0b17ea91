using AeVae.Compute;
using AeVae.Data.Batches;

namespace AeVae.Models.Evaluation;

/// <summary>The metric <c>nll</c>: −log p(x) ≈ −log (1/K · Σ p(x|z)·p(z)/q(z|x)), with z from the posterior q(z|x).</summary>
/// <remarks>Burda, Grosse and Salakhutdinov 2016 (arXiv:1509.00519), equation 8.</remarks>
sealed class ImportanceSampling(Autoencoder network, ulong seed, int samples, ThreadTeam team)
{
    readonly RandomStream stream = new(seed, "nll-noise");

    /// <summary>Nats per image, mean over images.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Measure(BatchReader images, IProgress<double>? progress, CancellationToken cancellation)
    {
        int pixels = images.Images.PixelsPerImage, latentDim = network.LatentDim, capacity = network.Capacity;
        Matrix image = new(1, pixels), target = new(capacity, pixels);
        Matrix mean = new(capacity, latentDim), logVariance = new(capacity, latentDim), noise = new(capacity, latentDim), z = new(capacity, latentDim);
        double[] crossEntropy = new double[capacity], logWeights = new double[samples];
        double sum = 0;
        for (int index = 0; index < images.Images.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            images.FillRange(image, index, 1, epoch: 1);
            network.Encode(image, team);
            Repeat(image, target);
            Repeat(network.Posterior!.Mean, mean);
            Repeat(network.Posterior.LogVariance, logVariance);
            for (int first = 0; first < samples; first += capacity)
            {
                int rows = Math.Min(capacity, samples - first);
                target.Rows = mean.Rows = logVariance.Rows = noise.Rows = z.Rows = rows;
                for (int row = 0; row < rows; row++) stream.FillNormal(noise.Row(row), step: (uint)index, epoch: 0, (long)(first + row) * latentDim);
                LossKernels.Reparameterize(mean, logVariance, noise, z, team);
                LossKernels.BinaryCrossEntropyFromLogits(network.Decode(z, team), target, crossEntropy.AsSpan(0, rows), team);
                for (int row = 0; row < rows; row++) logWeights[first + row] = LogPriorOverPosterior(z.Row(row), noise.Row(row), logVariance.Row(row)) - crossEntropy[row];
            }

            sum -= LogMeanExp(logWeights);
            progress?.Report((index + 1.0) / images.Images.Count);
        }

        return sum / images.Images.Count;
    }

    /// <summary>log p(z) − log q(z|x); the constants of the two densities cancel.</summary>
    static double LogPriorOverPosterior(ReadOnlySpan<float> z, ReadOnlySpan<float> noise, ReadOnlySpan<float> logVariance)
    {
        double sum = 0;
        for (int j = 0; j < z.Length; j++) sum += 0.5 * ((double)noise[j] * noise[j] + logVariance[j] - (double)z[j] * z[j]);
        return sum;
    }

    static double LogMeanExp(double[] logs)
    {
        double max = logs.Max(), sum = 0;
        foreach (double log in logs) sum += Elementary.Exp(log - max);
        return max + Elementary.Log(sum / logs.Length);
    }

    static void Repeat(Matrix single, Matrix rows)
    {
        for (int row = 0; row < rows.Capacity; row++) single.Row(0).CopyTo(rows.Row(row));
    }
}
