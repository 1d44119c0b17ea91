using AeVae.Data;
using AeVae.Data.Fetching;
using AeVae.Data.Images;

namespace AeVae.Tests.Data.Images;

public sealed class ImageFolderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // sha256 of each name by Python's hashlib, sorted; test images are those whose first eight digits are a multiple of 7.
    [Fact]
    public void WithoutSplitsOneImageInSevenIsForTestingAndAllComeInTheOrderOfTheirNamesHashes()
    {
        Put([.. Enumerable.Range(0, 30).Select(i => $"{i:00}.jpg")]);

        ImageFolder listed = List();

        Assert.Equal(["00", "25", "17", "28"], Stems(listed.Test));
        Assert.Equal(["05", "26", "19", "08", "03", "14", "16", "07", "11", "24", "20", "21", "06", "23", "22", "18", "12", "02", "04", "27", "01", "10", "29", "15", "13", "09"], Stems(listed.Train));
    }

    [Fact]
    public void AnImageThatIsAddedMovesNoOtherFromTrainingToTesting()
    {
        Put([.. Enumerable.Range(0, 30).Select(i => $"{i:00}.jpg")]);
        ImageFolder before = List();

        Put([.. Enumerable.Range(30, 30).Select(i => $"{i:00}.jpg")]);
        ImageFolder after = List();

        Assert.Equal(Stems(before.Train), Stems(after.Train).Intersect(Stems(before.Train)));
        Assert.Equal(Stems(before.Test), Stems(after.Test).Intersect(Stems(before.Test)));
    }

    [Fact]
    public void FoldersNamedTrainAndTestAreTheSplitsAndFoldersInThemTheClasses()
    {
        Put("train/dog/1.png", "train/cat/2.PNG", "train/cat/deep/3.jpeg", "test/cat/1.png", "test/ant/9.jpg");

        ImageFolder listed = List();

        Assert.Equal(["ant", "cat", "dog"], listed.ClassNames);
        Assert.Equal(["cat/2.PNG", "cat/deep/3.jpeg", "dog/1.png"], listed.Train.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["ant/9.jpg", "cat/1.png"], listed.Test.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(listed.Test, file => Assert.True(File.Exists(file.Path)));
    }

    [Fact]
    public void AnImageOutsideOfTheFoldersLeavesAllWithoutClasses()
    {
        Put("train/dog/1.png", "train/cat/2.png", "train/3.png", "test/cat/1.png");
        Assert.Empty(List().ClassNames);
        Assert.Equal(["its images have no classes: 3.png lies in no folder of a class"], List().Remarks);
    }

    [Fact]
    public void OneFolderIsNoClassAndMoreThanAByteTellsApartAreNone()
    {
        Put([.. Enumerable.Range(0, 30).Select(i => $"all/{i}.png")]);
        Assert.Empty(List().ClassNames);
        Put([.. Enumerable.Range(0, 255).Select(i => $"c{i}/0.png")]);
        Assert.Equal(256, List().ClassNames.Count);
        Put("another/0.png");
        Assert.Empty(List().ClassNames);
        Assert.Equal(["its images have no classes: there are 257 folders, and 256 classes at most"], List().Remarks);
    }

    [Fact]
    public void OtherFilesAndHiddenOnesAreLeftAlone()
    {
        Put("train/1.png", "train/2.png", "train/notes.txt", "train/.3.png", ".cache/4.png", "train/5.png.txt", "test/6.png", "Thumbs.db");
        Assert.Equal(2, List().Train.Count);
        Assert.Single(List().Test);
    }

    [SkippableFact]
    public void FoldersThatAreLinksAreLeftAloneAndFilesThatAreLinksAreNot()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege there");
        Put("train/a/1.png", "train/a/2.png", "test/a/3.png");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "train/a/again"), Path.Combine(folder.Path, "train"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "test/a/4.png"), Path.Combine(folder.Path, "test/a/3.png"));
        Assert.Equal((2, 2), (List().Train.Count, List().Test.Count));
        Assert.Equal(["1 of its folders is a link, and links to folders are not followed"], List().Remarks);
    }

    [Fact]
    public void FoldersMayBeDeep()
    {
        Put("train/1.png", $"train/{string.Join('/', Enumerable.Repeat("deep", 40))}/2.png", "test/3.png");
        Assert.Equal(2, List().Train.Count);
    }

    [Fact]
    public void NamesAreHashedAsUtf8() =>
        Assert.Equal("001c0a7aface380b082b3fa75e03705e816eae83de1af0012a854c42d21c9b75", ImageFile.Of("", "\u00e9.png").Place);

    [Fact]
    public void AFolderThatIsNotThereIsSaid() =>
        Assert.EndsWith("/none: there is no such folder. 'data.path' is a folder below the data folder, or an absolute path.", Assert.Throws<DataException>(() => ImageFolder.List(Path.Combine(folder.Path, "none"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("there is no .jpg, .jpeg, .png file in it or in a folder of it.", "a.txt")]
    [InlineData("it has 1 training and 1 test images; there must be 2 and 1 at least. Add images, or choose the splits by folders 'train' and 'test'.", "train/1.png", "test/1.png")]
    [InlineData("the names 'train' and 'test' are those of the splits, and only one of them has images. Have both, or rename it, and one image in seven is for testing.", "train/1.png", "train/2.png", "valid/1.png")]
    [InlineData("splits are folders named 'train' and 'test', in lower case, and there is 'Test'. Rename it.", "train/1.png", "train/2.png", "Test/1.png")]
    [InlineData("beside 'train' and 'test' there are images elsewhere, such as valid/1.png. Move them into one of the two; validation images are taken from 'train'.", "train/1.png", "train/2.png", "test/1.png", "valid/1.png")]
    public void AFolderWithoutTwoSplitsIsRefused(string message, params string[] names)
    {
        Put(names);
        Assert.Equal($"{folder.Path}: {message}", Assert.Throws<DataException>(List).Message);
    }

    ImageFolder List() => ImageFolder.List(folder.Path);

    static string[] Stems(IEnumerable<ImageFile> files) => [.. files.Select(file => Path.GetFileNameWithoutExtension(file.Name))];

    void Put(params string[] names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, []);
        }
    }
}
