using AeVae.Compute;
using AeVae.Tests.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>The checks can fail: arithmetic that breaks one clause of NC-1 gives other bits than the kernels on data like that of the other tests, while the oracle gives the same.</summary>
public sealed class MutantTests
{
    const int Batch = 20, Inputs = 100, Outputs = 23;

    static readonly Matrix X = Samples.Normal(Batch, Inputs, "x"), Weight = Samples.Normal(Inputs, Outputs, "w"), Bias = EndingInNegativeZero();

    delegate float Chain(float start, int count, Func<int, float> a, Func<int, float> b);

    [Theory]
    [InlineData("multiply, then add")]
    [InlineData("two halves of k, added")]
    [InlineData("k in blocks of 16, each from +0")]
    [InlineData("even and odd k apart")]
    [InlineData("k descending")]
    [InlineData("double, rounded at the end")]
    [InlineData("no final + 0")]
    [InlineData("bias added last")]
    public void AnotherChainIsCaught(string mutation)
    {
        Chain mutant = mutation switch
        {
            "multiply, then add" => (start, count, a, b) => Sum(start, Range(count), (k, sum) => a(k) * b(k) + sum) + 0f,
            "two halves of k, added" => (start, count, a, b) => Fused(start, Range(count / 2), a, b) + Fused(0, Range(count / 2, count), a, b) + 0f,
            "k in blocks of 16, each from +0" => (start, count, a, b) => Range((count + 15) / 16).Aggregate(start, (sum, block) => sum + Fused(0, Range(16 * block, Math.Min(count, 16 * block + 16)), a, b)) + 0f,
            "even and odd k apart" => (start, count, a, b) => Fused(start, Range(count).Where(k => k % 2 == 0), a, b) + Fused(0, Range(count).Where(k => k % 2 == 1), a, b) + 0f,
            "k descending" => (start, count, a, b) => Fused(start, Range(count).Reverse(), a, b) + 0f,
            "double, rounded at the end" => (start, count, a, b) => (float)Range(count).Aggregate((double)start, (sum, k) => sum + (double)a(k) * b(k)) + 0f,
            "no final + 0" => (start, count, a, b) => Fused(start, Range(count), a, b),
            _ => (start, count, a, b) => Fused(0, Range(count), a, b) + start + 0f,
        };
        Matrix y = new(Batch, Outputs);
        using ThreadTeam team = new(2);
        DenseKernels.Forward(X, Weight, Bias, y, team);
        Assert.Equal(Forward(Oracle.Chain), Samples.Bits(y));
        Assert.NotEqual(Forward(mutant), Samples.Bits(y));
    }

    [Fact]
    public void SkippingZerosIsNoMutation()
    {
        int[] skipped = Forward((start, count, a, b) => Fused(start, Range(count).Where(k => a(k) != 0), a, b) + 0f);
        Assert.Equal(Forward(Oracle.Chain), skipped);
        // Without the final + 0 it would be one.
        Assert.NotEqual(Forward((start, count, a, b) => Fused(start, Range(count), a, b)), Forward((start, count, a, b) => Fused(start, Range(count).Where(k => a(k) != 0), a, b)));
    }

    [Theory]
    [InlineData("rows descending")]
    [InlineData("two halves of the batch, added")]
    [InlineData("double, rounded at the end")]
    public void AnotherBiasGradientIsCaught(string mutation)
    {
        Func<int, float> mutant = mutation switch
        {
            "rows descending" => j => Range(Batch).Reverse().Aggregate(0f, (sum, i) => sum + X[i, j]),
            "two halves of the batch, added" => j => Range(Batch / 2).Aggregate(0f, (sum, i) => sum + X[i, j]) + Range(Batch / 2, Batch).Aggregate(0f, (sum, i) => sum + X[i, j]),
            _ => j => (float)Range(Batch).Aggregate(0d, (sum, i) => sum + X[i, j]),
        };
        Matrix dBias = new(1, Inputs);
        using ThreadTeam team = new(2);
        DenseKernels.BiasGradient(X, dBias, team);
        Assert.NotEqual(Range(Inputs).Select(mutant).Select(BitConverter.SingleToInt32Bits), Samples.Bits(dBias));
    }

