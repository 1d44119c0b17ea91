using AeVae.Compute;
using AeVae.Tests.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C8, C9, C11: functions, activations, losses and random numbers on every path against the page, bit for bit.</summary>
public sealed class ElementwiseOracleTests
{
    const int Rows = 5, Columns = 53;
    const float Scale = 0.3f;

    static readonly Matrix X = Wild("x"), Other = Wild("y"), Noise = Samples.Normal(Rows, Columns, "e"), Target = Samples.Uniform(Rows, Columns, "t");

    [Fact]
    public void FloatFunctionsAreThePolynomialsOfThePage()
    {
        for (uint i = 0; i < 40_000; i++)
        {
            float x = BitConverter.UInt32BitsToSingle(i * 107_374);   // every exponent of both signs, infinities and NaN among them
            Same(Oracle.Exp(x), Elementary.Exp(x));
            Same(Oracle.Log(x), Elementary.Log(x));
            Same(Oracle.LogOnePlus(x), Elementary.Log1p(x));
            Same(Oracle.Tanh(x), Elementary.Tanh(x));
            Same(Oracle.Sigmoid(x), Elementary.Sigmoid(x));
            Same(Oracle.Softplus(x), Elementary.Softplus(x));

            void Same(double expected, float actual) => Assert.True(Pattern.Of((float)expected) == Pattern.Of(actual), $"of {x:R}: {(float)expected:R} expected, {actual:R} came out");
        }
    }

