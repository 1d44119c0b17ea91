using AeVae.Compute;
using AeVae.Data;

namespace AeVae.Models;

/// <summary>Images as bytes, for pictures.</summary>
/// <param name="Pixels">Images × height × width × channels bytes, row-major, 0 dark … 255 bright.</param>
/// <param name="Shape">Size of every image.</param>
public sealed record ByteImages(byte[] Pixels, ImageShape Shape)
{
    /// <summary>Number of images.</summary>
    public int Count => Pixels.Length / Shape.Values;

    /// <summary>Rows of values, clipped to 0 … 1 and rounded to 0 … 255.</summary>
    /// <param name="values">(images × values).</param>
    /// <param name="shape">Size of every image.</param>
    internal static ByteImages Of(Matrix values, ImageShape shape)
    {
        byte[] bytes = new byte[values.Rows * shape.Values];
        for (int row = 0; row < values.Rows; row++)
        {
            Span<float> from = values.Row(row);
            Span<byte> to = bytes.AsSpan(row * shape.Values, shape.Values);
            for (int i = 0; i < to.Length; i++) to[i] = (byte)(Math.Min(Math.Max(from[i], 0f), 1f) * byte.MaxValue + 0.5f);
        }

        return new(bytes, shape);
    }
}
