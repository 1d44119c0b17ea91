using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models;
using AeVae.Models.Evaluation;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Runner.Execution;
using AeVae.Tracking;

namespace AeVae.Tests.Models;

public sealed class EvaluationTests : IDisposable
{
    readonly ThreadTeam team = new(1);

    public void Dispose() => team.Dispose();

    [Fact]
    public void PrincipalComponentsOfASmallMatrixAreThoseOfTheHandCalculation()
    {
        PrincipalComponents pca = PrincipalComponents.Of([[2, 1], [1, 2]], 2, team);   // λ = 3, 1; axes (1, 1)/√2 and (1, −1)/√2

        Assert.Equal([3.0, 1.0], pca.Variances, Within(1e-12));
        Assert.Equal([Math.Sqrt(0.5), Math.Sqrt(0.5)], pca.Axes[0], Within(1e-12));
        Assert.Equal([Math.Sqrt(0.5), Math.Sqrt(0.5)], pca.Axes[1].Select(Math.Abs), Within(1e-12));
        Assert.Equal(4, pca.TotalVariance);
    }

    [Fact]
    public void TheLeadingAxesOfALargeMatrixAreFound()
    {
        // A Householder reflection I − 2vvᵀ turns a known diagonal into a full matrix with known axes.
        const int Size = 200;
        double[] v = [.. Enumerable.Range(1, Size).Select(i => (double)i)];
        double norm = Math.Sqrt(v.Sum(x => x * x));
        double[][] axes = [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Select(j => (i == j ? 1 : 0) - 2 * v[i] * v[j] / (norm * norm)).ToArray())];
        double[] variances = [.. Enumerable.Range(0, Size).Select(i => 10.0 / (1 + i))];
        double[][] covariance = [.. Enumerable.Range(0, Size).Select(i => Enumerable.Range(0, Size).Select(j => Enumerable.Range(0, Size).Sum(k => variances[k] * axes[k][i] * axes[k][j])).ToArray())];

        PrincipalComponents pca = PrincipalComponents.Of(covariance, 5, team);

