using System.Buffers.Binary;
using System.IO.Compression;

namespace AeVae.Reports.Drawing;

/// <summary>Encodes 8-bit grey-level images as PNG, so that a picture inside an SVG needs no library.</summary>
/// <remarks>W3C, Portable Network Graphics (Third Edition).</remarks>
static class GreyPng
{
    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public static byte[] Encode(GreyImage image)
    {
        using MemoryStream png = new();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, Header(image));
        Chunk(png, "IDAT"u8, Compressed(image));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    static byte[] Header(GreyImage image)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;   // bits per sample; colour type 0 = grey, and the only compression, filter and interlace methods = 0
        return header;
    }

    static byte[] Compressed(GreyImage image)
    {
        using MemoryStream bytes = new();
        using (ZLibStream zlib = new(bytes, CompressionLevel.Optimal))
        {
            for (int row = 0; row < image.Height; row++)
            {
                zlib.WriteByte(0);   // filter type of the row: none
                zlib.Write(image.Pixels, row * image.Width, image.Width);
            }
        }

        return bytes.ToArray();
    }

    static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        png.Write(word);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(word);
    }

    static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }

        return crc;
    }
}
