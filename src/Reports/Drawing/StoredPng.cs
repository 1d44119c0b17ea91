using System.Buffers.Binary;

namespace AeVae.Reports.Drawing;

/// <summary>Encodes images as PNG without compression, so that a picture inside an SVG needs no library.</summary>
/// <remarks>
/// W3C, Portable Network Graphics (Third Edition); RFC 1950 and 1951. The pixels are stored without compression: what a compressor makes of them depends
/// on its version and on the processor, and the same image must give the same bytes everywhere.
/// </remarks>
static class StoredPng
{
    const int LargestBlock = 65_535;
    const uint AdlerModulus = 65_521;

    public static byte[] Encode(RasterImage image) => PngChunk.File(image.Width, image.Height, image.Channels == 1 ? PngChunk.Grey : PngChunk.TrueColour, Stored(image));

    /// <summary>The rows as a zlib stream of stored blocks.</summary>
    static byte[] Stored(RasterImage image)
    {
        byte[] rows = Filtered(image);
        using MemoryStream zlib = new();
        zlib.Write([0x78, 0x01]);   // deflate with a window of 32 KiB, no dictionary
        Span<byte> head = stackalloc byte[5];
        for (int start = 0; start < rows.Length; start += LargestBlock)
        {
            int length = Math.Min(LargestBlock, rows.Length - start);
            head[0] = start + length == rows.Length ? (byte)1 : (byte)0;   // the last block says so
            BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~length);
            zlib.Write(head);
            zlib.Write(rows, start, length);
        }

        BinaryPrimitives.WriteUInt32BigEndian(head, Adler(rows));
        zlib.Write(head[..4]);
        return zlib.ToArray();
    }

    /// <summary>Each row after the number of its filter, 0: none.</summary>
    static byte[] Filtered(RasterImage image)
    {
        int length = image.Width * image.Channels;
        byte[] rows = new byte[image.Height * (length + 1)];
        for (int row = 0; row < image.Height; row++)
            image.Pixels.AsSpan(row * length, length).CopyTo(rows.AsSpan(row * (length + 1) + 1));
        return rows;
    }

    static uint Adler(ReadOnlySpan<byte> data)
    {
        uint low = 1, high = 0;
        foreach (byte b in data)
        {
            low = (low + b) % AdlerModulus;
            high = (high + low) % AdlerModulus;
        }

        return high << 16 | low;
    }
}