    [Theory]
    [InlineData(Activation.Identity)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Softplus)]
    public void ActivationsAndTheirGradients(Activation f)
    {
        OnEveryPath(team => Result(y => ActivationKernels.Forward(f, X, y, team)), (i, j) => (float)Value(f, X[i, j]));
        OnEveryPath(team => Result(dX => ActivationKernels.Backward(f, Other, Noise, dX, team)), (i, j) => (float)Gradient(f, Other[i, j], Noise[i, j]));
    }

    [Fact]
    public void TheSigmoidOutputAndItsLosses()
    {
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(2, path);
            Matrix y = new(Rows, Columns), dX = new(Rows, Columns);
            double[] entropy = new double[Rows], error = new double[Rows], entropyOfOthers = new double[Rows];
            LossKernels.SigmoidOutput(X, Target, Scale, y, dX, entropy, error, team);
            LossKernels.BinaryCrossEntropyFromLogits(X, Target, [3, 3, 0, 4, 1], entropyOfOthers, team);
            AssertBits((i, j) => (float)Oracle.Sigmoid(X[i, j]), y, path);
            AssertBits((i, j) => (float)(Scale * (Oracle.Sigmoid(X[i, j]) - Target[i, j])), dX, path);
            AssertSums((i, j) => Entropy(X[i, j], Target[i, j]), entropy, path);
            AssertSums((i, j) => Entropy(X[i, j], Target[((int[])[3, 3, 0, 4, 1])[i], j]), entropyOfOthers, path);
            AssertSums((i, j) => Square((double)(float)Oracle.Sigmoid(X[i, j]) - Target[i, j]), error, path);
        }
    }

    [Fact]
    public void TheOtherLossesAndTheirGradients()
    {
        OnEveryPath(team => Sums(sums => LossKernels.SquaredError(Noise, Target, sums, team)), (i, j) => Square((double)Noise[i, j] - Target[i, j]));
        OnEveryPath(team => Sums(sums => LossKernels.BinaryCrossEntropyFromProbabilities(Noise, Target, sums, team)), (i, j) =>
        {
            double p = Oracle.Clamp(Noise[i, j], 1e-7, 1 - 1e-7), t = Target[i, j];
            return 0 - (t * Oracle.Log(p) + (1 - t) * Oracle.Log(1 - p));
        });
        OnEveryPath(team => Result(dY => LossKernels.SquaredErrorGradient(X, Target, Scale, dY, team)), (i, j) => (float)(Scale * (2 * ((double)X[i, j] - Target[i, j]))));
    }

    [Fact]
    public void TheDivergenceAndTheSampleOfTheLatents()
    {
        OnEveryPath(team => Sums(sums => LossKernels.GaussianKl(Noise, Target, sums, team)), (i, j) => 0.5 * (Square(Noise[i, j]) + Oracle.Exp(Target[i, j]) - 1 - Target[i, j]));
        OnEveryPath(team => Result(z => LossKernels.Reparameterize(X, Noise, Target, z, team)), (i, j) => (float)(X[i, j] + Target[i, j] * Oracle.Exp(0.5 * Noise[i, j])));
        OnEveryPath(
            team => Result(d => LossKernels.ReparameterizeGradient(Noise, Target, X, new Matrix(Rows, Columns), d, team)),
            (i, j) => (float)((double)X[i, j] * Target[i, j] * (0.5 * Oracle.Exp(0.5 * Noise[i, j]))));
        OnEveryPath(
            team => Result(d => LossKernels.GaussianKlGradient(X, Noise, Scale, d, new Matrix(Rows, Columns), team), start: Target),
            (i, j) => (float)(Target[i, j] + (double)Scale * X[i, j]));
        OnEveryPath(
            team => Result(d => LossKernels.GaussianKlGradient(X, Noise, Scale, new Matrix(Rows, Columns), d, team), start: Target),
            (i, j) => (float)(Target[i, j] + Scale * (0.5 * (Oracle.Exp(Noise[i, j]) - 1))));
    }

    [Fact]
    public void SumsAndScalesOfGradients()
    {
        OnEveryPath(team => Result(g => OptimizerKernels.Scale(g, Scale, team), start: X), (i, j) => (float)((double)Scale * X[i, j]));
        double squares = 0;
        for (int i = 0; i < Rows; i++) squares += Oracle.RowSum(Columns, j => Square(Noise[i, j]));
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(3, path);
            Assert.Equal(squares, OptimizerKernels.SumOfSquares(Noise, team));
        }
    }

    [Fact]
    public void RandomNumbersAreTheWordsOfTheirStreams()
    {
        const ulong Seed = 0x1234_5678_9abc_def0;
        const long First = 4 * 0xFFFF_FFF0L + 3;   // the last blocks of a stream
        RandomStream stream = new(Seed, "noise");
        float[] uniforms = new float[40], normals = new float[40];
        stream.FillUniform(uniforms, 9, 4, First);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (float)Oracle.Uniform(Oracle.Word(Seed, "noise", 9, 4, First + i))), uniforms);
        foreach (SimdPath path in Samples.Paths)
        {
            stream.FillNormal(normals, 9, 4, First, path);
            Assert.Equal(Enumerable.Range(0, 40).Select(i => Oracle.Normal(Seed, "noise", 9, 4, First + i)), normals);
        }
    }

    [Fact]
    public void EveryStreamBeginsAsThePageSays()
    {
        string[] purposes = ["init/encoder.0.weight", "init/encoder.0.bias", "init/mean.weight", "init/log_variance.weight", "init/decoder.1.bias", "shuffle", "noise", "eval-noise", "binarize", "binarize/validation", "binarize/test", "nll-noise", "samples"];
        uint[] words = new uint[4];
        string page = "";
        foreach (string purpose in purposes)
        {
            new RandomStream(0x1234_5678_9abc_def0, purpose).FillBits(words, step: 2, epoch: 3);
            uint stream = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(purpose)));
            page += $"{purpose,-26}{stream:x8}  {string.Join(' ', words.Select(w => $"{w:x8}"))}\n";
        }

        ContractPage.AssertHolds(page);
    }

    static double Value(Activation f, double x) => f switch
    {
        Activation.Identity => x,
        Activation.Relu => 0 > x ? 0 : x,
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Elu => x > 0 ? x : Oracle.ExpMinusOne(x),
        Activation.Tanh => Oracle.Tanh(x),
        Activation.Sigmoid => Oracle.Sigmoid(x),
        _ => Oracle.Softplus(x),
    };

    static double Gradient(Activation f, double y, double dY) => f switch
    {
        Activation.Identity => dY,
        Activation.Relu => y > 0 ? dY : 0,
        Activation.LeakyRelu => y > 0 ? dY : 0.01 * dY,
        Activation.Elu => y > 0 ? dY : dY * (y + 1),
        Activation.Tanh => dY * (1 - y * y),
        Activation.Sigmoid => dY * (y * (1 - y)),
        _ => dY * (0 - Oracle.ExpMinusOne(0 - y)),
    };

    /// <summary>From subnormal to the edge of exp's range, both signs, zeros among them.</summary>
    static Matrix Wild(string name)
    {
        Matrix matrix = Samples.Normal(Rows, Columns, name, spread: 4);
        float[] edges = [1e-45f, -1e-45f, 1e-38f, 3e-6f, -3e-6f, 0.70710677f, -0.99999994f, 17.3f, -17.4f, 88.7f, -87.4f, -104, 89];
        edges.CopyTo(matrix.Row(2));
        edges.CopyTo(matrix.Row(4)[^13..]);
        return matrix;
    }

    static double Entropy(double x, double t) => Oracle.Positive(x) - x * t + Oracle.LogOnePlus(Oracle.Exp(0 - Math.Abs(x)));

    static double Square(double x) => x * x;

    static Matrix Result(Action<Matrix> kernel, Matrix? start = null)
    {
        Matrix result = new(Rows, Columns);
        for (int row = 0; row < Rows && start is not null; row++) start.Row(row).CopyTo(result.Row(row));
        kernel(result);
        return result;
    }

    static double[] Sums(Action<double[]> kernel)
    {
        double[] sums = new double[Rows];
        kernel(sums);
        return sums;
    }

    static void OnEveryPath(Func<ThreadTeam, Matrix> kernel, Func<int, int, float> expected)
    {
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(2, path);
            AssertBits(expected, kernel(team), path);
        }
    }

    static void OnEveryPath(Func<ThreadTeam, double[]> kernel, Func<int, int, double> term)
    {
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(2, path);
            AssertSums(term, kernel(team), path);
        }
    }

    static void AssertBits(Func<int, int, float> expected, Matrix actual, SimdPath path)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                Assert.True(Pattern.Of(expected(i, j)) == Pattern.Of(actual[i, j]), $"({i}, {j}) on {path}: {expected(i, j):R} expected, {actual[i, j]:R} came out");
        }
    }

    static void AssertSums(Func<int, int, double> term, double[] actual, SimdPath path)
    {
        for (int i = 0; i < Rows; i++)
        {
            double expected = Oracle.RowSum(Columns, j => term(i, j));
            Assert.True(Pattern.Of(expected) == Pattern.Of(actual[i]), $"row {i} on {path}: {expected:R} expected, {actual[i]:R} came out");
        }
    }
}
