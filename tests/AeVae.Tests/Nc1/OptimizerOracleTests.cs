using AeVae.Compute;
using AeVae.Tests.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C10: a thousand steps of every update rule on every path against the page, bit for bit.</summary>
public sealed class OptimizerOracleTests
{
    const int Rows = 3, Columns = 29, Steps = 1000;
    const double LearningRate = 1e-2, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Alpha = 0.9;

    [Theory]
    [InlineData("adam")]
    [InlineData("adam-l2")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("sgd-nesterov")]
    [InlineData("rmsprop")]
    [InlineData("rmsprop-centered-momentum")]
    public void AThousandStepsFollowThePage(string rule)
    {
        int[] expected = ByThePage(rule);
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(2, path);
            Matrix w = Samples.Normal(Rows, Columns, "value"), a = new(Rows, Columns), b = new(Rows, Columns), c = new(Rows, Columns);
            double power1 = 1, power2 = 1;
            for (int step = 1; step <= Steps; step++)
            {
                Matrix g = Gradient(step);
                power1 *= Beta1;
                power2 *= Beta2;
                AdamStep adam = new(Beta1, Beta2, Epsilon, LearningRate / (1 - power1), Math.Sqrt(1 - power2), 0, 0);
                switch (rule)
                {
                    case "adam": OptimizerKernels.Adam(w, g, a, b, adam, team); break;
                    case "adam-l2": OptimizerKernels.Adam(w, g, a, b, adam with { WeightDecay = 0.1 }, team); break;
                    case "adamw": OptimizerKernels.Adam(w, g, a, b, adam with { DecoupledDecay = LearningRate * 0.1 }, team); break;
                    case "sgd": OptimizerKernels.Sgd(w, g, null, new SgdStep(LearningRate, 0, false, 0.1, step == 1), team); break;
                    case "sgd-nesterov": OptimizerKernels.Sgd(w, g, a, new SgdStep(LearningRate, 0.9, true, 0, step == 1), team); break;
                    case "rmsprop": OptimizerKernels.RmsProp(w, g, a, null, null, new RmsPropStep(LearningRate, Alpha, Epsilon, 0, false, 0.1), team); break;
                    default: OptimizerKernels.RmsProp(w, g, a, b, c, new RmsPropStep(LearningRate, Alpha, Epsilon, 0.9, true, 0), team); break;
                }
            }

            int[] actual = IsAdam(rule) ? [.. Samples.Bits(w), .. Samples.Bits(a), .. Samples.Bits(b)] : Samples.Bits(w);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{rule} differs on {path}");
        }
    }

    /// <summary>A moment of a few units in the last place beside a weight that is as small: what rounds to zero for one size of step does not for another, and zeros have signs.</summary>
    [Theory]
    [InlineData(1e-3, 0)]
    [InlineData(0.3, 0)]
    [InlineData(3, 0)]
    [InlineData(1e-3, 0.25)]
    [InlineData(1e-3, 0.5)]
    [InlineData(0.3, 0.75)]
    [InlineData(0.3, 1)]
    public void TheLeastMomentsMoveTheLeastWeightsAsThePageSays(double stepSize, double decoupledDecay)
    {
        const int Sizes = 17;       // −8 … 8 units in the last place
        AdamStep step = new(Beta1, Beta2, Epsilon, stepSize, 1, 0, decoupledDecay);
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(1, path);
            Matrix w = new(Sizes, Sizes), m = new(Sizes, Sizes), expected = new(Sizes, Sizes);
            for (int row = 0; row < Sizes; row++)
            {
                for (int column = 0; column < Sizes; column++)
                {
                    (w[row, column], m[row, column]) = ((row - 8) * float.Epsilon, (column - 8) * float.Epsilon);
                    float moment = m[row, column] + (0 - m[row, column]) * (float)(1 - Beta1);
                    expected[row, column] = w[row, column] * (float)(1 - decoupledDecay) - (float)stepSize * moment / (MathF.Sqrt(0) / 1 + (float)Epsilon);
                }
            }

            OptimizerKernels.Adam(w, new Matrix(Sizes, Sizes), m, new Matrix(Sizes, Sizes), step, team);
            Assert.True(Samples.Bits(expected).AsSpan().SequenceEqual(Samples.Bits(w)), $"differs on {path}");
        }
    }

    static bool IsAdam(string rule) => rule.StartsWith("adam", StringComparison.Ordinal);

    static int[] ByThePage(string rule)
    {
        Matrix w = Samples.Normal(Rows, Columns, "value");
        float[] first = new float[Rows * Columns], second = new float[Rows * Columns], third = new float[Rows * Columns];
        double p1 = 1, p2 = 1;
        bool spreadWasNegative = false;
        for (int step = 1; step <= Steps; step++)
        {
            Matrix gradient = Gradient(step);
            p1 = p1 * Beta1;
            p2 = p2 * Beta2;
            float a1 = (float)(1 - Beta1), b2 = (float)Beta2, a2 = (float)(1 - Beta2), eps = (float)Epsilon, alpha = (float)(LearningRate / (1 - p1)), d = (float)Math.Sqrt(1 - p2);
            float decay = rule is "adam-l2" or "sgd" or "rmsprop" ? (float)0.1 : 0, keep = rule == "adamw" ? (float)(1 - LearningRate * 0.1) : 1, rate = (float)LearningRate;
            for (int i = 0; i < first.Length; i++)
            {
                ref float value = ref w.Row(i / Columns)[i % Columns], m = ref first[i], v = ref second[i], b = ref third[i];
                float g = gradient[i / Columns, i % Columns] + decay * value;
                if (IsAdam(rule))
                {
                    value = value * keep;
                    m = m + (g - m) * a1;
                    v = v * b2 + a2 * g * g;
                    value = value - alpha * m / (MathF.Sqrt(v) / d + eps);
                }
                else if (rule == "sgd")
                {
                    value = value - rate * g;
                }
                else if (rule == "sgd-nesterov")
                {
                    b = step == 1 ? g : b * (float)0.9 + g;
                    value = value - rate * (g + (float)0.9 * b);
                }
                else if (rule == "rmsprop")
                {
                    v = v * (float)Alpha + (float)(1 - Alpha) * g * g;
                    value = value - rate * g / (MathF.Sqrt(v) + eps);
                }
                else
                {
                    v = v * (float)Alpha + (float)(1 - Alpha) * g * g;
                    m = m + (g - m) * (float)(1 - Alpha);
                    float spread = v - m * m;
                    spreadWasNegative |= spread < 0;
                    b = b * (float)0.9 + g / (MathF.Sqrt(spread > 0 ? spread : 0) + eps);
                    value = value - rate * b;
                }
            }
        }

        Assert.Equal(rule == "rmsprop-centered-momentum", spreadWasNegative);      // by rounding, where a gradient does not change
        if (!IsAdam(rule)) return Samples.Bits(w);
        Assert.Equal(rule != "adam-l2", first.Any(m => m < 0 && float.IsSubnormal(m)) && first.Any(m => m > 0 && float.IsSubnormal(m)));    // where a gradient has vanished
        return [.. Samples.Bits(w), .. first.Select(BitConverter.SingleToInt32Bits), .. second.Select(BitConverter.SingleToInt32Bits)];
    }

    static Matrix Gradient(int step)
    {
        Matrix gradient = Samples.Normal(Rows, Columns, $"gradient {step % 10}", spread: step % 3 + 0.1f);
        for (int column = 20; column < Columns; column++) gradient[1, column] = 0.01f * column;     // the same in every step
        for (int column = 0; column < Columns && step > 10; column++) gradient[2, column] = Vanished(column, step);
        return gradient;
    }

    // Nothing at all, the least of numbers with either sign, or nothing until the last steps.
    static float Vanished(int column, int step) => (column % 3) switch
    {
        0 => 0,
        1 => (step % 5 - 2) * float.Epsilon,
        _ => step > Steps - 3 ? 1 : 0,
    };
}
