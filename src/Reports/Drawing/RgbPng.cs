using System.IO.Compression;

namespace AeVae.Reports.Drawing;

/// <summary>Encodes images of 8 bits per colour as PNG, compressed.</summary>
/// <remarks>
/// W3C, Portable Network Graphics (Third Edition). Rows are not filtered: figures are flat areas and repeated letters, of which the compressor finds more
/// in the colours themselves than in their differences.
/// </remarks>
static class RgbPng
{
    const int BytesPerPixel = 3;

    public static byte[] Encode(RgbImage image, double? pixelsPerInch = null) => PngChunk.File(image.Width, image.Height, PngChunk.TrueColour, Compressed(image), pixelsPerInch);

    static ReadOnlySpan<byte> Compressed(RgbImage image)
    {
        MemoryStream data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] row = new byte[1 + image.Width * BytesPerPixel];   // begins with the number of its filter, 0: none
            for (int y = 0; y < image.Height; y++)
            {
                int at = 1;
                foreach (int rgb in image.Rgb.AsSpan(y * image.Width, image.Width))
                {
                    row[at++] = (byte)(rgb >> 16);
                    row[at++] = (byte)(rgb >> 8);
                    row[at++] = (byte)rgb;
                }

                zlib.Write(row);
            }
        }

        return data.GetBuffer().AsSpan(0, (int)data.Length);
    }
}