        Assert.Equal(variances[..5], pca.Variances, Within(1e-6));
        for (int i = 0; i < 5; i++) Assert.Equal(1, Math.Abs(pca.Axes[i].Zip(axes[i], (a, b) => a * b).Sum()), 1e-6);
    }

    [Fact]
    public void BaselinesOfTwoPixelsAreThoseOfTheHandCalculation()
    {
        // Pixels (0, 0), (255, 255), (255, 255), (0, 0): mean (½, ½), one axis (1, 1)/√2 that explains everything.
        var images = new ImageSet(new byte[] { 0, 0, 255, 255, 255, 255, 0, 0 }, default, new ImageShape(1, 2));
        BatchReader reader = BatchReader.ForTest(new Splits(images, images, images, [], []), Binarization.None, 0);

        IReadOnlyList<Baseline> rows = Baselines.Measure([reader], reader, latentDim: 1, team);

        Assert.Equal(["mean image", "PCA-1", "grey-level floor"], rows.Select(r => r.Name));
        Assert.Equal([0.25, 0, 0], rows.Select(r => r.Mse), Within(1e-12));
        Assert.Equal(2 * 0.6931471805599453, rows[0].Bce!.Value, 1e-12);
        Assert.Null(rows[1].Bce);
        Assert.Equal(0, rows[2].Bce);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(200)]   // solved in a subspace
    public void NoMoreAxesThanTheImagesSpanExplainAnything(int pixels)
    {
        // Four images span three axes about their mean, and the test images lie across them.
        BatchReader fit = Reader(4, seed: 1), test = Reader(50, seed: 2);

        IReadOnlyList<Baseline> rows = Baselines.Measure([fit], test, latentDim: 3, team);

        double[] errors = [.. rows.Where(row => row.Name.StartsWith("PCA-", StringComparison.Ordinal)).Select(row => row.Mse)];
        Assert.Equal(pixels < 50 ? ["PCA-2", "PCA-3", "PCA-10", "PCA-20"] : ["PCA-2", "PCA-3", "PCA-10", "PCA-20", "PCA-32", "PCA-50"], rows.Skip(1).SkipLast(1).Select(row => row.Name));
        Assert.True(errors[0] > errors[1] && errors[1] > 0.5 * rows[0].Mse, string.Join(", ", errors));
        Assert.All(errors[1..], error => Assert.Equal(errors[1], error));

        BatchReader Reader(int count, int seed)
        {
            byte[] levels = new byte[count * pixels];
            for (int i = 0; i < levels.Length; i++) levels[i] = (byte)((i + seed) * (i + seed) * 2654435761L >> 13);
            ImageSet images = new(levels, default, new ImageShape(1, pixels));
            return BatchReader.ForTest(new Splits(images, images, images, [], []), Binarization.None, 0);
        }
    }

    [Fact]
    public void LatentStatisticsAreThoseOfTheHandCalculation()
    {
        // Mean (3, 4, 5), squared distances 2 · (1² + 0.05²)/2 + 0.
        LatentStatistics statistics = LatentStatistics.Of(Codes([2, 3.95f, 5], [4, 4.05f, 5]));

        Assert.Equal(Math.Sqrt(1 + 0.0025), statistics.Radius, 1e-6);
        Assert.Equal(Math.Sqrt(50) / statistics.Radius, statistics.Offset, 1e-6);
        Assert.Equal(1, statistics.ActiveUnits);   // variances 1, 0.0025, 0
    }

    [Theory]
    [InlineData(1_000, 0.16, 0.01)]
    [InlineData(5_000, 0.008, 0.003)]
    [InlineData(10_000, 0.0005, 0.0005)]
    public void DrawsOfTheNormalDistributionLeaveTheGapsThatTheMetricNames(int count, double share, double tolerance)
    {
        const int Repeats = 40;
        float[] draws = new float[2 * count];
        double sum = 0;
        for (int repeat = 1; repeat <= Repeats; repeat++)
        {
            new RandomStream(1, "cloud").FillNormal(draws, step: 0, epoch: (uint)repeat);
            float[,] cloud = new float[count, 2];
            for (int i = 0; i < count; i++) (cloud[i, 0], cloud[i, 1]) = (draws[2 * i], draws[2 * i + 1]);
            sum += LatentGaps.Share(cloud);
        }

        Assert.InRange(sum / Repeats, share - tolerance, share + tolerance);
    }

    [Fact]
    public void ACloudHasFewGapsAndARingHasMany()
    {
        float[] draws = new float[20_000];
        new RandomStream(1, "cloud").FillNormal(draws, step: 0, epoch: 0);
        float[,] cloud = new float[10_000, 2], ring = new float[10_000, 2];
        for (int i = 0; i < 10_000; i++)
        {
            (cloud[i, 0], cloud[i, 1]) = (draws[2 * i], 3 * draws[2 * i + 1]);
            float length = (float)Math.Sqrt(draws[2 * i] * draws[2 * i] + draws[2 * i + 1] * draws[2 * i + 1]);
            (ring[i, 0], ring[i, 1]) = (draws[2 * i] / length, draws[2 * i + 1] / length);
        }

        Assert.InRange(LatentGaps.Share(cloud), 0, 0.02);
        Assert.InRange(LatentGaps.Share(ring), 0.7, 1);
        Assert.Equal(0, LatentGaps.Share(new float[,] { { 1, 0 }, { 2, 0 }, { 3, 0 } }));
    }

    [Fact]
    public void ALineHasNoGapsEvenWhenRoundingMovesItsPoints()
    {
        float[] along = new float[1_000];
        new RandomStream(1, "line").FillNormal(along, step: 0, epoch: 0);
        float[,] line = new float[along.Length, 2];
        for (int i = 0; i < along.Length; i++) (line[i, 0], line[i, 1]) = (along[i] * 0.1f, along[i] * 0.3f);

        Assert.Equal(0, LatentGaps.Share(line));
    }

    [Fact]
    public void NeighboursVoteAndATieGoesToTheNearest()
    {
        float[][] references = [.. Enumerable.Range(0, 10).Select(i => new[] { i * 1f, 0f })];
        byte[] labels = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
        Matrix codes = Codes(references), queries = Codes([-1, 0], [10, 0]);

        Assert.Equal(1, NearestNeighbours.Accuracy(codes, labels, queries, new byte[] { 1, 0 }, team, CancellationToken.None));
        Assert.Equal(0.5, NearestNeighbours.Accuracy(codes, labels, queries, new byte[] { 0, 0 }, team, CancellationToken.None));
        // One more 0 among the ten nearest outvotes the nearest itself.
        Assert.Equal(0, NearestNeighbours.Accuracy(Codes([.. references, [-3, 0]]), new byte[] { 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0 }, Codes([-1, 0]), new byte[] { 1 }, team, CancellationToken.None));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 1_000_000)]
    public void TheVoteIsThatOfTheTenNearestWhateverTheThreadsAndTheirRegistersAndHoweverFarFromTheOrigin(int threads, int origin)
    {
        // Whole numbers: distances are exact, and hundreds of them are equal.
        Matrix references = Lattice(1_301, "references", origin), queries = Lattice(300, "queries", origin);
        byte[] referenceLabels = [.. Enumerable.Range(0, references.Rows).Select(i => (byte)(i * 7 % 5))], queryLabels = new byte[queries.Rows];
        for (int row = 0; row < queries.Rows; row++)
        {
            float[] query = queries.Row(row).ToArray();
            byte[] nearest = [.. Enumerable.Range(0, references.Rows).OrderBy(i => Distance(references.Row(i), query)).Take(10).Select(i => referenceLabels[i])];
            queryLabels[row] = nearest.OrderByDescending(label => nearest.Count(other => other == label)).First();   // a stable sort: a tie keeps the nearest in front
        }

        foreach (SimdPath path in Compute.Samples.Paths)
        {
            using var team = new ThreadTeam(threads, path);
            Assert.Equal(1, NearestNeighbours.Accuracy(references, referenceLabels, queries, queryLabels, team, CancellationToken.None));
        }

        static float Distance(ReadOnlySpan<float> reference, float[] query)
        {
            float sum = 0;
            for (int i = 0; i < query.Length; i++) sum += (reference[i] - query[i]) * (reference[i] - query[i]);
            return sum;
        }
    }

    [Fact]
    public void NegativeLogLikelihoodIsTheCrossEntropyWhenTheDecoderIgnoresTheCode()
    {
        ExperimentSettings settings = SmallData.Vae();
        var network = new Autoencoder(settings.Model, SmallData.Pixels, settings.Seed, capacity: 64);
        network.Parameters.Single(p => p.Name == "decoder.0.weight").Value.CopyFrom(new float[30]);
        Splits splits = SmallData.Splits();
        var objective = new AeVae.Models.Losses.Objective(settings.Loss, settings.Model.Output, SmallData.Pixels, 64);
        BatchReader images = BatchReader.ForTest(splits, Binarization.None, settings.Seed);
        SplitEvaluation evaluation = new Evaluator(network, objective, settings, SmallData.Pixels, 64, team).Measure(Split.Test, images, 1, CancellationToken.None);

        double nll = new ImportanceSampling(network, SmallData.Pixels, settings.Seed, samples: 2000, team).Measure(images, null, CancellationToken.None);

        // p(x|z) = p(x) for every z, so only the weights' spread is left: 2,000 of them average to 1 within about 2 %.
        Assert.Equal(evaluation.Metric("bce"), nll, 0.02);
        Assert.True(nll < -evaluation.Metric("elbo"));
    }

    [Fact]
    public void TheEndOfARunHasEverythingThatItsFiguresNeed()
    {
        ExperimentSettings settings = SmallData.Vae() with { Eval = new EvaluationOptions { NllSamples = 3 } };
        var trainer = new Trainer(settings, SmallData.Splits(), team);
        double validation = trainer.Run(CancellationToken.None).Last().Value(Split.Validation, "loss");
        var shares = new List<double>();

        FinalEvaluation final = trainer.Finish(CancellationToken.None, new Recorder(shares));

        string[] expected = ["loss", "bce", "mse", "kl", "elbo", "bce_mean", "mse_mean", "active_units", "latent_radius", "latent_offset", "latent_gaps", "knn_accuracy", "sample_coverage", "interpolation_distance", "sharpness", "sample_sharpness", "nll"];
        Assert.Equal(expected, final.Metrics.Select(m => m.Name));
        Assert.Equal(expected, FinalMetrics.Names(settings.Model, settings.Loss, settings.Eval));
        Assert.All(final.Metrics, m => Assert.Equal((Split.Test, true, true), (m.Split, double.IsFinite(m.Value), Metrics.Find(m.Name) is not null)));
        Assert.NotEqual(validation, final.Metrics[0].Value);
        Assert.Equal((21, 3), (final.LatentCodes.GetLength(0), final.LatentCodes.GetLength(1)));
        Assert.Equal((21, 2), (final.LatentProjection.GetLength(0), final.LatentProjection.GetLength(1)));
        Assert.Equal(2, final.LatentProjectionVariance!.Length);
        Assert.Equal(21, final.LatentLabels.Length);
        Assert.Equal((10, new ImageShape(3, 4)), (final.Originals.Count, final.Originals.Shape));
        Assert.Equal(final.Originals.Pixels.Length, final.Reconstructions.Pixels.Length);
        Assert.Equal(100 * 12, final.Samples.Pixels.Length);
        Assert.Equal((21, 3), (final.LatentDeviations!.GetLength(0), final.LatentDeviations.GetLength(1)));
        // The KL of a Gaussian from N(0, 1), from its μ and σ.
        Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(final.KlPerDim![j], Enumerable.Range(0, 21).Average(i => 0.5 * (final.LatentCodes[i, j] * (double)final.LatentCodes[i, j] + final.LatentDeviations[i, j] * (double)final.LatentDeviations[i, j] - 1) - Math.Log2(final.LatentDeviations[i, j]) / Math.Log2(Math.E)), 1e-5));
        Assert.Equal(final.Metrics.Single(m => m.Name == "kl").Value, final.KlPerDim!.Sum(), 1e-5);
        Assert.Equal(["mean image", "PCA-2", "PCA-3", "PCA-10", "grey-level floor"], final.Baselines.Select(b => b.Name));
        Assert.Equal(1, shares[^1]);
        Assert.Equal(shares.Order(), shares);
    }

    [Fact]
    public void ColoursAreMoreValuesAndLeaveImagesOfThreeChannels()
    {
        Splits grey = SmallData.Splits(), colour = new(Coloured(grey.Train), Coloured(grey.Validation), Coloured(grey.Test), grey.ClassNames, grey.Files);
        FinalEvaluation asGrey = Finish(grey), asColour = Finish(colour);

        // The same values: only what looks at neighbouring pixels tells the difference.
        Assert.Equal(asGrey.Metrics.Where(metric => !metric.Name.Contains("sharpness", StringComparison.Ordinal)), asColour.Metrics.Where(metric => !metric.Name.Contains("sharpness", StringComparison.Ordinal)));
        Assert.NotEqual(asGrey.Metrics.Single(metric => metric.Name == "sharpness"), asColour.Metrics.Single(metric => metric.Name == "sharpness"));
        Assert.Equal(new ImageShape(2, 2, 3), asColour.Samples.Shape);
        Assert.Equal(asGrey.Samples.Pixels, asColour.Samples.Pixels);
        byte[] stored = RunArtifacts.From(asColour, []).Single(artifact => artifact.Name == ArtifactNames.Originals).Content!;
        RasterImage[] images = StoredImages.Read(stored);
        Assert.Equal((10, 2, 2, 3), (images.Length, images[0].Width, images[0].Height, images[0].Channels));
        Assert.Equal(colour.Test.Pixels.Span[..12].ToArray(), images[0].Pixels);

        static ImageSet Coloured(ImageSet images) => images with { Shape = new(2, 2, 3) };

        FinalEvaluation Finish(Splits splits)
        {
            Trainer trainer = new(SmallData.Ae(), splits with { Test = splits.Test with { Labels = default } }, team);
            Assert.Equal(3, trainer.Run(CancellationToken.None).Count());
            return trainer.Finish(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void PcaIsForImagesOfNoMoreThan4096Values(int side, bool hasPca)
    {
        ImageSet images = new(new byte[side * side], default, new ImageShape(side, side));
        BatchReader reader = BatchReader.ForTest(new Splits(images, images, images, [], []), Binarization.None, 0);

        Assert.Equal(hasPca, Baselines.MomentsOf([reader], team).HasProducts);
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(65, false)]
    public void PcaIsLeftOutWhereImagesAreLarge(int side, bool hasPca)
    {
        byte[] levels = [.. Enumerable.Range(0, 3 * side * side).Select(i => (byte)(i * 7))];
        ImageSet images = new(levels, default, new ImageShape(side, side));
        BatchReader reader = BatchReader.ForTest(new Splits(images, images, images, [], []), Binarization.None, 0);

        IReadOnlyList<Baseline> rows = Baselines.Measure([reader], reader, latentDim: 2, team);

        Assert.Equal(hasPca, rows.Any(row => row.Name == "PCA-2"));
        double[] mean = [.. Enumerable.Range(0, side * side).Select(pixel => Enumerable.Range(0, 3).Average(image => (double)levels[image * side * side + pixel]))];
        double error = levels.Select((level, i) => (level - mean[i % (side * side)]) * (level - mean[i % (side * side)])).Average() / (255.0 * 255);
        Assert.Equal(error, rows.Single(row => row.Name == "mean image").Mse, 1e-12);
        Assert.Equal(error, Baselines.MeanImageError(reader, team), 1e-12);
    }

    [Fact]
    public void AnAutoencoderDecodesThePriorTooAndTwoLatentsNeedNoProjection()
    {
        ExperimentSettings settings = SmallData.Ae();
        Splits splits = SmallData.Splits();
        var trainer = new Trainer(settings with { Model = settings.Model with { LatentDim = 2 } }, splits with { Test = splits.Test with { Labels = default } }, team);
        Assert.Equal(3, trainer.Run(CancellationToken.None).Count());

        FinalEvaluation final = trainer.Finish(CancellationToken.None);

        Assert.Equal(100 * 12, final.Samples.Pixels.Length);
        Assert.Null(final.LatentDeviations);
        Assert.Null(final.KlPerDim);
        Assert.Null(final.LatentProjectionVariance);
        Assert.Equal(final.LatentCodes.Cast<float>(), final.LatentProjection.Cast<float>());
        Assert.DoesNotContain(final.Metrics, m => m.Name == "knn_accuracy");
        Assert.Equal(splits.Test.Pixels.Span[..12].ToArray(), final.Originals.Pixels.Take(12));
    }

    [Theory]
    [InlineData(1, 1f)]
    [InlineData(2, 1f)]
    [InlineData(784, 1f)]
    [InlineData(2, 1e20f)]      // products overflow floats
    [InlineData(2, 1e-22f)]     // and underflow
    [InlineData(3, 1e-30f)]
    public void TheNearestAreThoseOfDistancesInDouble(int columns, float spread)
    {
        // A crowd thirty times its spread from the origin: products of floats alone would mistake one neighbour in several hundred.
        Matrix references = Crowd(1_536, 1), queries = Crowd(100, 2);
        new NearestSearch(references).ForEach(queries, 10, (query, nearest) => Assert.Equal(Nearest(references, queries, query), Enumerable.Range(0, 10).Select(nearest.Distance)), team, CancellationToken.None);

        Matrix Crowd(int rows, uint step)
        {
            var codes = new Matrix(rows, columns);
            new RandomStream(1, "crowd").FillNormal(codes, firstRow: 0, rows, step, epoch: 0, firstElement: 0, team);
            for (int row = 0; row < rows; row++)
            {
                foreach (ref float x in codes.Row(row)) x = (x + 30) * spread;
            }

            return codes;
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(1)]         // all are one point
    [InlineData(2, 1e-23f)] // products underflow
    public void OfEqualDistancesTheFirstReferencesAreTaken(int levels, float spacing = 1)
    {
        Matrix references = Lattice(1_000, "references", 0, levels), queries = Lattice(50, "queries", 0, levels);
        foreach (Matrix points in (Matrix[])[references, queries])
        {
            for (int row = 0; row < points.Rows; row++)
            {
                foreach (ref float x in points.Row(row)) x *= spacing;
            }
        }

        new NearestSearch(references).ForEach(queries, 10, (query, nearest) => Assert.Equal(
            [.. Enumerable.Range(0, 1_000).OrderBy(row => Enumerable.Range(0, 3).Sum(j => ((double)references[row, j] - queries[query, j]) * ((double)references[row, j] - queries[query, j]))).Take(10)],
            Enumerable.Range(0, 10).Select(nearest.Reference)), team, CancellationToken.None);
    }

    [Fact]
    public void WhatIsNotANumberHasNoNeighboursAndHidesNobody()
    {
        Matrix references = Lattice(40, "references", 0), queries = Lattice(3, "queries", 0);
        references[17, 1] = float.NaN;
        references[30, 0] = float.PositiveInfinity;
        queries[1, 2] = float.NaN;
        List<double[]> found = [];
        new NearestSearch(references).ForEach(queries, 3, (_, nearest) => found.Add([.. Enumerable.Range(0, 3).Select(nearest.Distance)]), team, CancellationToken.None);

        Assert.Equal(Nearest(references, queries, 0)[..3], found[0]);
        Assert.All(found[1], distance => Assert.Equal(double.PositiveInfinity, distance));
        Assert.Equal(Nearest(references, queries, 2)[..3], found[2]);
    }

    /// <summary>The ten least distances, computed one by one.</summary>
    static double[] Nearest(Matrix references, Matrix queries, int query) =>
    [
        .. Enumerable.Range(0, references.Rows)
            .Select(row => references.Row(row).ToArray().Zip(queries.Row(query).ToArray(), (r, q) => ((double)r - q) * ((double)r - q)).Aggregate(0.0, (sum, square) => sum + square))
            .Where(double.IsFinite).Order().Take(10),
    ];

    static Matrix Lattice(int rows, string name, int origin, int levels = 12)
    {
        var codes = new Matrix(rows, 3);
        for (int row = 0; row < rows; row++)
        {
            new RandomStream(5, name).FillUniform(codes.Row(row), step: (uint)row, epoch: 0);
            foreach (ref float x in codes.Row(row)) x = origin + (float)Math.Floor(x * levels);
        }

        return codes;
    }

    static Matrix Codes(params float[][] rows)
    {
        var codes = new Matrix(rows.Length, rows[0].Length);
        for (int row = 0; row < rows.Length; row++) rows[row].CopyTo(codes.Row(row));
        return codes;
    }

    static Func<double, double, bool> Within(double tolerance) => (expected, found) => Math.Abs(expected - found) <= tolerance;

    sealed class Recorder(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
