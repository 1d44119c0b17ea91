using AeVae.Data.Catalogue;

namespace AeVae.Tests.Data;

public class DatasetCatalogueTests
{
    [Fact]
    public void ListsTheDataSets()
    {
        Assert.Equal(["mnist", "fashion-mnist", "synthetic", "images"], DatasetCatalogue.All.Select(dataset => dataset.Name));
    }

    [Fact]
    public void FindsByExactName()
    {
        Assert.Equal(60_000, DatasetCatalogue.Find("mnist")!.TrainImages);
        Assert.Null(DatasetCatalogue.Find("MNIST"));
    }

    [Fact]
    public void TheSizesOfTheFilesFollowFromTheirImages()
    {
        foreach (DatasetInfo dataset in DatasetCatalogue.All.Where(dataset => dataset.Files.Count > 0))
        {
            int pixels = dataset.Shape!.Value.Values;
            // An IDX header has 16 bytes for images and 8 for labels.
            (int train, int test) = (dataset.TrainImages!.Value, dataset.TestImages!.Value);
            Assert.Equal([train * pixels + 16, train + 8, test * pixels + 16, test + 8], dataset.Files.Select(file => file.Bytes));
        }
    }
}
