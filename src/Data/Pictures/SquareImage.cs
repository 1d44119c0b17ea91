namespace AeVae.Data.Pictures;

/// <summary>Makes the small squares that models are trained on: the middle of a picture, scaled with a triangle filter that averages where it shrinks.</summary>
/// <remarks>Byte for byte what Pillow makes by crop, convert("L") and resize(…, BILINEAR); its Resample.c is the source of every rounding.</remarks>
static class SquareImage
{
    /// <summary>Fraction bits of a weight: the sum of the largest products stays below 2³¹.</summary>
    const int WeightBits = 22;

    /// <summary>Crops and scales.</summary>
    /// <param name="picture">Any size.</param>
    /// <param name="side">Pixels along an edge of the result, at least 1.</param>
    /// <param name="isColour">Whether red, green and blue stay; otherwise one grey level remains.</param>
    /// <param name="target">Gets side × side × (3 or 1) bytes.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public static void Fit(Picture picture, int side, bool isColour, Span<byte> target)
    {
        int channels = isColour ? Picture.Channels : 1;
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        if (target.Length != side * side * channels) throw new ArgumentException($"target has {target.Length} bytes; {side} × {side} × {channels} pixels need {side * side * channels}", nameof(target));
        int edge = Math.Min(picture.Width, picture.Height);
        (int left, int top) = ((picture.Width - edge) / 2, (picture.Height - edge) / 2);
        (int First, int[] Weights)[] taps = TapsOf(edge, side);
        byte[] row = new byte[edge * channels], narrow = new byte[edge * side * channels];   // (edge × side × channels)
        for (int y = 0; y < edge; y++)
        {
            ReadOnlySpan<byte> source = picture.Rgb.AsSpan(((top + y) * picture.Width + left) * Picture.Channels, edge * Picture.Channels);
            if (isColour) source.CopyTo(row);
            else ToGrey(source, row);
            for (int x = 0; x < side; x++)
                for (int channel = 0; channel < channels; channel++)
                    narrow[(y * side + x) * channels + channel] = WeightedMean(row.AsSpan(channel), channels, taps[x]);
        }

        int stride = side * channels;
        for (int y = 0; y < side; y++)
            for (int i = 0; i < stride; i++)
                target[y * stride + i] = WeightedMean(narrow.AsSpan(i), stride, taps[y]);
    }

    // ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B with 16 fraction bits, rounded.
    static void ToGrey(ReadOnlySpan<byte> rgb, Span<byte> grey)
    {
        for (int i = 0; i < grey.Length; i++)
            grey[i] = (byte)((19595 * rgb[3 * i] + 38470 * rgb[3 * i + 1] + 7471 * rgb[3 * i + 2] + 0x8000) >> 16);
    }

    /// <summary>The source pixels that each target pixel sees: the first of them, and the weights of it and its successors.</summary>
    static (int First, int[] Weights)[] TapsOf(int length, int targetLength)
    {
        double scale = (double)length / targetLength;
        double support = Math.Max(scale, 1);   // half the triangle's base, in source pixels
        var taps = new (int First, int[] Weights)[targetLength];
        for (int i = 0; i < targetLength; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max((int)(centre - support + 0.5), 0);
            int last = Math.Min((int)(centre + support + 0.5), length);
            double[] weights = new double[last - first];
            double sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] = Math.Max(1 - Math.Abs((k + first - centre + 0.5) * (1 / support)), 0);
                sum += weights[k];
            }

            taps[i] = (first, Array.ConvertAll(weights, weight => (int)(0.5 + weight / sum * (1 << WeightBits))));
        }

        return taps;
    }

    static byte WeightedMean(ReadOnlySpan<byte> values, int stride, (int First, int[] Weights) taps)
    {
        int sum = 1 << WeightBits - 1;
        for (int k = 0, at = taps.First * stride; k < taps.Weights.Length; k++, at += stride) sum += values[at] * taps.Weights[k];
        return (byte)Math.Clamp(sum >> WeightBits, 0, 255);
    }
}
