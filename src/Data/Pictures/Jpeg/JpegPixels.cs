namespace AeVae.Data.Pictures.Jpeg;

/// <summary>Makes pixels of the coefficients of a JPEG picture.</summary>
static class JpegPixels
{
    const int FractionBits = 16, Half = 1 << FractionBits - 1;

    // ITU-T T.871: 1.402, 0.34414, 0.71414 and 1.772 with 16 fraction bits.
    const int RedOfCr = 91881, GreenOfCb = 22554, GreenOfCr = 46802, BlueOfCb = 116130;

    /// <summary>Transforms, scales and converts all components.</summary>
    /// <param name="frame">The picture, complete.</param>
    /// <param name="isRgb">Whether three components are red, green and blue and not Y, Cb and Cr.</param>
    public static Picture ToPicture(JpegFrame frame, bool isRgb)
    {
        byte[][] planes = Array.ConvertAll(frame.Components, ToSamples);
        byte[][] rows = Array.ConvertAll(planes, _ => new byte[frame.Width + 1]);   // twice a component's width may be one more
        int[] scratch = new int[frame.Width + 1];
        byte[] rgb = new byte[frame.Width * frame.Height * Picture.Channels];
        for (int y = 0; y < frame.Height; y++)
        {
            for (int i = 0; i < planes.Length; i++) ScaleRow(frame.Components[i], planes[i], y, scratch, rows[i]);
            Span<byte> target = rgb.AsSpan(y * frame.Width * Picture.Channels, frame.Width * Picture.Channels);
            if (rows.Length == 1) Interleave(rows[0], rows[0], rows[0], target);
            else if (isRgb) Interleave(rows[0], rows[1], rows[2], target);
            else ToRgb(rows[0], rows[1], rows[2], target);
        }

        return new(rgb, frame.Width, frame.Height);
    }

    static byte[] ToSamples(JpegComponent component)
    {
        int stride = component.BlocksAcross * JpegFrame.BlockSide;
        byte[] samples = new byte[component.Coefficients.Length];
        for (int y = 0; y < component.BlocksDown; y++)
            for (int x = 0; x < component.BlocksAcross; x++)
                InverseDct.Transform(component.Block(x, y), component.Quantization, samples.AsSpan((y * stride + x) * JpegFrame.BlockSide), stride);
        return samples;
    }

    /// <summary>A row of the picture: where a sample covers two pixels, each takes ¾ of it and ¼ of the pixel's other neighbour; otherwise samples are repeated.</summary>
    static void ScaleRow(JpegComponent component, byte[] samples, int y, int[] blended, byte[] row)
    {
        int stride = component.BlocksAcross * JpegFrame.BlockSide;
        ReadOnlySpan<byte> near = samples.AsSpan(y / component.PixelsDown * stride, component.Width);
        // libjpeg repeats where there are too few samples to blend.
        bool blendsAcross = component.PixelsAcross == 2 && component.PixelsDown <= 2 && component.Width > 2;
        bool blendsDown = component.PixelsDown == 2 && (blendsAcross || component.PixelsAcross == 1);
        if (!blendsAcross && !blendsDown)
        {
            for (int x = 0; x < component.Width * component.PixelsAcross && x < row.Length; x++) row[x] = near[x / component.PixelsAcross];
            return;
        }

        int other = Math.Clamp(y / component.PixelsDown + (y % 2 == 0 ? -1 : 1), 0, component.Height - 1);
        ReadOnlySpan<byte> far = samples.AsSpan(other * stride, component.Width);
        for (int x = 0; x < near.Length; x++) blended[x] = blendsDown ? 3 * near[x] + far[x] : near[x];
        if (!blendsAcross)
        {
            for (int x = 0; x < near.Length; x++) row[x] = (byte)(blended[x] + 1 + y % 2 >> 2);
            return;
        }

        // Ties are rounded up and down in turn.
        (int left, int right, int shift) = blendsDown ? (8, 7, 4) : (1, 2, 2);
        for (int x = 0; x < near.Length; x++)
        {
            row[2 * x] = (byte)(3 * blended[x] + blended[Math.Max(x - 1, 0)] + left >> shift);
            row[2 * x + 1] = (byte)(3 * blended[x] + blended[Math.Min(x + 1, near.Length - 1)] + right >> shift);
        }
    }

    static void Interleave(byte[] red, byte[] green, byte[] blue, Span<byte> target)
    {
        for (int x = 0; x < target.Length / Picture.Channels; x++)
            (target[3 * x], target[3 * x + 1], target[3 * x + 2]) = (red[x], green[x], blue[x]);
    }

    static void ToRgb(byte[] luma, byte[] blueness, byte[] redness, Span<byte> target)
    {
        for (int x = 0; x < target.Length / Picture.Channels; x++)
        {
            (int y, int cb, int cr) = (luma[x], blueness[x] - 128, redness[x] - 128);
            target[3 * x] = (byte)Math.Clamp(y + (RedOfCr * cr + Half >> FractionBits), 0, 255);
            target[3 * x + 1] = (byte)Math.Clamp(y + (Half - GreenOfCb * cb - GreenOfCr * cr >> FractionBits), 0, 255);
            target[3 * x + 2] = (byte)Math.Clamp(y + (BlueOfCb * cb + Half >> FractionBits), 0, 255);
        }
    }
}
