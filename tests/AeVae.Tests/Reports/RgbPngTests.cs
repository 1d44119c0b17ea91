using System.Buffers.Binary;
using System.IO.Compression;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Reports;

public sealed class RgbPngTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(500, 300)]
    public void TheFrameworksDecompressorFindsTheRowsOfColours(int width, int height)
    {
        int[] rgb = [.. Enumerable.Range(0, width * height).Select(i => i * 0x10203 & 0xffffff)];
        byte[] png = RgbPng.Encode(new RgbImage(rgb, width, height));
        Dictionary<string, byte[]> chunks = PngChunk.Read(png).ToDictionary(chunk => chunk.Type, chunk => chunk.Data.ToArray());
        using ZLibStream zlib = new(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using MemoryStream rows = new();
        zlib.CopyTo(rows);

        Assert.Equal((width, height), (BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]), BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4))));
        Assert.Equal("0802000000", Convert.ToHexString(chunks["IHDR"].AsSpan(8)));   // 8 bits, true colour
        Assert.Equal(rgb.Chunk(width).SelectMany(row => row.SelectMany(colour => new[] { (byte)(colour >> 16), (byte)(colour >> 8), (byte)colour }).Prepend((byte)0)), rows.ToArray());
        Assert.DoesNotContain("pHYs", chunks.Keys);
        Assert.Equal("00001D8700001D8701", Convert.ToHexString(PngChunk.Read(RgbPng.Encode(new RgbImage(rgb, width, height), pixelsPerInch: 192)).Single(chunk => chunk.Type == "pHYs").Data.Span));   // 7,559 pixels per metre
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(png[^12..]));   // the end and its checksum are the same in every PNG
    }
}
