using System.Buffers.Binary;

namespace AeVae.Reports.Drawing;

/// <summary>The parts that a PNG file is made of.</summary>
/// <remarks>W3C, Portable Network Graphics (Third Edition), 5.3.</remarks>
static class PngChunk
{
    const int TypeLength = 4, CrcLength = 4;
    const double MetresPerInch = 0.0254;

    static readonly uint[] CrcOfByte = [.. Enumerable.Range(0, 256).Select(b => CrcOf((uint)b))];

    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Colour types.</summary>
    public const byte Grey = 0, TrueColour = 2;

    /// <summary>The chunks of a file, in order.</summary>
    public static IEnumerable<(string Type, ReadOnlyMemory<byte> Data)> Read(ReadOnlyMemory<byte> png)
    {
        for (int at = Signature.Length; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.Span[at..]);
            at += sizeof(int);
            yield return (System.Text.Encoding.ASCII.GetString(png.Span.Slice(at, TypeLength)), png.Slice(at + TypeLength, length));
            at += TypeLength + length + CrcLength;
        }
    }

    /// <summary>The file of an image of 8 bits per sample.</summary>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colourType"><see cref="Grey"/> or <see cref="TrueColour"/>.</param>
    /// <param name="rows">The rows, each after the number of its filter, as a zlib stream.</param>
    /// <param name="pixelsPerInch">How large it is printed and pasted; null: not said.</param>
    public static byte[] File(int width, int height, byte colourType, ReadOnlySpan<byte> rows, double? pixelsPerInch = null)
    {
        using MemoryStream png = new();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = colourType;   // and the only compression, filter and interlace methods: 0
        Write(png, "IHDR"u8, header);
        if (pixelsPerInch is { } density)
        {
            Span<byte> size = stackalloc byte[9];
            int perMetre = (int)Math.Round(density / MetresPerInch);
            BinaryPrimitives.WriteInt32BigEndian(size, perMetre);
            BinaryPrimitives.WriteInt32BigEndian(size[4..], perMetre);
            size[8] = 1;   // the unit: metres
            Write(png, "pHYs"u8, size);
        }

        Write(png, "IDAT"u8, rows);
        Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Writes a chunk with its length and checksum.</summary>
    public static void Write(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
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
            crc = crc >> 8 ^ CrcOfByte[(byte)(crc ^ b)];
        return crc;
    }

    static uint CrcOf(uint crc)
    {
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        return crc;
    }
}
