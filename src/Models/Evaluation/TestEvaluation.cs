using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models.Losses;

namespace AeVae.Models.Evaluation;

/// <summary>Measures the test split once, at the end, and collects what the figures need.</summary>
[SuppressMessage("Performance", "CA1814", Justification = "The arrays are rectangular.")]
sealed class TestEvaluation(Autoencoder network, Objective objective, Evaluator evaluator, ExperimentSettings settings, Splits splits, ThreadTeam team)
{
    const int MaxReferences = 60_000;
    const int MaxMapped = 5_000;
    const int ShownImages = 10;
    const int SampledImages = 100;
    const double WorkBeforeNll = 0.5;   // share of the progress bar when nll follows

    readonly BatchReader train = BatchReader.ForTraining(splits, settings.Binarize, settings.Seed);
    readonly BatchReader test = BatchReader.ForTest(splits, settings.Binarize, settings.Seed);

    /// <param name="state">That of the network.</param>
    /// <param name="klWeight">Of the loss.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FinalEvaluation Run(Checkpoint state, double klWeight, IProgress<double>? progress, CancellationToken cancellation)
    {
        bool withNll = settings.Eval.NllSamples > 0;
        SplitEvaluation measured = evaluator.Measure(Split.Test, test, klWeight, cancellation);
        Report(0.2);
        LatentMap map = LatentMap.Of(measured.Codes, team, cancellation);
        List<MetricValue> metrics = [.. measured.Metrics, new(Split.Test, "latent_gaps", LatentGaps.Share(map.Points))];
        if (!splits.Test.Labels.IsEmpty && !splits.Train.Labels.IsEmpty)
        {
            Matrix references = evaluator.Codes(train, Math.Min(splits.Train.Count, MaxReferences), cancellation);
            metrics.Add(new(Split.Test, "knn_accuracy", NearestNeighbours.Accuracy(references, splits.Train.Labels, measured.Codes, splits.Test.Labels, team, cancellation)));
        }

        DecodedImages decoded = new(network, objective, train, test, settings.Seed, team);
        metrics.AddRange(decoded.Measure(measured.Codes, cancellation));
        Report(0.6);
        IReadOnlyList<Baseline> baselines = settings.Binarize == Binarization.None
            ? SharedBaselines.Of(splits, FittedImages(), test, network.LatentDim, team)
            : Baselines.Measure(FittedImages(), test, network.LatentDim, team);
        Report(1);
        cancellation.ThrowIfCancellationRequested();
        if (withNll)
            metrics.Add(new(Split.Test, "nll", new ImportanceSampling(network, splits.Test.PixelsPerImage, settings.Seed, settings.Eval.NllSamples, team).Measure(test, NllProgress(progress), cancellation)));

        int mapped = Math.Min(splits.Test.Count, MaxMapped);
        (ByteImages originals, ByteImages reconstructions, float[][] shown) = Reconstruct();
        LatentTour tour = new(network, objective, splits.Test.Shape, team);
        int[] traversed = MostUsedLatents(measured);
        (ByteImages walk, float[][] path) = tour.Walk(shown);
        return new FinalEvaluation
        {
            Epoch = state.Epoch,
            ParametersSha256 = state.ParametersSha256,
            Metrics = metrics,
            LatentCodes = Rows(measured.Codes, mapped),
            LatentProjection = Rows(map.Points, mapped),
            LatentLabels = splits.Test.Labels.IsEmpty ? [] : splits.Test.Labels[..mapped].ToArray(),
            LatentProjectionVariance = map.VarianceShares,
            Originals = originals,
            Reconstructions = reconstructions,
            LatentDeviations = evaluator.Deviations(test, mapped, cancellation) is { } deviations ? Rows(deviations, mapped) : null,
            Samples = ToImages(decoded.SamplePrior(SampledImages)),
            KlPerDim = measured.KlPerLatent,
            Baselines = baselines,
            LatentAxes = map.Axes,
            Manifold = network.LatentDim == 2 ? tour.Manifold() : null,
            Interpolations = tour.Interpolations(shown),
            SphericalInterpolations = network.LatentDim > 2 ? tour.SphericalInterpolations(shown) : null,
            TraversedLatents = traversed,
            Traversals = tour.Traversals(traversed, LatentStatistics.Mean(measured.Codes), LatentStatistics.Deviation(measured.Codes)),
            Walk = walk,
            WalkPath = Rows(path),
        };

        void Report(double share) => progress?.Report(withNll ? share * WorkBeforeNll : share);
    }

    static Progress? NllProgress(IProgress<double>? progress) => progress is null ? null : new Progress(progress);

    /// <summary>All images that were not held out for the test: the published anchors of MNIST are fitted to these 60,000.</summary>
    BatchReader[] FittedImages() => ReferenceEquals(splits.Validation, splits.Test)
        ? [train]
        : [train, BatchReader.ForValidation(splits, settings.Binarize, settings.Seed)];

    (ByteImages Originals, ByteImages Reconstructions, float[][] Codes) Reconstruct()
    {
        int[] shown = OneOfEachClass();
        var x = new Matrix(shown.Length, splits.Test.PixelsPerImage);
        test.Fill(x, shown, epoch: 1, team);
        Matrix codes = network.Encode(x, team);
        return (ToImages(x), ToImages(objective.Reconstruct(network.Decode(codes, team), team)), [.. Enumerable.Range(0, codes.Rows).Select(row => codes.Row(row).ToArray())]);
    }

    /// <summary>Those with the largest KL, or the largest variance of an ae's codes; the largest first.</summary>
    static int[] MostUsedLatents(SplitEvaluation measured)
    {
        double[] use = measured.KlPerLatent ?? LatentStatistics.Deviation(measured.Codes);
        return [.. Enumerable.Range(0, use.Length).OrderByDescending(latent => use[latent]).Take(LatentTour.TraversedLatents)];
    }

    /// <summary>The first image of each class, then the first others, in ascending order of class.</summary>
    int[] OneOfEachClass()
    {
        ReadOnlyMemory<byte> labels = splits.Test.Labels;
        IEnumerable<int> all = Enumerable.Range(0, splits.Test.Count);
        int[] firsts = labels.IsEmpty ? [] : [.. all.DistinctBy(i => labels.Span[i]).OrderBy(i => labels.Span[i]).Take(ShownImages)];
        return [.. firsts, .. all.Except(firsts).Take(ShownImages - firsts.Length)];
    }

    ByteImages ToImages(Matrix values) => ByteImages.Of(values, splits.Test.Shape);

    static float[,] Rows(Matrix matrix, int count)
    {
        float[,] rows = new float[count, matrix.Columns];
        for (int row = 0; row < count; row++)
        {
            for (int j = 0; j < matrix.Columns; j++) rows[row, j] = matrix[row, j];
        }

        return rows;
    }

    static float[,] Rows(float[][] all)
    {
        float[,] rows = new float[all.Length, all[0].Length];
        for (int row = 0; row < all.Length; row++)
        {
            for (int j = 0; j < all[row].Length; j++) rows[row, j] = all[row][j];
        }

        return rows;
    }

    static float[,] Rows(float[,] all, int count)
    {
        float[,] rows = new float[count, all.GetLength(1)];
        Array.Copy(all, rows, rows.Length);
        return rows;
    }

    /// <summary>The second part of the bar.</summary>
    sealed class Progress(IProgress<double> whole) : IProgress<double>
    {
        public void Report(double value) => whole.Report(WorkBeforeNll + (1 - WorkBeforeNll) * value);
    }
}
