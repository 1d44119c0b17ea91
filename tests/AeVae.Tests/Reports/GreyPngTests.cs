using System.Buffers.Binary;
using System.IO.Compression;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Reports;

public sealed class GreyPngTests
{
    [Fact]
    public void ChunksHoldHeaderPixelsAndEndWithTheirChecksums()
    {
        byte[] png = GreyPng.Encode(new GreyImage([0, 128, 255, 1, 2, 3], 3, 2));

        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png[..8]));
        Assert.Equal("0000000D" + "49484452" + "00000003" + "00000002" + "0800000000", Convert.ToHexString(png[8..29]));

        // The end chunk and its checksum are the same in every PNG.
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(300, 400)]
    public void TheFrameworksDecompressorFindsTheRowsAndTheirChecksum(int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 7))];
        byte[] png = GreyPng.Encode(new GreyImage(pixels, width, height));
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using ZLibStream zlib = new(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using MemoryStream rows = new();
        zlib.CopyTo(rows);

        Assert.Equal(pixels.Chunk(width).SelectMany(row => row.Prepend((byte)0)), rows.ToArray());
    }
}
