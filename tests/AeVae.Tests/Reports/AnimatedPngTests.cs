using System.Buffers.Binary;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Reports;

/// <summary>An animation as the standard lays it out: W3C, Portable Network Graphics (Third Edition), 11.3.6.</summary>
public sealed class AnimatedPngTests
{
    static readonly byte[] First = StoredPng.Encode(new RasterImage([0, 255, 128, 7], 2, 2)), Second = StoredPng.Encode(new RasterImage([9], 1, 1));

    [Fact]
    public void FramesAreNumberedThroughAndOnlyTheFirstIsAnOrdinaryPicture()
    {
        (string Type, byte[] Data)[] chunks = [.. PngChunk.Read(Join()).Select(chunk => (chunk.Type, chunk.Data.ToArray()))];

        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal([2, 0], Words(chunks[1].Data));                                  // frames; plays for ever
        Assert.Equal([0, 2, 2, 0, 0], Words(chunks[2].Data[..20]));                   // number, size, offset
        Assert.Equal([1, 1, 1, 1, 0], Words(chunks[4].Data[..20]));
        Assert.Equal([0, 250, 0x03, 0xE8, 0, 0], chunks[4].Data[20..]);               // 250/1000 s
        Assert.Equal([2], Words(chunks[5].Data[..4]));
        Assert.Equal(Part(Second, "IDAT"), chunks[5].Data[4..]);
        Assert.Equal(Part(First, "IDAT"), chunks[3].Data);
    }

    static byte[] Join() => AnimatedPng.Join([new PngFrame(First, 0, 0, 100), new PngFrame(Second, 1, 0, 250)]);

    static byte[] Part(byte[] png, string type) => PngChunk.Read(png).Single(chunk => chunk.Type == type).Data.ToArray();

    static int[] Words(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * i)))];
}
