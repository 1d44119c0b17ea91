using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class WholeFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae-whole").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatCannotBeWrittenLeavesWhatWasThere()
    {
        string path = Path.Combine(_folder, "made", "report.md");
        WholeFile.Write(path, "before");

        Assert.Throws<IOException>(() => WholeFile.Write(path, file =>
        {
            file.WriteByte(0);
            throw new IOException("the disk is full");
        }));

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        WholeFile.Write(path, "after");
        Assert.Equal("after", File.ReadAllText(path));
    }

    [SkippableFact]
    public void ALinkStaysOneAndAFileKeepsItsMode()
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        if (OperatingSystem.IsWindows())
        {
            Skip.If(true, "links need privileges on Windows");
            return;
        }

        string path = Path.Combine(_folder, "mine.tex"), link = Path.Combine(_folder, "report.tex");
        File.WriteAllText(path, "before");
        File.SetUnixFileMode(path, mode);
        File.CreateSymbolicLink(link, path);

        WholeFile.Write(link, "after");

        Assert.Equal("after", File.ReadAllText(path));
        Assert.Equal(path, new FileInfo(link).LinkTarget);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }
}
