using System.Buffers.Binary;
using System.IO.Compression;
using AeVae.Data.Pictures;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Reports;

public sealed class StoredPngTests
{
    [Fact]
    public void ChunksHoldHeaderPixelsAndEndWithTheirChecksums()
    {
        byte[] png = StoredPng.Encode(new RasterImage([0, 128, 255, 1, 2, 3], 3, 2));

        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png[..8]));
        Assert.Equal("0000000D" + "49484452" + "00000003" + "00000002" + "0800000000", Convert.ToHexString(png[8..29]));

        // The end chunk and its checksum are the same in every PNG.
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));
    }

    [Fact]
    public void ColoursAreWrittenAsTrueColour()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6];
        byte[] png = StoredPng.Encode(new RasterImage(pixels, 1, 2, Channels: 3));

        Assert.Equal("00000001" + "00000002" + "0802000000", Convert.ToHexString(png[16..29]));
        Picture read = PictureReader.Read(png);
        Assert.Equal((1, 2), (read.Width, read.Height));
        Assert.Equal(pixels, read.Rgb);
        Assert.Equal(0x040506u, new RasterImage(pixels, 1, 2, Channels: 3).Rgb(0, 1));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(300, 400)]
    public void TheFrameworksDecompressorFindsTheRowsAndTheirChecksum(int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 7))];
        byte[] png = StoredPng.Encode(new RasterImage(pixels, width, height));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using ZLibStream zlib = new(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using MemoryStream rows = new();
        zlib.CopyTo(rows);

        Assert.Equal(pixels.Chunk(width).SelectMany(row => row.Prepend((byte)0)), rows.ToArray());
    }
}
