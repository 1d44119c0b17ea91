using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AeVae.Data.Pictures.Png;

/// <summary>Reads PNG files: every colour type and depth, interlaced or not.</summary>
/// <remarks>W3C, Portable Network Graphics (Third Edition). Of 16 bits per sample the upper 8 count; gamma and colour profiles are not applied.</remarks>
static class PngReader
{
    const int LengthBytes = sizeof(uint), TypeBytes = 4, CrcBytes = sizeof(uint), HeaderBytes = 13;

    // Clause 8.1: each pass takes the pixels (FirstX + i·StepX, FirstY + j·StepY).
    static readonly (int FirstX, int FirstY, int StepX, int StepY)[] Whole = [(0, 0, 1, 1)];
    static readonly (int FirstX, int FirstY, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    static readonly uint[] CrcOfByte = [.. Enumerable.Range(0, 256).Select(b => CrcOf((uint)b))];

    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Reads a whole file that starts with the signature.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static Picture Read(byte[] file)
    {
        PngFormat? format = null;
        ReadOnlyMemory<byte> palette = default, transparency = default;
        using var packed = new MemoryStream();
        for (int at = Signature.Length; ;)
        {
            (string type, ReadOnlyMemory<byte> data) = ReadChunk(file, ref at);
            if (format is null != (type == "IHDR")) throw new InvalidDataException("is damaged: a PNG file has one header, and that is its first chunk");
            switch (type)
            {
                case "IHDR": format = ReadHeader(data.Span); break;
                case "PLTE": palette = data; break;
                case "tRNS": transparency = data; break;
                case "IDAT": packed.Write(data.Span); break;
                case "IEND": return ReadPixels(packed, new PngColours(format!, palette.Span, transparency.Span));
                case var unknown when IsCritical(unknown): throw new InvalidDataException($"has a chunk {unknown}, which no PNG standard knows");
                default: break;   // times, texts and the like
            }
        }
    }

    static (string Type, ReadOnlyMemory<byte> Data) ReadChunk(byte[] file, ref int at)
    {
        ReadOnlySpan<byte> rest = file.AsSpan(at);
        if (rest.Length < LengthBytes + TypeBytes + CrcBytes) throw new InvalidDataException("ends in the middle of a PNG file: its last chunk is missing");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        string type = Encoding.Latin1.GetString(rest.Slice(LengthBytes, TypeBytes));
        if (!type.All(char.IsAsciiLetter)) throw new InvalidDataException("is damaged: something else stands where a chunk of the PNG file begins");
        if (length > rest.Length - LengthBytes - TypeBytes - CrcBytes) throw new InvalidDataException($"ends in the middle of its chunk {type}");
        ReadOnlySpan<byte> covered = rest.Slice(LengthBytes, TypeBytes + (int)length);
        if ((IsCritical(type) || type == "tRNS") && Crc(covered) != BinaryPrimitives.ReadUInt32BigEndian(rest[(LengthBytes + covered.Length)..]))
            throw new InvalidDataException($"is damaged: the checksum of its chunk {type} is wrong");
        ReadOnlyMemory<byte> data = file.AsMemory(at + LengthBytes + TypeBytes, (int)length);
        at += LengthBytes + TypeBytes + (int)length + CrcBytes;
        return (type, data);
    }

    // A reader that does not know such a chunk must give up.
    static bool IsCritical(string type) => char.IsAsciiLetterUpper(type[0]);

    static PngFormat ReadHeader(ReadOnlySpan<byte> data)
    {
        if (data.Length != HeaderBytes) throw new InvalidDataException($"is damaged: its PNG header has {data.Length} bytes, not {HeaderBytes}");
        (uint width, uint height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        Picture.CheckSize(width, height);
        (byte depth, byte colourType, byte interlace) = (data[8], data[9], data[12]);
        bool isKnown = colourType switch
        {
            PngFormat.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngFormat.Palette => depth is 1 or 2 or 4 or 8,
            PngFormat.Colour or PngFormat.GreyAlpha or PngFormat.ColourAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown) throw new InvalidDataException($"is damaged: there is no PNG of colour type {colourType} with {depth} bits per sample");
        if (data[10] != 0 || data[11] != 0 || interlace > 1) throw new InvalidDataException("is packed, filtered or interlaced in a way that no PNG standard knows");
        return new((int)width, (int)height, depth, colourType, interlace == 1);
    }

    static Picture ReadPixels(MemoryStream packed, PngColours colours)
    {
        PngFormat format = colours.Format;
        if ((long)format.Height * format.RowBytes(format.Width) > packed.Length * Deflate.LargestExpansion)
            throw new InvalidDataException($"announces {format.Width} × {format.Height} pixels, which its {packed.Length} packed bytes cannot hold");

        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        byte[] rgb = new byte[format.Width * format.Height * Picture.Channels];
        foreach ((int firstX, int firstY, int stepX, int stepY) in format.IsInterlaced ? Adam7 : Whole)
        {
            int width = (format.Width - firstX + stepX - 1) / stepX;
            if (width == 0) continue;   // such a pass has no rows
            int rowBytes = format.RowBytes(width);
            byte[] row = new byte[1 + rowBytes], above = new byte[1 + rowBytes];   // the number of its filter, then the samples
            for (int y = firstY; y < format.Height; y += stepY)
            {
                Unpack(rows, row);
                Unfilter(row[0], row.AsSpan(1), above.AsSpan(1), format.FilterDistance);
                for (int i = 0; i < width; i++)
                    colours.Write(row.AsSpan(1), i, rgb.AsSpan((y * format.Width + firstX + i * stepX) * Picture.Channels, Picture.Channels));
                (row, above) = (above, row);
            }
        }

        return new(rgb, format.Width, format.Height);
    }

    static void Unpack(ZLibStream rows, byte[] row)
    {
        try
        {
            if (rows.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length) return;
        }
        catch (Exception defect) when (defect is InvalidDataException or IOException)
        {
            throw new InvalidDataException("is damaged: its packed pixels cannot be unpacked", defect);
        }

        throw new InvalidDataException("is damaged: its packed pixels end too early");
    }

    // Clause 9.2: x is the byte itself, a the one to its left, b the one above, c the one above a.
    static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int distance)
    {
        if (filter > 4) throw new InvalidDataException($"is damaged: a row of pixels has the filter {filter}; PNG has 0 to 4");
        for (int x = 0; x < row.Length; x++)
        {
            (int a, int b, int c) = x < distance ? (0, above[x], 0) : (row[x - distance], above[x], above[x - distance]);
            row[x] += (byte)(filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => Paeth(a, b, c) });
        }
    }

    static int Paeth(int a, int b, int c)
    {
        (int pa, int pb, int pc) = (Math.Abs(b - c), Math.Abs(a - c), Math.Abs(a + b - 2 * c));
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data) crc = crc >> 8 ^ CrcOfByte[(byte)(crc ^ b)];
        return ~crc;
    }

    static uint CrcOf(uint crc)
    {
        for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        return crc;
    }
}
