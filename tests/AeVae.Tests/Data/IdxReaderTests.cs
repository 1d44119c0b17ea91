using AeVae.Data.Fetching;
using AeVae.Data.Idx;

namespace AeVae.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsDimensionsAndBytes()
    {
        IdxArray array = Read([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6], rank: 3);

        Assert.Equal([1, 2, 3], array.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 6], array.Values);
        Assert.Equal(22, array.File.Bytes);
        // printf '\0\0\010\003\0\0\0\001\0\0\0\002\0\0\0\003\001\002\003\004\005\006' | sha256sum
        Assert.Equal("5a7bd4d811500e2a12d2a9ae9c70ff80f272df926a4009fa56e07773001fcb0b", array.File.Sha256);
    }

    [Fact]
    public void ReadsACompressedFileWhateverItsNameAndHashesTheUncompressedBytes()
    {
        byte[] plain = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9];

        IdxArray compressed = Read(TinyDataset.Gzip(plain), rank: 1);

        Assert.Equal([7, 9], compressed.Values);
        Assert.Equal(Read(plain, rank: 1).File with { Stamp = null }, compressed.File with { Stamp = null });
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("3c21444f", "it starts with the bytes 3c 21; an IDX file starts with 00 00")]
    [InlineData("0000", "it is truncated: it ends after 2 bytes")]
    [InlineData("00000d0100000001", "its elements are 32-bit floats (type 0d); images and labels are unsigned bytes (type 08)")]
    [InlineData("0000080300000001", "it has 3 dimension(s); labels have 1")]
    [InlineData("000008010000", "it is truncated: it ends after 6 bytes, inside its header")]
    [InlineData("0000080100000002aa", "it is truncated: its header announces 2 bytes and only 1 follow")]
    [InlineData("0000080100000002aabbcc", "more bytes follow the 2 that its header announces")]
    [InlineData("0000080100000000", "its header announces 0 elements; every dimension is at least 1")]
    [InlineData("0000080180000000", "its header announces -2147483648 elements; every dimension is at least 1")]
    public void NamesTheDefect(string hexadecimal, string defect)
    {
        Assert.Equal(defect, Assert.Throws<InvalidDataException>(() => Read(Convert.FromHexString(hexadecimal), rank: 1)).Message);
    }

    [Fact]
    public void NamesAShortCompressedFile()
    {
        Assert.Equal("it is truncated: its header announces 2 bytes and only 1 follow", Assert.Throws<InvalidDataException>(() => Read(TinyDataset.Gzip([0, 0, 8, 1, 0, 0, 0, 2, 7]), rank: 1)).Message);
    }

    [Fact]
    public void NamesACutCompressedFile()
    {
        byte[] whole = TinyDataset.Gzip([0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4]);

        Assert.Throws<InvalidDataException>(() => Read(whole[..^10], rank: 1));
    }

    [Fact]
    public void DoesNotAskForTheGigabytesThatADamagedHeaderAnnounces()
    {
        byte[] header = [0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Read(header, rank: 3));
        Assert.Throws<InvalidDataException>(() => Read(TinyDataset.Gzip(header), rank: 3));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    IdxArray Read(byte[] bytes, int rank)
    {
        string path = Path.Combine(folder.Path, "file");
        File.WriteAllBytes(path, bytes);
        return IdxReader.Read(path, rank);
    }
}
