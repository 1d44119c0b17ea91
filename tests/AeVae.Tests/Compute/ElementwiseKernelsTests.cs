using AeVae.Compute;

namespace AeVae.Tests.Compute;

public class ElementwiseKernelsTests
{
    const double Ln2 = 0.69314718055994531;

    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 3, 15 }, { 2, 16 }, { 5, 17 }, { 67, 784 }, { 7, 20 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryPathAndThreadCountGivesTheSameBits(int rows, int columns)
    {
        Matrix x = Samples.Normal(rows, columns, "x", spread: 4), other = Samples.Normal(rows, columns, "y"), target = Samples.Uniform(rows, columns, "t");
        List<string> digests = [];
        foreach (SimdPath path in Samples.Paths)
        {
            foreach (int threads in new[] { 1, 2, 5 })
            {
                using ThreadTeam team = new(threads, path);
                digests.Add(string.Join(' ', Everything(x, other, target, team)));
            }
        }
        Assert.All(digests, digest => Assert.Equal(digests[0], digest));
    }

    static List<int> Everything(Matrix x, Matrix other, Matrix target, ThreadTeam team)
    {
        List<int> bits = [];
        Matrix result = new(x.Rows, x.Columns), second = new(x.Rows, x.Columns);
        double[] perImage = new double[x.Rows], errors = new double[x.Rows];
        void Take()
        {
            Assert.True(Samples.PaddingIsZero(result));
            bits.AddRange(Samples.Bits(result));
            bits.AddRange(Samples.Bits(second));
            bits.AddRange(Samples.Bits(perImage).Select(sum => sum.GetHashCode()));
        }
        foreach (Activation f in Enum.GetValues<Activation>())
        {
            ActivationKernels.Forward(f, x, result, team);
            Take();
            ActivationKernels.Backward(f, result, other, result, team);
            Take();
        }
        ElementwiseKernels.Add(x, result, team);
        Take();
        LogitsEntropy(x, target, perImage, team);
        LossKernels.SigmoidOutput(x, target, 0.3f, result, second, perImage, errors, team);
        bits.AddRange(Samples.Bits(errors).Select(sum => sum.GetHashCode()));
        Take();
        LossKernels.BinaryCrossEntropyFromProbabilities(x, target, perImage, team);
        LossKernels.SquaredErrorGradient(x, target, 0.3f, result, team);
        Take();
        LossKernels.SquaredError(x, target, perImage, team);
        LossKernels.Reparameterize(x, other, target, result, team);
        Take();
        LossKernels.GaussianKl(x, other, perImage, team);
        LossKernels.ReparameterizeGradient(x, other, target, result, second, team);
        Take();
        LossKernels.GaussianKlGradient(x, other, 0.3f, result, second, team);
        bits.Add(OptimizerKernels.SumOfSquares(x, team).GetHashCode());
        OptimizerKernels.Scale(result, 0.7f, team);
        Take();
        return bits;
    }

    [Fact]
    public void ActivationsFollowTheirDefinitions()
    {
        Assert.Equal([0, 0, 2], Forward(Activation.Relu, -3, 0, 2));
        Assert.Equal([-0.03f, 0, 2], Forward(Activation.LeakyRelu, -3, 0, 2));
        Assert.Equal([-0.950212931632136f, 0, 2], Forward(Activation.Elu, -3, 0, 2));          // e⁻³ − 1
        Assert.Equal([-0.9950547536867305f, 0, 0.9640275800758169f], Forward(Activation.Tanh, -3, 0, 2));
        Assert.Equal([0.04742587317756678f, 0.5f, 0.8807970779778823f], Forward(Activation.Sigmoid, -3, 0, 2));
        Assert.Equal([0.04858735157374206f, (float)Ln2, 2.1269280110429727f], Forward(Activation.Softplus, -3, 0, 2));
        Assert.Equal([-3, 0, 2], Forward(Activation.Identity, -3, 0, 2));
    }

    [Fact]
    public void ANonFinitePreActivationIsNotHidden() =>
        Assert.All(Enum.GetValues<Activation>(), f => Assert.True(float.IsNaN(Forward(f, float.NaN)[0])));

    [Fact]
    public void NorIsItOnAnyPathNextToOthers()
    {
        Matrix x = Samples.Normal(3, 20, "x"), y = new(3, 20), dX = new(3, 20);
        (x[0, 0], x[1, 7], x[1, 11], x[2, 19]) = (float.NaN, float.NaN, float.PositiveInfinity, float.NaN);
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(1, path);
            foreach (Activation f in Enum.GetValues<Activation>())
            {
                ActivationKernels.Forward(f, x, y, team);
                Assert.True(float.IsNaN(y[0, 0]) && float.IsNaN(y[1, 7]) && float.IsNaN(y[2, 19]), $"{f} on {path}");
                Assert.Equal(3, Enumerable.Range(0, 3).Sum(row => y.Row(row).ToArray().Count(float.IsNaN)));
            }
            ActivationKernels.Forward(Activation.Relu, x, y, team);
            ActivationKernels.Backward(Activation.Relu, y, x, dX, team);
            Assert.Equal(0, BitConverter.SingleToInt32Bits(dX[1, 7]));      // no gradient where y is not known to be positive
            Assert.Equal(float.PositiveInfinity, dX[1, 11]);
        }
    }

    [Fact]
    public unsafe void WhatLiesInThePaddingDoesNotStay()
    {
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(1, path);
            Action<Matrix>[] kernels =
            [
                result => ActivationKernels.Forward(Activation.Relu, result, result, team),
                result => ActivationKernels.Backward(Activation.Relu, result, result, result, team),
                result => ElementwiseKernels.Add(Samples.Normal(2, 20, "x"), result, team),
            ];
            foreach (Action<Matrix> kernel in kernels)
            {
                Matrix result = Samples.Normal(2, 20, "y");
                result.Origin[20] = float.NaN;
                kernel(result);
                Assert.True(Samples.PaddingIsZero(result));
            }
        }
    }

    [Theory]
    [InlineData(Activation.Identity, -0.5f, 1f)]
    [InlineData(Activation.Relu, 0f, 0f)]
    [InlineData(Activation.Relu, 2f, 1f)]
    [InlineData(Activation.LeakyRelu, -2f, 0.01f)]
    [InlineData(Activation.Elu, -0.5f, 0.5f)]
    [InlineData(Activation.Elu, 3f, 1f)]
    [InlineData(Activation.Tanh, 0.5f, 0.75f)]
    [InlineData(Activation.Sigmoid, 0.5f, 0.25f)]
    [InlineData(Activation.Softplus, 0.693147182f, 0.5f)]
    public void DerivativesComeFromTheOutput(Activation f, float y, float derivative)
    {
        using ThreadTeam team = new(1);
        Matrix dX = new(1, 1);
        ActivationKernels.Backward(f, Samples.Of(y), Samples.Of(2f), dX, team);
        Assert.Equal(2 * derivative, dX[0, 0], 1e-7f);
    }

    [Fact]
    public void CrossEntropyEqualsHandDerivedValues()
    {
        Assert.Equal(3 * Ln2, Loss(LogitsEntropy, [0, 0, 0], [0, 1, 0.3f]), 1e-15);
        Assert.Equal(0.12692801104297263, Loss(LogitsEntropy, [2], [1]), 1e-15);      // ln(1 + e⁻²)
        Assert.Equal(1000, Loss(LogitsEntropy, [-1000, 1000], [1, 1]), 1e-12);
        Assert.Equal(Ln2, Loss(LossKernels.BinaryCrossEntropyFromProbabilities, [0.5f], [0.25f]), 1e-15);
        Assert.Equal(16.118095650958319, Loss(LossKernels.BinaryCrossEntropyFromProbabilities, [-3], [1]), 1e-12);   // −ln 10⁻⁷
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(784)]
    public void EveryRowOfLogitsIsMeasuredAgainstTheRowThatIsNamed(int columns)
    {
        using ThreadTeam team = new(2);
        int[] targetRows = [2, 2, 0, 1, 2, 1, 1];
        Matrix x = Samples.Normal(targetRows.Length, columns, "x", spread: 4), images = Samples.Uniform(3, columns, "t"), spread = new(targetRows.Length, columns);
        double[] perRow = new double[targetRows.Length], expected = new double[targetRows.Length];
        for (int row = 0; row < targetRows.Length; row++) images.Row(targetRows[row]).CopyTo(spread.Row(row));

        LossKernels.BinaryCrossEntropyFromLogits(x, images, targetRows, perRow, team);

        LossKernels.SigmoidOutput(x, spread, 1, new(targetRows.Length, columns), new(targetRows.Length, columns), expected, new double[targetRows.Length], team);
        Assert.Equal(Samples.Bits(expected), Samples.Bits(perRow));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossKernels.BinaryCrossEntropyFromLogits(x, images, [0, 1, 2, 3, 0, 0, 0], perRow, team));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossKernels.BinaryCrossEntropyFromLogits(x, images, [0, 1, 2, -1, 0, 0, 0], perRow, team));
        Assert.Throws<ArgumentException>(() => LossKernels.BinaryCrossEntropyFromLogits(x, images, [0, 1, 2], perRow, team));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(6, 784)]
    public void ASigmoidOutputIsTheSigmoidWithItsLosses(int rows, int columns)
    {
        using ThreadTeam team = new(2);
        Matrix x = Samples.Normal(rows, columns, "x", spread: 4), target = Samples.Uniform(rows, columns, "t");
        Matrix probability = new(rows, columns), dLogits = new(rows, columns), sigmoid = new(rows, columns);
        double[] crossEntropy = new double[rows], squaredError = new double[rows], expected = new double[rows];
        LossKernels.SigmoidOutput(x, target, 0.5f, probability, dLogits, crossEntropy, squaredError, team);

        Assert.True(Samples.PaddingIsZero(probability) && Samples.PaddingIsZero(dLogits));
        ActivationKernels.Forward(Activation.Sigmoid, x, sigmoid, team);
        Assert.Equal(Samples.Bits(sigmoid), Samples.Bits(probability));
        LogitsEntropy(x, target, expected, team);
        Assert.Equal(Samples.Bits(expected), Samples.Bits(crossEntropy));
        LossKernels.SquaredError(sigmoid, target, expected, team);
        Assert.Equal(Samples.Bits(expected), Samples.Bits(squaredError));
        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < columns; j++) Assert.Equal(0.5f * (sigmoid[row, j] - target[row, j]), dLogits[row, j], 6e-8f);
        }

        double[] entropyInPlace = new double[rows], errorInPlace = new double[rows];
        LossKernels.SigmoidOutput(x, target, 0.5f, probability: null, dLogits: x, entropyInPlace, errorInPlace, team);
        Assert.Equal(Samples.Bits(dLogits), Samples.Bits(x));
        Assert.Equal(Samples.Bits(crossEntropy), Samples.Bits(entropyInPlace));
        Assert.Equal(Samples.Bits(squaredError), Samples.Bits(errorInPlace));
    }

    [Fact]
    public void SquaredErrorSumsInTheSixteenLaneLayout()
    {
        Matrix y = Samples.Normal(1, 53, "y"), t = Samples.Normal(1, 53, "t");
        double[] lanes = new double[16];
        for (int j = 0; j < 53; j++) lanes[j % 16] += ((double)y[0, j] - t[0, j]) * ((double)y[0, j] - t[0, j]);
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }
        Assert.Equal(lanes[0], Loss(LossKernels.SquaredError, y.Row(0).ToArray(), t.Row(0).ToArray()));
        Assert.Equal(3f, Gradient(LossKernels.SquaredErrorGradient, 2, 0.5f, 1));
    }

    [Fact]
    public void GaussianDivergenceEqualsHandDerivedValues()
    {
        Assert.Equal(0, Loss(LossKernels.GaussianKl, [0, 0], [0, 0]));
        Assert.Equal(0.5, Loss(LossKernels.GaussianKl, [1], [0]));
        Assert.Equal(0.35914091422952261, Loss(LossKernels.GaussianKl, [0], [1]), 1e-15);    // ½(e − 2)
    }

    [Fact]
    public void DivergenceGradientsAreAdded()
    {
        using ThreadTeam team = new(1);
        Matrix dMean = Samples.Of(10), dLogVariance = Samples.Of(20);
        LossKernels.GaussianKlGradient(Samples.Of(3), Samples.Of(1), 2, dMean, dLogVariance, team);
        Assert.Equal(16, dMean[0, 0]);
        Assert.Equal(21.7182818f, dLogVariance[0, 0]);       // 20 + (e − 1)
    }

    [Fact]
    public void SamplesAndTheirGradientsFollowTheFormula()
    {
        using ThreadTeam team = new(1);
        Matrix z = new(1, 1), dMean = new(1, 1), dLogVariance = new(1, 1), logVariance = Samples.Of(2), noise = Samples.Of(0.5f);
        LossKernels.Reparameterize(Samples.Of(1), logVariance, noise, z, team);
        LossKernels.ReparameterizeGradient(logVariance, noise, Samples.Of(4), dMean, dLogVariance, team);
        Assert.Equal(2.35914091f, z[0, 0]);                  // 1 + e/2
        Assert.Equal(4, dMean[0, 0]);
        Assert.Equal(2.71828183f, dLogVariance[0, 0]);       // 4·½·½·e
    }

    static void LogitsEntropy(Matrix x, Matrix target, Span<double> perImage, ThreadTeam team) =>
        LossKernels.BinaryCrossEntropyFromLogits(x, target, [.. Enumerable.Range(0, x.Rows)], perImage, team);

    delegate void LossKernel(Matrix a, Matrix b, Span<double> perImage, ThreadTeam team);

    delegate void GradientKernel(Matrix a, Matrix b, float scale, Matrix result, ThreadTeam team);

    static double Loss(LossKernel kernel, float[] a, float[] b)
    {
        using ThreadTeam team = new(1);
        double[] perImage = new double[1];
        kernel(Samples.Of(a), Samples.Of(b), perImage, team);
        return perImage[0];
    }

    static float Gradient(GradientKernel kernel, float a, float b, float scale)
    {
        using ThreadTeam team = new(1);
        Matrix result = new(1, 1);
        kernel(Samples.Of(a), Samples.Of(b), scale, result, team);
        return result[0, 0];
    }

    static float[] Forward(Activation f, params float[] x)
    {
        using ThreadTeam team = new(1);
        Matrix y = Samples.Of(x);
        ActivationKernels.Forward(f, y, y, team);
        return y.Row(0).ToArray();
    }
}