    [Theory]
    [InlineData("columns in one sum")]
    [InlineData("8 lanes")]
    [InlineData("neighbouring lanes first")]
    [InlineData("lanes one after another")]
    public void AnotherRowSumIsCaught(string mutation)
    {
        Matrix mean = Samples.Normal(Batch, Inputs, "mean"), logVariance = Samples.Uniform(Batch, Inputs, "log variance");
        Func<int, double> mutant = mutation switch
        {
            "columns in one sum" => row => Range(Inputs).Sum(j => Divergence(row, j)),
            "8 lanes" => row => Halve(Lanes(row, 8)),
            "neighbouring lanes first" => row => Neighbours(Lanes(row, 16)),
            _ => row => Lanes(row, 16).Aggregate((sum, lane) => sum + lane),
        };
        double[] sums = new double[Batch];
        using ThreadTeam team = new(2);
        LossKernels.GaussianKl(mean, logVariance, sums, team);
        Assert.Equal(Range(Batch).Select(row => Oracle.RowSum(Inputs, j => Divergence(row, j))), sums);
        Assert.NotEqual(Range(Batch).Select(mutant), sums);

        double Divergence(int row, int j) => 0.5 * ((double)mean[row, j] * mean[row, j] + Oracle.Exp(logVariance[row, j]) - 1 - logVariance[row, j]);
        double[] Lanes(int row, int count) => [.. Range(count).Select(lane => Range(Inputs).Where(j => j % count == lane).Aggregate(0d, (sum, j) => sum + Divergence(row, j)))];
        static double Halve(double[] lanes) => lanes.Length == 1 ? lanes[0] : Halve([.. Range(lanes.Length / 2).Select(i => lanes[i] + lanes[i + lanes.Length / 2])]);
        static double Neighbours(double[] lanes) => lanes.Length == 1 ? lanes[0] : Neighbours([.. Range(lanes.Length / 2).Select(i => lanes[2 * i] + lanes[2 * i + 1])]);
    }

    [Theory]
    [InlineData("polynomials fused")]
    [InlineData("coefficients rounded to float")]
    public void AnotherExponentialIsCaught(string mutation)
    {
        double[] x = [.. Range(2000).Select(i => 20 * Oracle.Uniform(Oracle.Word(1, "x", 0, 0, i)) - 10)];
        IEnumerable<double> mutant = x.Select(v => mutation == "polynomials fused" ? FusedExp(v) : FloatExp(v));
        double[] found = [.. x.Select(v => Elementary.Exp(v))];
        Assert.Equal(x.Select(Oracle.Exp), found);
        Assert.NotEqual(mutant, found);
        // It is an exponential all the same.
        Assert.All(mutant.Zip(x), pair => Assert.InRange(pair.First / Oracle.Exp(pair.Second), 1 - 1e-7, 1 + 1e-7));
    }

