using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Data.Catalogue;
using AeVae.Models;
using AeVae.Models.Evaluation;
using AeVae.Tests.Data;

namespace AeVae.Tests.Models;

/// <summary>The yardsticks of the real data, when they are in the data folder; expected values come from the raw files through another program.</summary>
public class PublishedBaselineTests
{
    [SkippableTheory]
    [InlineData("mnist", 45.5345, 205.8047, new[] { 52.8965, 43.6449, 26.7139, 18.4539, 13.1933, 9.0042 })]
    [InlineData("fashion-mnist", 189.8583, 385.0176, new[] { 67.9267, 36.1394, 19.0916, 14.6645, 11.8717, 9.3961 })]
    public void TheBaselinesAreThoseOfTheRawFiles(string name, double floor, double meanImage, double[] squaredErrors)
    {
        DatasetInfo dataset = DatasetCatalogue.Find(name)!;
        DataFolder folder = PublishedData.Folder();
        Skip.IfNot(folder.Has(dataset), $"{name} is not in {folder.Path}; `runner data fetch {name}` brings it");
        Splits splits = new SplitLoader(folder).Load(new() { Dataset = name, Validation = ValidationSource.Test });
        using var team = new ThreadTeam(Environment.ProcessorCount);

        IReadOnlyList<Baseline> rows = Baselines.Measure([BatchReader.ForTraining(splits, Binarization.None, 0)], BatchReader.ForTest(splits, Binarization.None, 0), latentDim: 2, team);

        Assert.Equal(["mean image", "PCA-2", "PCA-10", "PCA-20", "PCA-32", "PCA-50", "grey-level floor"], rows.Select(row => row.Name));
        Assert.Equal(squaredErrors, rows.SkipLast(1).Select(row => row.Mse * splits.Test.PixelsPerImage), (expected, found) => Math.Abs(expected - found) < 2e-4);
        Assert.Equal(meanImage, rows[0].Bce!.Value, 1e-4);
        Assert.Equal(floor, rows[^1].Bce!.Value, 1e-4);
    }

    /// <summary>What the definition of <c>sample_coverage</c> says that blurred images reach; expected values come from the raw files through another program.</summary>
    [SkippableFact]
    public void ClassMeansAndTheMeanImageCoverManyTestImages()
    {
        DatasetInfo mnist = DatasetCatalogue.Find("mnist")!;
        DataFolder folder = PublishedData.Folder();
        Skip.IfNot(folder.Has(mnist), $"mnist is not in {folder.Path}; `runner data fetch mnist` brings it");
        Splits splits = new SplitLoader(folder).Load(new() { Dataset = "mnist", Validation = ValidationSource.Test });
        using var team = new ThreadTeam(Environment.ProcessorCount);
        int pixels = splits.Test.PixelsPerImage;
        Matrix images = new(1000, pixels), classes = new(10, pixels), mean = new(1, pixels);
        BatchReader.ForTest(splits, Binarization.None, 0).FillRange(images, 0, images.Rows, epoch: 1, team);
        double[][] sums = [.. Enumerable.Range(0, 10).Select(_ => new double[pixels])];
        int[] counts = new int[10];
        for (int image = 0; image < splits.Train.Count; image++)
        {
            int label = splits.Train.Labels.Span[image];
            counts[label]++;
            for (int j = 0; j < pixels; j++) sums[label][j] += splits.Train.Pixels.Span[image * pixels + j] / 255.0;
        }

        for (int j = 0; j < pixels; j++)
        {
            for (int label = 0; label < 10; label++) classes[label, j] = (float)(sums[label][j] / counts[label]);
            mean[0, j] = (float)(sums.Sum(sum => sum[j]) / splits.Train.Count);
        }

        Assert.Equal(0.675, DecodedImages.Coverage(images, classes, team, default), 1e-9);
        Assert.Equal(0.282, DecodedImages.Coverage(images, mean, team, default), 1e-9);
    }
}
