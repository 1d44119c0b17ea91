using System.Globalization;
using AeVae.Compute;

namespace AeVae.Tests.Compute;

public class OptimizerKernelsTests
{
    const int Elements = 19, Steps = 5;

    [Theory]
    [InlineData("adam")]
    [InlineData("adam-l2")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("sgd-momentum")]
    [InlineData("sgd-nesterov")]
    [InlineData("rmsprop")]
    [InlineData("rmsprop-centered")]
    [InlineData("rmsprop-momentum")]
    public void StepsEqualPyTorchOnEveryPath(string rule)
    {
        var table = Table(rule);
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(1, path);
            Matrix value = new(1, Elements), gradient = new(1, Elements);
            for (int i = 0; i < Elements; i++) value[0, i] = table[0, i].Value;
            Func<int, bool> apply = Rule(rule, value, gradient, team);
            for (int step = 1; step <= Steps; step++)
            {
                for (int i = 0; i < Elements; i++) gradient[0, i] = table[step, i].Gradient;
                Assert.True(apply(step));
                for (int i = 0; i < Elements; i++)
                {
                    // PyTorch fuses some products and sums where the CPU can: a few roundings per step may differ.
                    float wanted = table[step, i].Value;
                    Assert.Equal(wanted, value[0, i], MathF.Max(MathF.Abs(wanted), 0.1f) * step * 2e-7f);
                }
            }
            Assert.True(Samples.PaddingIsZero(value));
        }
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adam-l2")]
    [InlineData("adamw")]
    [InlineData("sgd-nesterov")]
    [InlineData("rmsprop-centered")]
    [InlineData("rmsprop-momentum")]
    public void EveryPathAndThreadCountGivesTheSameBitsAfterAThousandSteps(string rule)
    {
        List<int[]> results = [];
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(path == SimdPath.Scalar ? 1 : 3, path);
            Matrix value = Samples.Normal(29, 37, "value"), gradient = Samples.Normal(29, 37, "gradient");
            Func<int, bool> apply = Rule(rule, value, gradient, team);
            for (int step = 1; step <= 1000; step++)
            {
                OptimizerKernels.Scale(gradient, step % 3 == 0 ? -1.5625f : 0.8f, team);   // three of them leave its size alone
                apply(step);
            }
            results.Add(Samples.Bits(value));
        }
        Assert.All(results, bits => Assert.Equal(results[0], bits));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("sgd-momentum")]
    [InlineData("rmsprop")]
    public void OneBadElementMakesAGradientNotFinite(string rule)
    {
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(2, path);
            foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                Matrix value = Samples.Normal(1100, 33, "value"), gradient = Samples.Normal(1100, 33, "gradient", spread: 1e37f);
                Func<int, bool> apply = Rule(rule, value, gradient, team);
                Assert.True(apply(1));
                gradient[1099, 32] = bad;
                Assert.False(apply(2));
            }
        }
    }

    // 0 ÷ 0 in the padding: only clearing keeps it zero.
    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    [InlineData("rmsprop")]
    [InlineData("rmsprop-centered")]
    public void AZeroEpsilonDoesNotPoisonThePaddingOfAnyRow(string rule)
    {
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(3, path);
            Matrix value = Samples.Normal(1100, 33, "value"), gradient = Samples.Normal(1100, 33, "gradient"), a = new(1100, 33), b = new(1100, 33), c = new(1100, 33);
            bool _ = rule switch
            {
                "adam" => OptimizerKernels.Adam(value, gradient, a, b, new AdamStep(0.9, 0.999, 0, 1e-3, 1, 0, 0), team),
                "sgd" => OptimizerKernels.Sgd(value, gradient, a, new SgdStep(0.1, 0.9, true, 0.01, true), team),
                "rmsprop" => OptimizerKernels.RmsProp(value, gradient, a, null, null, new RmsPropStep(1e-2, 0.99, 0, 0, false, 0), team),
                _ => OptimizerKernels.RmsProp(value, gradient, a, b, c, new RmsPropStep(1e-2, 0.99, 0, 0.9, true, 0), team),
            };
            Assert.All([value, a, b, c], matrix => Assert.True(Samples.PaddingIsZero(matrix)));
        }
    }

    [Fact]
    public void AMissingStateIsNamed()
    {
        using ThreadTeam team = new(1);
        ArgumentException error = Assert.Throws<ArgumentException>(() => OptimizerKernels.Sgd(Samples.Of(1), Samples.Of(1), null, new SgdStep(0.1, 0.9, false, 0, true), team));
        Assert.Contains("velocity", error.Message, StringComparison.Ordinal);
    }

    static Func<int, bool> Rule(string rule, Matrix value, Matrix gradient, ThreadTeam team)
    {
        Matrix a = new(value.Rows, value.Columns), b = new(value.Rows, value.Columns), c = new(value.Rows, value.Columns);
        double power1 = 1, power2 = 1;
        Func<int, bool> Adam(double beta1, double beta2, double epsilon, double decay, double decoupled) => _ =>
        {
            power1 *= beta1;
            power2 *= beta2;
            return OptimizerKernels.Adam(value, gradient, a, b, new AdamStep(beta1, beta2, epsilon, 1e-2 / (1 - power1), Math.Sqrt(1 - power2), decay, 1e-2 * decoupled), team);
        };
        return rule switch
        {
            "adam" => Adam(0.9, 0.999, 1e-8, 0, 0),
            "adam-l2" => Adam(0.8, 0.99, 1e-6, 0.1, 0),
            "adamw" => Adam(0.9, 0.999, 1e-8, 0, 0.1),
            "sgd" => _ => OptimizerKernels.Sgd(value, gradient, null, new SgdStep(0.1, 0, false, 0.01, false), team),
            "sgd-momentum" => step => OptimizerKernels.Sgd(value, gradient, a, new SgdStep(0.1, 0.9, false, 0, step == 1), team),
            "sgd-nesterov" => step => OptimizerKernels.Sgd(value, gradient, a, new SgdStep(0.1, 0.9, true, 0.01, step == 1), team),
            "rmsprop" => _ => OptimizerKernels.RmsProp(value, gradient, a, null, null, new RmsPropStep(1e-2, 0.99, 1e-8, 0, false, 0), team),
            "rmsprop-centered" => _ => OptimizerKernels.RmsProp(value, gradient, a, b, null, new RmsPropStep(1e-2, 0.9, 1e-6, 0, true, 0.01), team),
            _ => _ => OptimizerKernels.RmsProp(value, gradient, a, b, c, new RmsPropStep(1e-2, 0.99, 1e-8, 0.9, true, 0), team),
        };
    }

    static (float Gradient, float Value)[,] Table(string rule)
    {
        var table = new (float, float)[Steps + 1, Elements];
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Compute", "fixtures", "optimizers.csv")))
        {
            string[] cells = line.Split(',');
            if (cells[0] == rule) table[Integer(cells[1]), Integer(cells[2])] = (Float(cells[3]), Float(cells[4]));
        }
        return table;

        static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        static float Float(string text) => BitConverter.UInt32BitsToSingle(uint.Parse(text, CultureInfo.InvariantCulture));
    }
}
