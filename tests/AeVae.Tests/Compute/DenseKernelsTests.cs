using System.Runtime.Intrinsics;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Tests.Compute;

public class DenseKernelsTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 7, 16 }, { 6, 5, 32 }, { 7, 13, 17 }, { 5, 784, 16 }, { 13, 300, 33 }, { 37, 129, 48 }, { 19, 257, 71 }, { 12, 513, 15 },
        { 2, 5, 8 }, { 3, 5, 9 }, { 4, 401, 20 }, { 8, 7, 24 }, { 9, 7, 25 }, { 10, 801, 20 },      // tiles of 4 and 2 rows, of one register
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ForwardIsOneFusedChainPerOutputOnEveryPath(int batch, int inputs, int outputs)
    {
        Matrix x = Samples.Normal(batch, inputs, "x"), weight = Samples.Normal(inputs, outputs, "w"), bias = Samples.Normal(1, outputs, "b");
        int[] expected = Chains(batch, outputs, inputs, (i, k) => x[i, k], (k, j) => weight[k, j], j => bias[0, j]);
        OnEveryPath(expected, batch, outputs, (y, team) => DenseKernels.Forward(x, weight, bias, y, team));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ProductStartsItsChainsAtZero(int rows, int inner, int columns)
    {
        Matrix a = Samples.Normal(rows, inner, "a"), b = Samples.Normal(inner, columns, "b");
        int[] expected = Chains(rows, columns, inner, (i, k) => a[i, k], (k, j) => b[k, j], _ => 0);
        OnEveryPath(expected, rows, columns, (c, team) => DenseKernels.Product(a, b, c, team));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void WeightGradientChainsTheRowsOfTheBatch(int inputs, int batch, int outputs)
    {
        Matrix x = Samples.Normal(batch, inputs, "x"), dY = Samples.Normal(batch, outputs, "dY");
        int[] expected = Chains(inputs, outputs, batch, (i, k) => x[k, i], (k, j) => dY[k, j], _ => 0);
        OnEveryPath(expected, inputs, outputs, (dWeight, team) => DenseKernels.WeightGradient(x, dY, dWeight, team));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void InputGradientChainsTheOutputsOfTheLayer(int batch, int outputs, int inputs)
    {
        Matrix dY = Samples.Normal(batch, outputs, "dY"), weight = Samples.Normal(inputs, outputs, "w");
        int[] expected = Chains(batch, inputs, outputs, (i, k) => dY[i, k], (k, j) => weight[j, k], _ => 0);
        OnEveryPath(expected, batch, inputs, (dX, team) => DenseKernels.InputGradient(dY, weight, dX, team));
    }

    [Theory]
    [InlineData(1, 1, 64)]
    [InlineData(23, 60, 64)]
    [InlineData(5, 130, 80)]
    [InlineData(37, 99, 271)]
    [InlineData(13, 1700, 192)]
    [InlineData(70, 200, 128)]
    [InlineData(3, 600, 400)]   // rows of dW enough for each of three threads
    [InlineData(9, 901, 112)]   // several blocks of k, and a panel that ends in pairs of registers
    public void SkippedZerosLeaveTheChainsAsTheyAre(int batch, int inputs, int outputs)
    {
        foreach (float share in new[] { 0f, 0.05f, 0.3f, 0.55f, 0.9f, 1f })
        {
            Matrix x = SomeZeros(Samples.Normal(batch, inputs, "x"), share), weight = Samples.Normal(inputs, outputs, "w"), bias = Samples.Normal(1, outputs, "b"), dY = Samples.Normal(batch, outputs, "dY");
            bias[0, 0] = -0f;
            NonzeroLists lists = new(batch + 3, inputs);
            int[] y = Chains(batch, outputs, inputs, (i, k) => x[i, k], (k, j) => weight[k, j], j => bias[0, j]);
            OnEveryPath(y, batch, outputs, (result, team) => DenseKernels.Forward(x, weight, bias, result, team, lists));
            int[] dWeight = Chains(inputs, outputs, batch, (i, k) => x[k, i], (k, j) => dY[k, j], _ => 0);
            OnEveryPath(dWeight, inputs, outputs, (result, team) => DenseKernels.WeightGradient(x, dY, result, team, lists));
        }
    }

    [Theory]
    [InlineData(64, 0.756)]
    [InlineData(128, 0.428)]
    [InlineData(400, 0.205)]
    [InlineData(1024, 0.141)]
    public void TheWiderTheProductTheFewerZerosAreWorthALook(int width, double leastZeros)
    {
        using ThreadTeam team = new(1);
        NonzeroLists lists = new(20, 1000);
        foreach (double zeros in new[] { leastZeros - 0.01, leastZeros + 0.01 })
        {
            Matrix x = new(20, 1000);
            for (int row = 0; row < x.Rows; row++) x.Row(row)[(int)(1000 * zeros)..].Fill(1);
            Assert.Equal(zeros > leastZeros, lists.TryRead(x, transposed: false, width, team));
            Assert.Equal(zeros > leastZeros, lists.TryRead(x, transposed: true, width, team));
        }
    }

    [Fact]
    public void ANumberThatIsNotFiniteIsNotSkipped()
    {
        Matrix x = SomeZeros(Samples.Normal(3, 40, "x"), 0.2f), weight = Samples.Normal(40, 400, "w"), bias = Samples.Normal(1, 400, "b"), y = new(3, 400);
        (x[0, 5], x[1, 7]) = (float.NaN, float.NegativeInfinity);
        using ThreadTeam team = new(1);
        NonzeroLists lists = new(3, 40);
        Assert.True(lists.TryRead(x, transposed: false, y.Width, team));
        DenseKernels.Forward(x, weight, bias, y, team, lists);
        Assert.All(y.Row(0).ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.All(y.Row(1).ToArray(), value => Assert.False(float.IsFinite(value)));
        Assert.All(y.Row(2).ToArray(), value => Assert.True(float.IsFinite(value)));

        Matrix mostlyZero = new(9, 40), dWeight = new(40, 400);
        (mostlyZero[2, 5], mostlyZero[8, 7]) = (float.NaN, float.PositiveInfinity);
        lists = new(9, 40);
        Assert.True(lists.TryRead(mostlyZero, transposed: true, dWeight.Width, team));
        DenseKernels.WeightGradient(mostlyZero, Samples.Uniform(9, 400, "dY"), dWeight, team, lists);
        Assert.All(dWeight.Row(5).ToArray(), value => Assert.True(float.IsNaN(value)));
        Assert.All(dWeight.Row(7).ToArray(), value => Assert.True(float.IsPositiveInfinity(value)));
        Assert.All(dWeight.Row(6).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void ListsThatAreTooSmallAreNamed()
    {
        using ThreadTeam team = new(1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => DenseKernels.Forward(new Matrix(9, 40), new Matrix(40, 64), new Matrix(1, 64), new Matrix(9, 64), team, new NonzeroLists(8, 40)));
        Assert.Contains("(9 × 40)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BiasGradientAddsTheRowsInOrder(int _, int batch, int outputs)
    {
        Matrix dY = Samples.Normal(batch, outputs, "dY");
        int[] expected = new int[outputs];
        for (int j = 0; j < outputs; j++)
        {
            float sum = 0;
            for (int i = 0; i < batch; i++) sum += dY[i, j];
            expected[j] = BitConverter.SingleToInt32Bits(sum);
        }
        OnEveryPath(expected, 1, outputs, (dBias, team) => DenseKernels.BiasGradient(dY, dBias, team));
    }

    [Fact]
    public void MultiplyThenAddGivesOtherBits()
    {
        Matrix a = Samples.Normal(7, 100, "a"), b = Samples.Normal(100, 17, "b"), c = new(7, 17);
        using ThreadTeam team = new(1);
        DenseKernels.Product(a, b, c, team);
        int[] mutant = Chains(7, 17, 100, (i, k) => a[i, k], (k, j) => b[k, j], _ => 0, (x, y, sum) => x * y + sum);
        Assert.NotEqual(mutant, Samples.Bits(c));
    }

    [Fact]
    public void EveryThreadCountGivesTheSameBits()
    {
        Matrix x = Samples.Normal(61, 301, "x"), weight = Samples.Normal(301, 203, "w"), bias = Samples.Normal(1, 203, "b");
        List<int[]> results = [];
        foreach (int threads in Samples.ThreadCounts)
        {
            using ThreadTeam team = new(threads);
            Matrix y = new(61, 203);
            DenseKernels.Forward(x, weight, bias, y, team);
            results.Add(Samples.Bits(y));
        }
        Assert.All(results, bits => Assert.Equal(results[0], bits));
    }

    [Fact]
    public void AnImageAloneEqualsTheSameImageInsideABatch()
    {
        Matrix x = Samples.Normal(20, 301, "x"), weight = Samples.Normal(301, 33, "w"), bias = Samples.Normal(1, 33, "b"), y = new(20, 33), alone = new(1, 301), yAlone = new(1, 33);
        using ThreadTeam team = new(2);
        DenseKernels.Forward(x, weight, bias, y, team);
        for (int row = 0; row < x.Rows; row++)
        {
            x.Row(row).CopyTo(alone.Row(0));
            DenseKernels.Forward(alone, weight, bias, yAlone, team);
            Assert.Equal(y.Row(row).ToArray(), yAlone.Row(0).ToArray());
        }
    }

    [Fact]
    public void TheChainOfHalfABatchContinuedByTheOtherHalfIsThatOfTheWholeBatch()
    {
        const int Half = 64, Inputs = 23, Outputs = 37;
        Matrix x = Samples.Normal(2 * Half, Inputs, "x"), dY = Samples.Normal(2 * Half, Outputs, "dY"), whole = new(Inputs, Outputs), half = new(Inputs, Outputs);
        using ThreadTeam team = new(2);
        DenseKernels.WeightGradient(x, dY, whole, team);
        x.Rows = dY.Rows = Half;
        DenseKernels.WeightGradient(x, dY, half, team);
        for (int row = Half; row < 2 * Half; row++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                for (int j = 0; j < Outputs; j++) half[i, j] = MathF.FusedMultiplyAdd(x[row, i], dY[row, j], half[i, j]) + 0f;
            }
        }
        Assert.Equal(Samples.Bits(whole), Samples.Bits(half));
    }

    [Fact]
    public void NegativeZeroNeverLeavesAKernel()
    {
        Matrix x = Samples.Of(0f), weight = Samples.Of(-1f), bias = Samples.Of(-0f), y = new(1, 1);
        using ThreadTeam team = new(1);
        DenseKernels.Forward(x, weight, bias, y, team);
        Assert.Equal(0, BitConverter.SingleToInt32Bits(y[0, 0]));
    }

    [Fact]
    public void ABatchOfNoImagesHasNoOutputs()
    {
        using ThreadTeam team = new(2);
        Matrix x = new(0, 5), weight = Samples.Normal(5, 20, "weight"), y = new(0, 20), dWeight = Samples.Normal(5, 20, "overwritten");
        DenseKernels.Forward(x, weight, Samples.Normal(1, 20, "bias"), y, team);
        DenseKernels.InputGradient(y, weight, x, team);
        DenseKernels.WeightGradient(x, y, dWeight, team);
        Assert.All(Samples.Bits(dWeight), bits => Assert.Equal(0, bits));
    }

    [Fact]
    public void AShapeThatDoesNotFitIsNamed()
    {
        using ThreadTeam team = new(1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => DenseKernels.Forward(new Matrix(2, 780), new Matrix(784, 400), new Matrix(1, 400), new Matrix(2, 400), team));
        Assert.Contains("weight is (784 × 400), but (x.Columns × y.Columns) is (780 × 400)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SoftwareFusedMultiplyAddEqualsTheInstruction()
    {
        Span<uint> bits = stackalloc uint[3 * 64];
        RandomStream stream = new(3, "fma");
        for (uint step = 0; step < 12_000; step++)
        {
            stream.FillBits(bits, step, 0);
            for (int i = 0; i < bits.Length; i += 3)
            {
                float a = BitConverter.UInt32BitsToSingle(bits[i]), b = BitConverter.UInt32BitsToSingle(bits[i + 1]), c = BitConverter.UInt32BitsToSingle(bits[i + 2]);
                // Cancelling and barely overlapping sums, ties and subnormal results, besides arbitrary patterns.
                if (i % 4 == 1) c = -(a * b);
                if (i % 4 == 2) c = BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(a * b) ^ (bits[i + 2] & 0x8000_0001)) - (bits[i + 2] % 28 << 23));
                if (i % 4 == 3) (a, b, c) = (BitConverter.UInt32BitsToSingle(bits[i] & 0x8FFF_F000 | 0x1000_0000), BitConverter.UInt32BitsToSingle(bits[i + 1] & 0xAFFF_F000 | 0x2000_0000), BitConverter.UInt32BitsToSingle(bits[i + 2] & 0x80FF_FFFF));
                float expected = MathF.FusedMultiplyAdd(a, b, c), scalar = SoftwareFusedMultiplyAdd.Of(a, b, c);
                float vector = SoftwareFusedMultiplyAdd.Of(Vector128.Create(a), Vector128.Create(b), Vector128.Create(c))[3];
                if (float.IsNaN(expected) ? !float.IsNaN(scalar) || !float.IsNaN(vector) : Differ(expected, scalar) || Differ(expected, vector))
                    Assert.Fail($"fma({a:R}, {b:R}, {c:R}) is {expected:R}, but scalar {scalar:R}, vector {vector:R}");
            }
        }

        static bool Differ(float a, float b) => BitConverter.SingleToInt32Bits(a) != BitConverter.SingleToInt32Bits(b);
    }

    /// <summary>Keeps a share of the elements; the others become zeros of both signs.</summary>
    static Matrix SomeZeros(Matrix matrix, float share)
    {
        Matrix keep = Samples.Uniform(matrix.Rows, matrix.Columns, "zeros");
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int i = 0; i < matrix.Columns; i++)
            {
                if (keep[row, i] >= share) matrix[row, i] = i % 3 == 0 ? -0f : 0f;
            }
        }
        return matrix;
    }

    static void OnEveryPath(int[] expected, int rows, int columns, Action<Matrix, ThreadTeam> kernel)
    {
        foreach (SimdPath path in Samples.Paths)
        {
            foreach (int threads in new[] { 1, 3 })
            {
                using ThreadTeam team = new(threads, path);
                Matrix result = new(rows, columns);
                kernel(result, team);
                Assert.True(expected.AsSpan().SequenceEqual(Samples.Bits(result)), $"{path} with {threads} threads differs");
                Assert.True(Samples.PaddingIsZero(result), $"{path} wrote into the padding");
            }
        }
    }

    static int[] Chains(int rows, int columns, int inner, Func<int, int, float> a, Func<int, int, float> b, Func<int, float> start, Func<float, float, float, float>? fma = null)
    {
        int[] bits = new int[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                float sum = start(j);
                for (int k = 0; k < inner; k++) sum = fma is null ? MathF.FusedMultiplyAdd(a(i, k), b(k, j), sum) : fma(a(i, k), b(k, j), sum);
                bits[i * columns + j] = BitConverter.SingleToInt32Bits(sum + 0f);
            }
        }
        return bits;
    }
}
