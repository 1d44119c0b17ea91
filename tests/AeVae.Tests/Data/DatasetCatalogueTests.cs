using AeVae.Data.Catalogue;

namespace AeVae.Tests.Data;

public class DatasetCatalogueTests
{
    [Fact]
    public void ListsTheDataSets()
    {
        Assert.Equal(["mnist", "fashion-mnist", "synthetic"], DatasetCatalogue.All.Select(dataset => dataset.Name));
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
            int pixels = dataset.Height * dataset.Width;
            // An IDX header has 16 bytes for images and 8 for labels.
            Assert.Equal([dataset.TrainImages * pixels + 16, dataset.TrainImages + 8, dataset.TestImages * pixels + 16, dataset.TestImages + 8], dataset.Files.Select(file => file.Bytes));
        }
    }
}
