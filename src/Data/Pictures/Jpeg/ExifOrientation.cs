using System.Buffers.Binary;

namespace AeVae.Data.Pictures.Jpeg;

/// <summary>Which way up a camera was held. Phones store what the sensor sees and say how to turn it.</summary>
/// <remarks>Exif 2.32, tag 0x0112. Where it cannot be read a picture is shown as it is stored, as viewers do.</remarks>
static class ExifOrientation
{
    /// <summary>The orientation of a picture that is stored as it is shown.</summary>
    public const int Upright = 1;

    const int DirectoryPointer = 4, EntryBytes = 12, Tag = 0x0112;

    /// <summary>The first bytes of the segment.</summary>
    public static ReadOnlySpan<byte> Signature => "Exif\0\0"u8;

    /// <summary>Finds the orientation.</summary>
    /// <param name="segment">The segment, with its signature.</param>
    /// <returns>1 … 8.</returns>
    public static int Read(ReadOnlySpan<byte> segment)
    {
        ReadOnlySpan<byte> tiff = segment[Signature.Length..];
        bool isLittleEndian = tiff.StartsWith("II"u8);
        if (Number(tiff, DirectoryPointer, 4, isLittleEndian) is not { } directory || Number(tiff, directory, 2, isLittleEndian) is not { } entries) return Upright;
        for (long entry = directory + 2; entry < directory + 2 + entries * EntryBytes; entry += EntryBytes)
            if (Number(tiff, entry, 2, isLittleEndian) == Tag)
                return Number(tiff, entry + 8, 2, isLittleEndian) is { } orientation and >= 1 and <= 8 ? (int)orientation : Upright;
        return Upright;
    }

    /// <summary>Turns and mirrors a picture so that it is upright.</summary>
    /// <param name="orientation">1 … 8.</param>
    /// <param name="stored">The picture as the file has it.</param>
    public static Picture Apply(int orientation, Picture stored)
    {
        if (orientation == Upright) return stored;
        bool swapsAxes = orientation >= 5, mirrorsAcross = orientation is 2 or 3 or 7 or 8, mirrorsDown = orientation is 3 or 4 or 6 or 7;
        (int width, int height) = swapsAxes ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        byte[] rgb = new byte[stored.Rgb.Length];
        for (int y = 0, to = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, to += Picture.Channels)
            {
                (int fromX, int fromY) = swapsAxes ? (y, x) : (x, y);
                if (mirrorsAcross) fromX = stored.Width - 1 - fromX;
                if (mirrorsDown) fromY = stored.Height - 1 - fromY;
                stored.Rgb.AsSpan((fromY * stored.Width + fromX) * Picture.Channels, Picture.Channels).CopyTo(rgb.AsSpan(to));
            }
        }

        return new(rgb, width, height);
    }

    static long? Number(ReadOnlySpan<byte> tiff, long offset, int bytes, bool isLittleEndian)
    {
        if (offset + bytes > tiff.Length) return null;
        ReadOnlySpan<byte> at = tiff[(int)offset..];
        if (bytes == 2) return isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);
        return isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
    }
}
