using AeVae.Reports.Runs;

namespace AeVae.Tests.Reports;

public sealed class StoredBaselineTests
{
    static readonly StoredBaseline GreyFloor = new("grey-level floor", Mse: 0, Bce: 45.5), BinaryFloor = GreyFloor with { Bce = 0 }, Pca = new("PCA-2", Mse: 0.05, Bce: null);

    [Fact]
    public void ThatPcaIsNotMeasuredOfLargeImagesIsSaidWhereThatIsWhy()
    {
        StoredBaseline mean = new("mean image", 0.067, 205);

        Assert.StartsWith("PCA is not measured where an image has more than 4,096 values. The mean image is fitted to", StoredBaseline.Explain([mean]), StringComparison.Ordinal);
        Assert.StartsWith("The mean image and PCA are left out: the images that they were fitted to are not the same in all runs. The grey-level floor", StoredBaseline.Explain([GreyFloor], "mean image", "PCA-2"), StringComparison.Ordinal);
        Assert.StartsWith("PCA-k is the best linear model with k latents. It and the mean image are fitted to", StoredBaseline.Explain([Pca, mean]), StringComparison.Ordinal);
    }

    [Fact]
    public void TheFloorIsExplainedAsTheImagesAre()
    {
        Assert.EndsWith("since pixels are not all 0 or 1.", StoredBaseline.Explain([Pca, GreyFloor]), StringComparison.Ordinal);
        Assert.EndsWith("since pixels are not all 0 or 1.", StoredBaseline.Explain([BinaryFloor, GreyFloor]), StringComparison.Ordinal);
        Assert.EndsWith("The grey-level floor is 0, since all pixels are 0 or 1.", StoredBaseline.Explain([Pca, BinaryFloor]), StringComparison.Ordinal);
        Assert.DoesNotContain("floor", StoredBaseline.Explain([Pca]), StringComparison.Ordinal);
    }

    [Fact]
    public void AFloorOfZeroIsNoLineOfAChart()
    {
        Assert.Equal(["grey-level floor"], StoredBaseline.Lines([Pca, GreyFloor], "bce").Select(line => line.Name));
        Assert.Empty(StoredBaseline.Lines([Pca, BinaryFloor], "bce"));
        Assert.Equal(["PCA-2"], StoredBaseline.Lines([Pca, BinaryFloor], "mse").Select(line => line.Name));
    }
}
