using AeVae.Data;
using AeVae.Data.Catalogue;

namespace AeVae.Tests.Data;

public class DataVerifierTests
{
    [Fact]
    public void FindsPresentMissingChangedAndUnreadableFiles()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        File.Delete(tiny.Folder.PathOf(tiny.Info, "train-labels-idx1-ubyte"));
        tiny.Put("t10k-images-idx3-ubyte", [1, 2, 3]);
        tiny.Put("t10k-labels-idx1-ubyte", TinyDataset.Gzip(TinyDataset.Published["t10k-labels-idx1-ubyte"])[..^12]);

        IReadOnlyList<DataFileCheck> checks = DataVerifier.Verify(tiny.Info, tiny.Folder);

        Assert.Equal([DataFileState.Ok, DataFileState.Missing, DataFileState.Damaged, DataFileState.Damaged], checks.Select(check => check.State));
        // printf '\001\002\003' | sha256sum
        Assert.StartsWith("has SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81; the published file has ", checks[2].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void ACompressedFileCountsByItsContents()
    {
        using TinyDataset tiny = new TinyDataset().WithAllFiles();
        File.Delete(tiny.Folder.PathOf(tiny.Info, "train-labels-idx1-ubyte"));
        tiny.Put("train-labels-idx1-ubyte.gz", TinyDataset.Gzip(TinyDataset.Published["train-labels-idx1-ubyte"]));

        Assert.All(DataVerifier.Verify(tiny.Info, tiny.Folder), check => Assert.Equal(DataFileState.Ok, check.State));
        Assert.True(tiny.Folder.Has(tiny.Info));
    }

    [Fact]
    public void GeneratedImagesNeedNoFile()
    {
        DatasetInfo synthetic = DatasetCatalogue.Find("synthetic")!;

        Assert.Empty(DataVerifier.Verify(synthetic, new DataFolder("absent")));
        Assert.True(new DataFolder("absent").Has(synthetic));
    }
}
