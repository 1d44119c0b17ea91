using AeVae.Compute;
using AeVae.Data.Batches;
using AeVae.Models.Layers;
using AeVae.Models.Losses;

namespace AeVae.Models.Evaluation;

/// <summary>Measures a split. No number depends on the batch size: sums run image by image, and an image's noise is keyed by its index.</summary>
sealed class Evaluator
{
    readonly Autoencoder network;
    readonly Objective objective;
    readonly LossOptions loss;
    readonly ThreadTeam team;
    readonly RandomStream noiseStream;
    readonly Matrix x;
    readonly Matrix noise;
    readonly BatchLosses losses;

    /// <param name="network">The network.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="settings">The experiment.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="batchSize">Images per pass, at most the network's capacity.</param>
    /// <param name="team">Threads.</param>
    public Evaluator(Autoencoder network, Objective objective, ExperimentSettings settings, int pixels, int batchSize, ThreadTeam team)
    {
        this.network = network;
        this.objective = objective;
        this.team = team;
        loss = settings.Loss;
        noiseStream = new RandomStream(settings.Seed, "eval-noise");
        x = new Matrix(batchSize, pixels);
        noise = new Matrix(batchSize, network.LatentDim);
        losses = new BatchLosses(batchSize);
    }

    /// <summary>Loss, reconstruction, KL and latent statistics of a split.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SplitEvaluation Measure(Split split, BatchReader images, double klWeight, CancellationToken cancellation)
    {
        var codes = new Matrix(images.Images.Count, network.LatentDim);
        RunningLosses sampled = default, atMean = default;
        KlPerLatent? klPerLatent = network.Posterior is null ? null : new(network.LatentDim);
        for (int first = 0; first < codes.Rows; first += x.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            Matrix mean = Encode(images, first, codes);
            LatentNoise.FillImages(noise, first, x.Rows, noiseStream, team);
            objective.Measure(network.Decode(network.Sample(noise, team), team), x, network.Posterior, klWeight, losses, team);
            sampled.Add(losses);
            if (network.Posterior is null) continue;
            klPerLatent!.Add(network.Posterior);
            objective.Measure(network.Decode(mean, team), x, network.Posterior, klWeight, losses, team);
            atMean.Add(losses);
        }

        LatentStatistics latent = LatentStatistics.Of(codes);
        List<MetricValue> metrics = [Value("loss", sampled.Objective), Value("bce", sampled.CrossEntropy), Value("mse", sampled.SquaredError / x.Columns)];
        if (network.Posterior is not null)
        {
            metrics.Add(Value("kl", sampled.Kl));
            if (EpochMetrics.HasBound(loss)) metrics.Add(Value("elbo", -(sampled.CrossEntropy + sampled.Kl)));
            metrics.Add(Value("bce_mean", atMean.CrossEntropy));
            metrics.Add(Value("mse_mean", atMean.SquaredError / x.Columns));
            metrics.Add(Value("active_units", latent.ActiveUnits));
        }

        metrics.Add(Value("latent_radius", latent.Radius));
        metrics.Add(Value("latent_offset", latent.Offset));
        return new SplitEvaluation(metrics, codes, klPerLatent?.Mean());

        MetricValue Value(string name, double value) => new(split, name, value);
    }

    /// <summary>Code or μ of the first <paramref name="count"/> images, (count × latent).</summary>
    /// <param name="images">Where they come from.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Matrix Codes(BatchReader images, int count, CancellationToken cancellation)
    {
        var codes = new Matrix(count, network.LatentDim);
        for (int first = 0; first < count; first += x.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            Encode(images, first, codes);
        }

        return codes;
    }

    /// <summary>σ of the posteriors of the first <paramref name="count"/> images, (count × latent); null for an ae.</summary>
    /// <param name="images">Where they come from.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Matrix? Deviations(BatchReader images, int count, CancellationToken cancellation)
    {
        if (network.Posterior is not { } posterior) return null;
        var deviations = new Matrix(count, network.LatentDim);
        for (int first = 0; first < count; first += x.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            Encode(images, first, count);
            for (int row = 0; row < posterior.LogVariance.Rows; row++)
            {
                for (int j = 0; j < deviations.Columns; j++) deviations[first + row, j] = (float)Elementary.Exp(0.5 * posterior.LogVariance[row, j]);
            }
        }

        return deviations;
    }

    /// <summary>Encodes a batch of the first <paramref name="count"/> images.</summary>
    Matrix Encode(BatchReader images, int first, int count)
    {
        // Epoch 1: training images that are binarised afresh every epoch are measured as that epoch drew them.
        images.FillRange(x, first, Math.Min(x.Capacity, count - first), epoch: 1, team);
        return network.Encode(x, team);
    }

    Matrix Encode(BatchReader images, int first, Matrix codes)
    {
        Matrix mean = Encode(images, first, codes.Rows);
        for (int row = 0; row < mean.Rows; row++) mean.Row(row).CopyTo(codes.Row(first + row));
        return mean;
    }
}

/// <summary>What was measured on a split.</summary>
/// <param name="Metrics">One value per metric.</param>
/// <param name="Codes">Code (ae) or μ (vae) of every image, (images × latent).</param>
/// <param name="KlPerLatent">KL of each latent in nats, mean over images; null for an ae.</param>
sealed record SplitEvaluation(IReadOnlyList<MetricValue> Metrics, Matrix Codes, double[]? KlPerLatent)
{
    public double Metric(string name) => Metrics.First(m => m.Name == name).Value;
}
