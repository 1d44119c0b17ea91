namespace AeVae.Data.Pictures.Jpeg;

/// <summary>The inverse cosine transform of 8 × 8 blocks in integers.</summary>
/// <remarks>Loeffler, Ligtenberg and Moschytz 1989 with 12 multiplications, scaled and rounded as libjpeg's default (jidctint.c).</remarks>
static class InverseDct
{
    const int ConstantBits = 13;

    // The first pass keeps two bits more; the √8 of each pass and the constants' bits go at the end of the second.
    const int FirstPassBits = 2, FirstShift = ConstantBits - FirstPassBits, SecondShift = ConstantBits + FirstPassBits + 3;

    const int F0_298631336 = 2446, F0_390180644 = 3196, F0_541196100 = 4433, F0_765366865 = 6270, F0_899976223 = 7373, F1_175875602 = 9633;
    const int F1_501321110 = 12299, F1_847759065 = 15137, F1_961570560 = 16069, F2_053119869 = 16819, F2_562915447 = 20995, F3_072711026 = 25172;

    /// <summary>Turns quantized coefficients into samples.</summary>
    /// <param name="coefficients">64 of them, row by row.</param>
    /// <param name="quantization">Their steps.</param>
    /// <param name="samples">Gets eight rows of eight samples, 0 … 255.</param>
    /// <param name="stride">Samples from a row to the next.</param>
    public static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        Span<int> block = stackalloc int[JpegFrame.BlockArea];
        for (int i = 0; i < block.Length; i++) block[i] = coefficients[i] * quantization[i];
        for (int column = 0; column < JpegFrame.BlockSide; column++) Pass(block[column..], JpegFrame.BlockSide, FirstShift);
        for (int row = 0; row < JpegFrame.BlockSide; row++)
        {
            Span<int> values = block.Slice(row * JpegFrame.BlockSide, JpegFrame.BlockSide);
            Pass(values, 1, SecondShift);
            for (int i = 0; i < JpegFrame.BlockSide; i++) samples[row * stride + i] = (byte)Math.Clamp(values[i] + 128, 0, 255);
        }
    }

    static void Pass(Span<int> v, int step, int shift)
    {
        int half = 1 << shift - 1;
        int z1 = (v[2 * step] + v[6 * step]) * F0_541196100;
        (int t2, int t3) = (z1 - v[6 * step] * F1_847759065, z1 + v[2 * step] * F0_765366865);
        (int t0, int t1) = ((v[0] + v[4 * step]) << ConstantBits, (v[0] - v[4 * step]) << ConstantBits);
        (int even0, int even1, int even2, int even3) = (t0 + t3 + half, t1 + t2 + half, t1 - t2 + half, t0 - t3 + half);

        (int o7, int o5, int o3, int o1) = (v[7 * step], v[5 * step], v[3 * step], v[step]);
        int z5 = (o7 + o3 + o5 + o1) * F1_175875602;
        int z3 = z5 - (o7 + o3) * F1_961570560, z4 = z5 - (o5 + o1) * F0_390180644;
        int outer = (o7 + o1) * F0_899976223, inner = (o5 + o3) * F2_562915447;
        int odd3 = o7 * F0_298631336 - outer + z3, odd2 = o5 * F2_053119869 - inner + z4;
        int odd1 = o3 * F3_072711026 - inner + z3, odd0 = o1 * F1_501321110 - outer + z4;

        (v[0], v[7 * step]) = ((even0 + odd0) >> shift, (even0 - odd0) >> shift);
        (v[step], v[6 * step]) = ((even1 + odd1) >> shift, (even1 - odd1) >> shift);
        (v[2 * step], v[5 * step]) = ((even2 + odd2) >> shift, (even2 - odd2) >> shift);
        (v[3 * step], v[4 * step]) = ((even3 + odd3) >> shift, (even3 - odd3) >> shift);
    }
}
