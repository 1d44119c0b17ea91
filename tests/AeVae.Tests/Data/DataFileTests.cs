using AeVae.Data;

namespace AeVae.Tests.Data;

public sealed class DataFileTests : IDisposable
{
    const string Name = "train-images-idx3-ubyte";

    readonly TinyDataset _tiny = new TinyDataset().WithAllFiles();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void AnUntouchedFileIsTheSame()
    {
        DataFile read = Read();
        Assert.Same(read, read.Again());
    }

    [Fact]
    public void AFileThatWasWrittenAgainWithItsBytesHasTheSameDigest()
    {
        DataFile read = Read();
        Write(TinyDataset.Published[Name]);
        Assert.Equal((read.Sha256, read.Bytes), (read.Again()!.Sha256, read.Again()!.Bytes));
    }

    [Fact]
    public void ACompressedFileIsDigestedUncompressed()
    {
        DataFile read = Read();
        Write(TinyDataset.Gzip(TinyDataset.Published[Name]));
        Assert.Equal((read.Sha256, read.Bytes), (read.Again()!.Sha256, read.Again()!.Bytes));
    }

    [Fact]
    public void OneOtherByteIsSeen()
    {
        DataFile read = Read();
        byte[] bytes = [.. TinyDataset.Published[Name]];
        bytes[^1]++;
        Write(bytes);
        Assert.NotEqual(read.Sha256, read.Again()!.Sha256);
    }

    [SkippableFact]
    public void ALinkIsWhatItLeadsTo()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets few users make links");
        string target = Path + ".elsewhere";
        File.Move(Path, target);
        File.CreateSymbolicLink(Path, target);
        DataFile read = Read();
        Assert.Same(read, read.Again());
        File.WriteAllBytes(target, [.. TinyDataset.Published[Name], 0]);
        Assert.NotEqual(read.Sha256, read.Again()!.Sha256);
    }

    [Fact]
    public void AFileThatIsGoneIsNull()
    {
        DataFile read = Read();
        File.Delete(Path);
        Assert.Null(read.Again());
        Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
        Assert.Null(read.Again());
    }

    [Fact]
    public void GeneratedImagesAlwaysStay()
    {
        DataFile generated = new("synthetic", "33dd", 4);
        Assert.Same(generated, generated.Again());
    }

    string Path => _tiny.Folder.PathOf(_tiny.Info, Name);

    DataFile Read() => _tiny.Load().Files.Single(file => file.Name == Name);

    void Write(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        File.SetLastWriteTimeUtc(Path, DateTime.UtcNow.AddSeconds(5));   // a file system's clock may tick once in two seconds
    }
}
