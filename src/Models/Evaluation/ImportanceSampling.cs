using AeVae.Compute;
using AeVae.Data.Batches;

namespace AeVae.Models.Evaluation;

/// <summary>The metric <c>nll</c>: −log p(x) ≈ −log (1/K · Σ p(x|z)·p(z)/q(z|x)), with z from the posterior q(z|x).</summary>
/// <remarks>Burda, Grosse and Salakhutdinov 2016 (arXiv:1509.00519), equation 8.</remarks>
sealed class ImportanceSampling(Autoencoder network, int pixels, ulong seed, int samples, ThreadTeam team)
{
    readonly RandomStream stream = new(seed, "nll-noise");

    readonly Matrix x = new(network.Capacity, pixels);
    readonly Matrix mean = new(network.Capacity, network.LatentDim);
    readonly Matrix logVariance = new(network.Capacity, network.LatentDim);
    readonly Matrix noise = new(network.Capacity, network.LatentDim);
    readonly Matrix z = new(network.Capacity, network.LatentDim);
    readonly int[] imageRows = new int[network.Capacity];
    readonly double[] crossEntropy = new double[network.Capacity];

    /// <summary>Nats per image, mean over images.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double Measure(BatchReader images, IProgress<double>? progress, CancellationToken cancellation)
    {
        int count = images.Images.Count;
        double[] logWeights = new double[samples];
        double sum = 0;
        for (int first = 0; first < count; first += x.Capacity)
        {
            images.FillRange(x, first, Math.Min(x.Capacity, count - first), epoch: 1, team);
            network.Encode(x, team);
            // The samples of all images of the batch, one image after another, as many at a time as the decoder takes.
            for (long done = 0; done < (long)x.Rows * samples; done += z.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                Draw(first, done);
                LossKernels.Reparameterize(mean, logVariance, noise, z, team);
                LossKernels.BinaryCrossEntropyFromLogits(network.Decode(z, team), x, imageRows.AsSpan(0, z.Rows), crossEntropy.AsSpan(0, z.Rows), team);
                for (int row = 0; row < z.Rows; row++)
                {
                    int sample = (int)((done + row) % samples);
                    logWeights[sample] = LogPriorOverPosterior(z.Row(row), noise.Row(row), logVariance.Row(row)) - crossEntropy[row];
                    if (sample < samples - 1) continue;
                    sum -= LogMeanExp(logWeights);
                    progress?.Report((first + imageRows[row] + 1.0) / count);
                }
            }
        }

        return sum / count;
    }

    /// <summary>Posterior and noise of the batch's samples from number <paramref name="done"/> on.</summary>
    void Draw(int firstImage, long done)
    {
        int rows = (int)Math.Min(z.Capacity, (long)x.Rows * samples - done);
        mean.Rows = logVariance.Rows = noise.Rows = z.Rows = rows;
        for (int row = 0; row < rows;)
        {
            (long image, long sample) = Math.DivRem(done + row, samples);
            int end = (int)Math.Min(rows, row + samples - sample);
            stream.FillNormal(noise, row, end - row, step: (uint)(firstImage + image), epoch: 0, sample * noise.Columns, team);
            for (; row < end; row++)
            {
                imageRows[row] = (int)image;
                network.Posterior!.Mean.Row((int)image).CopyTo(mean.Row(row));
                network.Posterior.LogVariance.Row((int)image).CopyTo(logVariance.Row(row));
            }
        }
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
}
