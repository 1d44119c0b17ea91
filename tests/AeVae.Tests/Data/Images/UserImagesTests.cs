using System.Security.Cryptography;
using AeVae.Data;
using AeVae.Data.Fetching;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Data.Images;

public sealed class UserImagesTests : IDisposable
{
    const int Side = 2;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PixelsLabelsAndDigestsAreThoseOfTheFiles()
    {
        Put("train/a/1.png", [1, 2, 3, 4]);
        Put("train/b/1.png", [5, 6, 7, 8]);
        Put("test/b/9.png", [9, 10, 11, 12]);

        Splits splits = Load();

        // By Python's hashlib, sha256("a/1.png") begins with 86 and sha256("b/1.png") with c7.
        Assert.Equal([1, 2, 3, 4], splits.Train.Pixels.ToArray());
        Assert.Equal([5, 6, 7, 8], splits.Validation.Pixels.ToArray());
        Assert.Equal([9, 10, 11, 12], splits.Test.Pixels.ToArray());
        Assert.Equal(["a", "b"], splits.ClassNames);
        Assert.Equal([0, 1, 1], [splits.Train.Labels.Span[0], splits.Validation.Labels.Span[0], splits.Test.Labels.Span[0]]);
        Assert.Equal(new ImageShape(Side, Side), splits.Train.Shape);
        Assert.Equal([("training images", Sha256([1, 2, 3, 4, 5, 6, 7, 8, 0, 1]), 10L), ("test images", Sha256([9, 10, 11, 12, 1]), 5L)], splits.Files.Select(file => (file.Name, file.Sha256, file.Bytes)));
    }

