using AeVae.Data;

namespace AeVae.Tests.Data;

public class SplitLoaderTests
{
    [Fact]
    public void TakesValidationImagesFromTheEndOfTheTrainingSplit()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();

        Splits splits = tiny.Load(ValidationSource.FromTraining(2));

        Assert.Equal([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], splits.Train.Pixels.ToArray());
        Assert.Equal([120, 130, 140, 150, 160, 170, 180, 190], splits.Validation.Pixels.ToArray());
        Assert.Equal([0, 1, 2], splits.Train.Labels.ToArray());
        Assert.Equal([0, 1], splits.Validation.Labels.ToArray());
        Assert.Equal([2, 1], splits.Test.Labels.ToArray());
    }

    [Fact]
    public void TheTrainLimitAppliesAfterValidationWasTaken()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();

        Splits splits = tiny.Load(ValidationSource.FromTraining(2), trainLimit: 1);

        Assert.Equal([0, 10, 20, 30], splits.Train.Pixels.ToArray());
        Assert.Equal([0, 1], splits.Validation.Labels.ToArray());
    }

    [Fact]
    public void ATrainLimitAboveTheSizeUsesAllImages()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();

        Assert.Equal(3, tiny.Load(trainLimit: 99).Train.Count);
    }

    [Fact]
    public void ValidationOnTheTestSplitIsTheTestSplit()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();

        Splits splits = tiny.Load(ValidationSource.Test);

        Assert.Same(splits.Test, splits.Validation);
        Assert.Equal(5, splits.Train.Count);
    }

    [Fact]
    public void NamesEveryFileWithItsChecksum()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();

        Assert.Equal(tiny.Info.Files.Select(file => new DataFile(file.Name, file.Sha256, file.Bytes)), tiny.Load().Files.Select(file => file with { Stamp = null }));
    }

    [Fact]
    public void ReadsCompressedFilesWithAndWithoutTheirEnding()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        File.Delete(tiny.Folder.PathOf(tiny.Info, "train-images-idx3-ubyte"));
        tiny.Put("train-images-idx3-ubyte.gz", TinyDataset.Gzip(TinyDataset.Published["train-images-idx3-ubyte"]));
        tiny.Put("train-labels-idx1-ubyte", TinyDataset.Gzip(TinyDataset.Published["train-labels-idx1-ubyte"]));

        Splits splits = tiny.Load();

        Assert.Equal(3, splits.Train.Count);
        Assert.Equal(tiny.Info.Files.Select(file => (file.Name, file.Sha256)), splits.Files.Select(file => (file.Name, file.Sha256)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    public void RefusesAValidationSizeThatLeavesNothing(int images)
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();

        Assert.Equal(
            $"data.validation is {images}; tiny has 5 training images, so it is 1 to 4, or `test`.",
            Assert.Throws<DataException>(() => tiny.Load(ValidationSource.FromTraining(images))).Message);
    }

    [Fact]
    public void NamesTheKnownDataSetsWhenOneIsUnknown()
    {
        Assert.Equal(
            "data.dataset is 'mnits'; it is one of mnist, fashion-mnist, synthetic, images.",
            Assert.Throws<DataException>(() => new SplitLoader(new DataFolder(".")).Load(new DataOptions { Dataset = "mnits" })).Message);
    }

    [Fact]
    public void SaysHowToGetAMissingFile()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        File.Delete(tiny.Folder.PathOf(tiny.Info, "t10k-images-idx3-ubyte"));

        Assert.Equal($"{tiny.Folder.FolderOf(tiny.Info)}: no t10k-images-idx3-ubyte. Fetch the data set with `runner data fetch tiny`.", tiny.LoadFails());
    }

    [Fact]
    public void RefusesLabelsThatAreNotOneForEachImage()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        tiny.Put("train-labels-idx1-ubyte", TinyDataset.Idx([4], [0, 1, 2, 0]));

        Assert.Equal(
            $"{tiny.Folder.PathOf(tiny.Info, "train-labels-idx1-ubyte")}: it has 4 labels for the 5 images of train-images-idx3-ubyte. Replace it with `runner data fetch tiny`.",
            tiny.LoadFails());
    }

    [Fact]
    public void RefusesALabelOutsideTheClasses()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        tiny.Put("train-labels-idx1-ubyte", TinyDataset.Idx([5], [0, 1, 2, 3, 0]));

        Assert.Contains("label 3 is 3; labels of tiny are 0 to 2.", tiny.LoadFails(), StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesImagesOfAnotherSize()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        tiny.Put("t10k-images-idx3-ubyte", TinyDataset.Idx([2, 1, 4], new byte[8]));

        Assert.Contains("its images have 1 × 4 pixels; those of tiny have 2 × 2.", tiny.LoadFails(), StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAFileWithOtherBytesThanThePublishedOnes()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        tiny.Put("t10k-images-idx3-ubyte", TinyDataset.Idx([2, 2, 2], new byte[8]));

        Assert.Contains("its SHA-256 is ", tiny.LoadFails(), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesTheDamagedFileItsDefectAndTheRemedy()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        tiny.Put("train-images-idx3-ubyte", []);

        Assert.Equal($"{tiny.Folder.PathOf(tiny.Info, "train-images-idx3-ubyte")}: the file is empty. Replace it with `runner data fetch tiny`.", tiny.LoadFails());
    }
}
