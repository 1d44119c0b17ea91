using AeVae.Compute;

namespace AeVae.Tests.Compute;

public class RandomStreamTests
{
    [Fact]
    public void PhiloxGivesTheKnownAnswersOfRandom123()
    {
        Assert.Equal(new UInt4(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8), Philox4x32.Block(default, 0));
        Assert.Equal(new UInt4(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd), Philox4x32.Block(new UInt4(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue), ulong.MaxValue));
        Assert.Equal(new UInt4(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1), Philox4x32.Block(new UInt4(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344), 0x299f31d0_a4093822));
    }

    [Fact]
    public void BitsAreTheBlocksOfTheNamedStream()
    {
        // SHA-256("abc") begins ba 78 16 bf.
        uint[] bits = new uint[6];
        new RandomStream(0x1234_5678_9abc_def0, "abc").FillBits(bits, step: 5, epoch: 7, firstElement: 6);
        UInt4 one = Philox4x32.Block(new UInt4(1, 5, 7, 0xbf1678ba), 0x1234_5678_9abc_def0), two = Philox4x32.Block(new UInt4(2, 5, 7, 0xbf1678ba), 0x1234_5678_9abc_def0);
        Assert.Equal([one.Z, one.W, two.X, two.Y, two.Z, two.W], bits);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 70)]
    [InlineData(31, 33)]
    [InlineData(66, 100)]
    public void FillingFromAnyElementGivesTheNumbersOfOneWholeFill(int first, int count)
    {
        RandomStream stream = new(42, "noise");
        float[] whole = new float[200], part = new float[count];
        stream.FillNormal(whole, 1, 2);
        stream.FillNormal(part, 1, 2, first);
        Assert.Equal(whole.AsSpan(first, count).ToArray(), part);
        stream.FillUniform(whole, 1, 2);
        stream.FillUniform(part, 1, 2, first);
        Assert.Equal(whole.AsSpan(first, count).ToArray(), part);
    }

    [Fact]
    public void EveryPathGivesTheSameNormals()
    {
        RandomStream stream = new(42, "noise");
        List<float[]> results = [];
        foreach (SimdPath path in Samples.Paths)
        {
            float[] normals = new float[1001];
            stream.FillNormal(normals, 3, 4, 5, path);
            results.Add(normals);
        }
        Assert.All(results, normals => Assert.Equal(results[0], normals));
    }

    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(7, 20, 1, 3)]
    [InlineData(7, 20, 5, 62)]
    [InlineData(300, 33, 3, 1)]
    public void RowsOfAMatrixHoldTheNumbersOfOneFillWithoutTouchingAnythingElse(int rows, int columns, int threads, int first)
    {
        using ThreadTeam team = new(threads);
        RandomStream stream = new(42, "noise");
        Matrix matrix = new(rows + 2, columns);
        float[] expected = new float[rows * columns];
        stream.FillNormal(expected, 1, 2, first);

        stream.FillNormal(matrix, firstRow: 1, rows, 1, 2, first, team);

        Assert.Equal(expected, Enumerable.Range(1, rows).SelectMany(row => matrix.Row(row).ToArray()));
        Assert.All(matrix.Row(0).ToArray().Concat(matrix.Row(rows + 1).ToArray()), x => Assert.Equal(0, x));
        Assert.True(Samples.PaddingIsZero(matrix));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.FillNormal(matrix, firstRow: 3, rows, 1, 2, first, team));
    }

    [Fact]
    public void NormalsAreBoxMullerOfTheUniforms()
    {
        RandomStream stream = new(42, "noise");
        float[] uniforms = new float[8], normals = new float[8];
        stream.FillUniform(uniforms, 0, 0);
        stream.FillNormal(normals, 0, 0);
        for (int i = 0; i < 8; i += 2)
        {
            // r² = −2·ln u, without the functions under test: u = e^(−r²/2) to float's accuracy by the series' limit.
            double square = (double)normals[i] * normals[i] + (double)normals[i + 1] * normals[i + 1];
            double power = 1 - square / 2 / (1 << 24);
            for (int squaring = 0; squaring < 24; squaring++) power *= power;
            Assert.Equal(uniforms[i], power, 1e-5);
        }
    }

    [Fact]
    public void MomentsAreThoseOfTheDistributions()
    {
        const int Count = 400_000;
        float[] numbers = new float[Count];
        RandomStream stream = new(1, "moments");
        stream.FillUniform(numbers, 0, 0);
        Assert.InRange(numbers.Min(), 1e-8f, 1e-4f);
        Assert.InRange(numbers.Max(), 1 - 1e-4f, 1 - 1e-8f);
        AssertMoments(numbers, 0.5, 1 / 12.0, 0, 1 / 80.0);
        stream.FillNormal(numbers, 0, 0);
        AssertMoments(numbers, 0, 1, 0, 3);
    }

    // Tolerances: five standard errors of a normal sample's moments, √(1, 2, 15, 96)/√n.
    static void AssertMoments(float[] numbers, double mean, double variance, double third, double fourth)
    {
        double root = Math.Sqrt(numbers.Length);
        double m = numbers.Average(x => (double)x);
        Assert.Equal(mean, m, 5 / root);
        Assert.Equal(variance, numbers.Average(x => (x - m) * (x - m)), 5 * Math.Sqrt(2) / root);
        Assert.Equal(third, numbers.Average(x => (x - m) * (x - m) * (x - m)), 5 * Math.Sqrt(15) / root);
        Assert.Equal(fourth, numbers.Average(x => (x - m) * (x - m) * (x - m) * (x - m)), 5 * Math.Sqrt(96) / root);
    }

    [Fact]
    public void ShuffleIsFisherAndYatesFromTheEnd()
    {
        RandomStream stream = new(9, "shuffle");
        uint[] words = new uint[11];
        stream.FillBits(words, 0, epoch: 3);
        int[] expected = [.. Enumerable.Range(0, 11)], order = [.. Enumerable.Range(0, 11)];
        for (int i = 10; i > 0; i--)
        {
            int other = (int)(((ulong)words[i] * ((ulong)i + 1)) >> 32);
            (expected[i], expected[other]) = (expected[other], expected[i]);
        }
        stream.Shuffle(order, epoch: 3);
        Assert.Equal(expected, order);
        Assert.Equal(Enumerable.Range(0, 11), order.Order());
    }

    [Fact]
    public void ElementsBeyondTheStreamAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, "x").FillUniform(new float[2], 0, 0, (1L << 34) - 1));
}