    [Fact]
    public void ColoursAreThreeValuesOfAPixel()
    {
        PutThree();
        Splits splits = Load(Channels.Rgb);
        Assert.Equal(new ImageShape(Side, Side, 3), splits.Train.Shape);
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], splits.Train.Pixels.ToArray());
    }

    [Fact]
    public void AFileIsDecodedOnceAndFoundByItsBytesWhateverItsNameAndTime()
    {
        PutThree();
        Load();
        string kept = Kept();
        byte[] former = File.ReadAllBytes(kept);

        // The pixels that are kept are used, which shows when they are others and right about themselves: head, three entries, three pictures of four values.
        byte[] other = [.. former];
        for (int i = 0; i < 3; i++)
        {
            other[20 + 3 * 64 + 4 * i] = (byte)(70 + i);
            SHA256.HashData(other.AsSpan(20 + 3 * 64 + 4 * i, 4)).CopyTo(other.AsSpan(20 + 64 * i + 32));
        }

        File.WriteAllBytes(kept, other);
        Assert.Equal([70, 71, 72], new[] { Load().Train, Load().Validation, Load().Test }.Select(images => images.Pixels.Span[0]));
        File.Move(Path.Combine(folder.Path, "own/test/b/9.png"), Path.Combine(folder.Path, "own/test/b/moved.png"));
        Assert.Equal([72, 10, 11, 12], Load().Test.Pixels.ToArray());

        // Equal length and time, other bytes: reproducible archives are so.
        string path = Path.Combine(folder.Path, "own/test/b/moved.png");
        DateTime time = File.GetLastWriteTimeUtc(path);
        Put("test/b/moved.png", [20, 21, 22, 23]);
        File.SetLastWriteTimeUtc(path, time);
        Assert.Equal([20, 21, 22, 23], Load().Test.Pixels.ToArray());
    }

    [Fact]
    public void WhatIsKeptAndDamagedIsNotBelieved()
    {
        PutThree();
        Load();
        byte[] whole = File.ReadAllBytes(Kept());
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(Kept(), damaged);
            Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], All(Load()));
            File.WriteAllBytes(Kept(), whole[..at]);
            Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], All(Load()));
        }

        static byte[] All(Splits splits) => [.. splits.Train.Pixels.Span, .. splits.Validation.Pixels.Span, .. splits.Test.Pixels.Span];
    }

    [Fact]
    public void WhatWasDecodedIsKeptAlsoWhereAnotherFileIsNoPicture()
    {
        PutThree();
        PutBytes("train/a/broken.jpg", [1]);
        Assert.Throws<DataException>(() => Load());
        Assert.Equal(20 + 3 * (64 + 4), new FileInfo(Kept()).Length);
    }

    [Fact]
    public void WhatWasKeptStaysWhereAReadingDoesNotComeToItsEndAndGoesWhereItDoes()
    {
        PutThree();
        Load();
        long three = new FileInfo(Kept()).Length;
        string moved = Path.Combine(folder.Path, "moved.png"), train = Path.Combine(folder.Path, "own/train/a/1.png");
        File.Move(train, moved);
        Put("train/a/2.png", [30, 31, 32, 33]);
        PutBytes("train/a/broken.jpg", [1]);
        Assert.Throws<DataException>(() => Load());
        Assert.Equal(three + 64 + 4, new FileInfo(Kept()).Length);

        File.Delete(Path.Combine(folder.Path, "own/train/a/broken.jpg"));
        Put("train/a/3.png", [40, 41, 42, 43]);
        Load();
        Assert.Equal(three + 64 + 4, new FileInfo(Kept()).Length);   // 2 and 3 are there, and 1 no more
        File.Move(moved, train);
        Assert.Equal([1, 2, 3, 4], Load().Train.Pixels.ToArray().Chunk(4).Single(pixels => pixels[0] == 1));
    }

    [Fact]
    public void TestImagesThatAreTrainingImagesAreCounted()
    {
        PutThree();
        Assert.Empty(Load().Notes);
        Put("test/a/copy.png", [1, 2, 3, 4]);
        Assert.Equal(["1 of the 2 test images are the same files as training images: what the model reaches on them is no test"], Load().Notes);
    }

    [Fact]
    public void WhereNothingCanBeKeptImagesAreReadAllTheSame()
    {
        PutThree();
        File.WriteAllText(Path.Combine(folder.Path, ".prepared"), "");   // in the folder's place
        Assert.Equal([9, 10, 11, 12], Load().Test.Pixels.ToArray());
    }

    [Fact]
    public void AllImagesThatCannotBeReadAreTold()
    {
        PutThree();
        foreach (int i in Enumerable.Range(0, 7)) PutBytes($"train/a/broken{i}.jpg", i == 1 ? [] : "not an image"u8.ToArray());

        string message = Assert.Throws<DataException>(() => Load()).Message;

        Assert.StartsWith("own: 7 of its images cannot be read:\n", message, StringComparison.Ordinal);
        Assert.Contains("broken0.jpg is neither a JPEG nor a PNG file", message, StringComparison.Ordinal);
        Assert.Contains("broken1.jpg is empty, or no file", message, StringComparison.Ordinal);
        Assert.EndsWith("\n  and 2 more\nMend them, or move them out of the folder.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressIsToldAndReadingCanBeCancelled()
    {
        PutThree();
        using CancellationTokenSource cancellation = new();
        List<ReadProgress> told = [];
        Teller teller = new(told.Add);

        new SplitLoader(new DataFolder(folder.Path)).Load(Options(Channels.Grey), teller, cancellation.Token);
        Assert.Equal([new(0, 3), new(2, 3), new(3, 3)], told);

        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new SplitLoader(new DataFolder(folder.Path)).Load(Options(Channels.Rgb), teller, cancellation.Token));
    }

    [Fact]
    public void OneLoaderTellsSizesAndFoldersApart()
    {
        PutThree();
        SplitLoader loader = new(new DataFolder(folder.Path));
        Splits small = loader.Load(Options(Channels.Grey)), large = loader.Load(Options(Channels.Grey) with { Size = 4 });
        Assert.Equal((4, 16), (small.Train.PixelsPerImage, large.Train.PixelsPerImage));
        Assert.Equal(large.Files, loader.Load(Options(Channels.Grey) with { Size = 4, Path = Path.Combine(folder.Path, "own") }).Files);
    }

    string Kept() => Assert.Single(Directory.GetFiles(Path.Combine(folder.Path, ".prepared")));

    Splits Load(Channels channels = Channels.Grey) => new SplitLoader(new DataFolder(folder.Path)).Load(Options(channels));

    static DataOptions Options(Channels channels) => new() { Dataset = "images", Path = "own", Size = Side, Channels = channels };

    void PutThree()
    {
        Put("train/a/1.png", [1, 2, 3, 4]);
        Put("train/b/1.png", [5, 6, 7, 8]);
        Put("test/b/9.png", [9, 10, 11, 12]);
    }

    void Put(string name, byte[] levels) => PutBytes(name, StoredPng.Encode(new RasterImage(levels, Side, Side)));

    void PutBytes(string name, byte[] file)
    {
        string path = Path.Combine(folder.Path, "own", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
    }

    static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    sealed class Teller(Action<ReadProgress> tell) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => tell(value);
    }
}
