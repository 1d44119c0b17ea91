using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;

namespace AeVae.Models.Evaluation;

/// <summary>Pixels as bytes, for pictures.</summary>
[SuppressMessage("Performance", "CA1814", Justification = "The arrays are rectangular.")]
static class PixelBytes
{
    /// <summary>Rows of pixels, clipped to 0 … 1 and rounded to 0 … 255: (images × height × width).</summary>
    public static byte[,,] Of(Matrix values, int height, int width)
    {
        byte[,,] images = new byte[values.Rows, height, width];
        for (int row = 0; row < values.Rows; row++)
        {
            Span<float> pixels = values.Row(row);
            for (int i = 0; i < pixels.Length; i++)
                images[row, i / width, i % width] = (byte)(Math.Min(Math.Max(pixels[i], 0f), 1f) * byte.MaxValue + 0.5f);
        }

        return images;
    }
}
