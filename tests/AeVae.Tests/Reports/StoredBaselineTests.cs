using AeVae.Reports.Runs;

namespace AeVae.Tests.Reports;

public sealed class StoredBaselineTests
{
    static readonly StoredBaseline GreyFloor = new("grey-level floor", Mse: 0, Bce: 45.5), BinaryFloor = GreyFloor with { Bce = 0 }, Pca = new("PCA-2", Mse: 0.05, Bce: null);

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
