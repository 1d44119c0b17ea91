using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Data.Batches;

namespace AeVae.Models.Evaluation;

/// <summary>What trivial and linear models reach on the test images: the yardstick for an autoencoder.</summary>
static class Baselines
{
    static readonly int[] UsualAxes = [2, 10, 20, 32, 50];

    // Of an image with more values the products of every two take gigabytes, and minutes.
    const int MostValuesOfPca = 4096;

    // Of the variance: what is less is rounding.
    const double LeastShare = 1e-9;

    /// <param name="fit">Images the mean and the principal components are fitted to.</param>
    /// <param name="test">Images the errors are measured on.</param>
    /// <param name="latentDim">PCA with as many axes is among the rows, where an image has as many pixels; it has no more axes than the images span. Images of more than 4,096 values have no PCA.</param>
    /// <param name="team">Threads.</param>
    public static IReadOnlyList<Baseline> Measure(IReadOnlyList<BatchReader> fit, BatchReader test, int latentDim, ThreadTeam team) =>
        Measure(MomentsOf(fit, team), MomentsOf([test], team), latentDim, team);

    /// <summary>What the baselines of some images come from.</summary>
    public static ImageMoments MomentsOf(IReadOnlyList<BatchReader> images, ThreadTeam team) => ImageMoments.Of(images, withProducts: images[0].Images.PixelsPerImage <= MostValuesOfPca, team);

    /// <summary>The same from the moments of these images.</summary>
    public static IReadOnlyList<Baseline> Measure(ImageMoments fitted, ImageMoments tested, int latentDim, ThreadTeam team)
    {
        double[] mean = fitted.Mean();
        double total = tested.SquaresAbout(mean).Sum();
        List<Baseline> rows = [new("mean image", total / mean.Length, CrossEntropy(mean, tested.Mean()))];
        int[] counts = [.. UsualAxes.Append(latentDim).Where(k => k < mean.Length).Distinct().Order()];
        if (counts.Length > 0 && fitted.HasProducts)
        {
            double[][] errors = tested.SecondMomentsAbout(mean);
            PrincipalComponents pca = PrincipalComponents.Of(fitted.SecondMomentsAbout(mean), counts[^1], team);
            // Few images span few axes: along the others they do not vary, and any direction would be as good as another.
            double least = LeastShare * pca.TotalVariance;
            double[] explained = [.. pca.Axes.Zip(pca.Variances, (axis, variance) => variance > least ? QuadraticForm(errors, axis) : 0)];
            rows.AddRange(counts.Select(k => new Baseline($"PCA-{k}", (total - explained.Take(k).Sum()) / mean.Length, null)));
        }

        rows.Add(new("grey-level floor", 0, Entropy(tested.Histogram) / tested.Count));
        return rows;
    }

    /// <summary>Squared error per pixel of the mean of some images, on these: what a decoder reaches at best that ignores the code.</summary>
    public static double MeanImageError(BatchReader images, ThreadTeam team)
    {
        ImageMoments moments = ImageMoments.Of([images], withProducts: false, team);
        double[] mean = moments.Mean();
        return moments.SquaresAbout(mean).Sum() / mean.Length;
    }

    /// <summary>Nats per image of independent pixels with the given probabilities.</summary>
    static double CrossEntropy(double[] probabilities, double[] meanTarget)
    {
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = Math.Min(Math.Max(probabilities[i], LossKernels.LeastProbability), 1 - LossKernels.LeastProbability);
            sum -= meanTarget[i] * Elementary.Log(p) + (1 - meanTarget[i]) * Elementary.Log(1 - p);
        }

        return sum;
    }

    /// <summary>Nats that the grey levels themselves cost: the cross-entropy of a perfect reconstruction, over all pixels.</summary>
    static double Entropy(long[] histogram)
    {
        double sum = 0;
        for (int level = 1; level < histogram.Length - 1; level++)
        {
            double t = level / (double)(histogram.Length - 1);
            sum -= histogram[level] * (t * Elementary.Log(t) + (1 - t) * Elementary.Log(1 - t));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double QuadraticForm(double[][] matrix, double[] vector)
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            double row = 0;
            for (int j = 0; j < vector.Length; j++) row += matrix[i][j] * vector[j];
            sum += vector[i] * row;
        }

        return sum;
    }
}