    [Theory]
    [InlineData("products fused with sums")]
    [InlineData("1 − β after rounding β")]
    [InlineData("β₁ᵗ in float")]
    [InlineData("ε under the root")]
    public void AnotherAdamIsCaught(string mutation)
    {
        Assert.Equal(Adam(null), Kernel());
        Assert.NotEqual(Adam(mutation), Kernel());

        static int[] Kernel()
        {
            Matrix w = Samples.Normal(1, 37, "value"), m = new(1, 37), v = new(1, 37);
            using ThreadTeam team = new(1);
            double power1 = 1, power2 = 1;
            for (int step = 1; step <= 9; step++)
            {
                power1 *= 0.9;
                power2 *= 0.999;
                OptimizerKernels.Adam(w, Samples.Normal(1, 37, $"gradient {step}"), m, v, new AdamStep(0.9, 0.999, 1e-8, 1e-2 / (1 - power1), Math.Sqrt(1 - power2), 0, 0), team);
            }

            return Samples.Bits(w);
        }

        static int[] Adam(string? mutation)
        {
            Matrix w = Samples.Normal(1, 37, "value");
            float[] m = new float[37], v = new float[37];
            double power1 = 1, power2 = 1;
            float floatPower1 = 1, a1 = (float)(1 - 0.9), a2 = (float)(1 - 0.999);
            if (mutation == "1 − β after rounding β") (a1, a2) = (1 - 0.9f, 1 - 0.999f);
            for (int step = 1; step <= 9; step++)
            {
                power1 *= 0.9;
                power2 *= 0.999;
                floatPower1 *= 0.9f;
                float stepSize = (float)(1e-2 / (1 - (mutation == "β₁ᵗ in float" ? floatPower1 : power1))), scale = (float)Math.Sqrt(1 - power2);
                Matrix gradient = Samples.Normal(1, 37, $"gradient {step}");
                for (int i = 0; i < 37; i++)
                {
                    float g = gradient[0, i];
                    bool fused = mutation == "products fused with sums";
                    m[i] = fused ? MathF.FusedMultiplyAdd(g - m[i], a1, m[i]) : m[i] + (g - m[i]) * a1;
                    v[i] = fused ? MathF.FusedMultiplyAdd(a2 * g, g, v[i] * 0.999f) : v[i] * 0.999f + a2 * g * g;
                    float denominator = mutation == "ε under the root" ? MathF.Sqrt(v[i] + 1e-8f) / scale : MathF.Sqrt(v[i]) / scale + 1e-8f;
                    w[0, i] -= stepSize * m[i] / denominator;
                }
            }

            return Samples.Bits(w);
        }
    }

    static int[] Forward(Chain chain) =>
        [.. from i in Range(Batch) from j in Range(Outputs) select BitConverter.SingleToInt32Bits(chain(Bias[0, j], Inputs, k => X[i, k], k => Weight[k, j]))];

    static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);

    static IEnumerable<int> Range(int first, int end) => Enumerable.Range(first, end - first);

    static float Sum(float start, IEnumerable<int> order, Func<int, float, float> next) => order.Aggregate(start, (sum, k) => next(k, sum));

    static float Fused(float start, IEnumerable<int> order, Func<int, float> a, Func<int, float> b) => Sum(start, order, (k, sum) => MathF.FusedMultiplyAdd(a(k), b(k), sum));

    /// <summary>eˣ with every step of its polynomials fused, as a compiler that contracts would make it.</summary>
    static double FusedExp(double x) => Exp(x, Math.FusedMultiplyAdd, c => c);

    static double FloatExp(double x) => Exp(x, (a, b, c) => a * b + c, c => (float)c);

    static double Exp(double x, Func<double, double, double, double> multiplyAdd, Func<double, double> coefficient)
    {
        const double Shift = 6755399441055744;
        double k = x * 1.4426950408889634 + Shift - Shift, r = x - k * 0.69314718036912382 - k * 1.9082149292705877e-10, t = r * r, factorial = 1;
        double[] inverse = new double[14];
        for (int n = 1; n <= 13; n++) inverse[n] = coefficient(1 / (factorial *= n));
        double even = inverse[12], odd = inverse[13];
        for (int n = 10; n >= 2; n -= 2) (even, odd) = (multiplyAdd(even, t, inverse[n]), multiplyAdd(odd, t, inverse[n + 1]));
        double scale = BitConverter.Int64BitsToDouble((long)(k + 1022) << 52), q = multiplyAdd(t, multiplyAdd(r, odd, even), r);
        return 2 * multiplyAdd(scale, q, scale);
    }

    /// <summary>Column 1 ends in −0 wherever its chain has only negative zeros to add.</summary>
    static Matrix EndingInNegativeZero()
    {
        Matrix bias = Samples.Normal(1, Outputs, "b");
        bias[0, 1] = -0f;
        for (int k = 0; k < Inputs; k++)
        {
            Weight[k, 1] = k % 2 == 0 ? -1 : 1;
            X[0, k] = k % 2 == 0 ? 0 : -0f;
            X[1, k] = 0;
        }

        return bias;
    }
}
