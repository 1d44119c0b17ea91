using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;

namespace AeVae.Tests.Models;

/// <summary>The whole trainer against training in double: gradients by finite differences, update rules written out as PyTorch documents them.</summary>
public sealed class TrainingReferenceTests
{
    const int Steps = 4;
    const double LearningRate = 1e-2;

    public static TheoryData<OptimizerOptions> Optimizers() =>
    [
        new OptimizerOptions { Type = OptimizerType.Adam },
        new OptimizerOptions { Type = OptimizerType.Adam, Betas = [0.5, 0.9], Eps = 1e-3, WeightDecay = 0.1 },
        new OptimizerOptions { Type = OptimizerType.Adamw },
        new OptimizerOptions { Type = OptimizerType.Adamw, WeightDecay = 0.3 },
        new OptimizerOptions { Type = OptimizerType.Sgd },
        new OptimizerOptions { Type = OptimizerType.Sgd, Momentum = 0.9, WeightDecay = 0.1 },
        new OptimizerOptions { Type = OptimizerType.Sgd, Momentum = 0.9, Nesterov = true },
        new OptimizerOptions { Type = OptimizerType.Rmsprop },
        new OptimizerOptions { Type = OptimizerType.Rmsprop, Alpha = 0.9, Centered = true, Eps = 1e-3 },
        new OptimizerOptions { Type = OptimizerType.Rmsprop, Momentum = 0.5, WeightDecay = 0.1 },
    ];

    [Theory, MemberData(nameof(Optimizers))]
    public void EveryOptimizerStepsAsPyTorchDocumentsIt(OptimizerOptions optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ExperimentSettings settings = SmallData.Ae(Steps) with
        {
            Model = new ModelOptions { Type = ModelType.Ae, Encoder = [4], LatentDim = 2, Activation = Activation.Tanh },
            Train = new TrainingOptions { Epochs = Steps, BatchSize = 64, LearningRate = LearningRate, Optimizer = optimizer },
        };
        Splits splits = SmallData.Splits(train: 9);
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(settings, splits, team);
        Dictionary<string, double[]> start = Parameters(trainer.Capture());

        Assert.Equal(Steps, trainer.Run(CancellationToken.None).Count());

        var reference = new ReferenceNetwork(settings.Model, settings.Loss, start);
        double[][] images = [.. Enumerable.Range(0, splits.Train.Count).Select(i => splits.Train.Pixels.Span.Slice(i * SmallData.Pixels, SmallData.Pixels).ToArray().Select(p => p / 255.0).ToArray())];
        var rule = new ReferenceOptimizer(optimizer, LearningRate);
        for (int step = 1; step <= Steps; step++) rule.Step(reference.Parameters, reference.Gradient(images, new double[images.Length][], 0), step);
        Dictionary<string, double[]> found = Parameters(trainer.Capture());
        foreach ((string name, double[] expected) in reference.Parameters)
        {
            // A normalised step is as uncertain as the sign of its gradient; a thousandth of a step is far below any wrong formula.
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[name][i], 1e-3 * LearningRate);
        }
    }

    static Dictionary<string, double[]> Parameters(Checkpoint checkpoint) =>
        checkpoint.ParameterTensors.ToDictionary(t => t.Name, t => t.Values.Select(v => (double)v).ToArray());

    sealed class ReferenceOptimizer(OptimizerOptions options, double learningRate)
    {
        readonly Dictionary<string, double[]> first = [], second = [], velocity = [];

        public void Step(Dictionary<string, double[]> parameters, Dictionary<string, double[]> gradients, int t)
        {
            foreach ((string name, double[] p) in parameters)
            {
                for (int i = 0; i < p.Length; i++) p[i] = Next(name, i, p, gradients[name][i], t);
            }
        }

        double Next(string name, int i, double[] p, double g, int t)
        {
            ref double m = ref At(first, name, p.Length)[i];
            ref double v = ref At(second, name, p.Length)[i];
            ref double b = ref At(velocity, name, p.Length)[i];
            double decay = options.WeightDecay ?? (options.Type == OptimizerType.Adamw ? 0.01 : 0), value = p[i];
            if (options.Type == OptimizerType.Adamw) value -= learningRate * decay * value;
            else g += decay * value;
            switch (options.Type)
            {
                case OptimizerType.Adam or OptimizerType.Adamw:
                    m = options.Betas[0] * m + (1 - options.Betas[0]) * g;
                    v = options.Betas[1] * v + (1 - options.Betas[1]) * g * g;
                    double mHat = m / (1 - Power(options.Betas[0], t)), vHat = v / (1 - Power(options.Betas[1], t));
                    return value - learningRate * mHat / (Math.Sqrt(vHat) + options.Eps);
                case OptimizerType.Sgd:
                    b = t == 1 ? g : options.Momentum * b + g;
                    return value - learningRate * (options.Nesterov ? g + options.Momentum * b : options.Momentum > 0 ? b : g);
                default:
                    v = options.Alpha * v + (1 - options.Alpha) * g * g;
                    m = options.Alpha * m + (1 - options.Alpha) * g;
                    double scaled = g / (Math.Sqrt(options.Centered ? v - m * m : v) + options.Eps);
                    b = options.Momentum * b + scaled;
                    return value - learningRate * (options.Momentum > 0 ? b : scaled);
            }
        }

        static double Power(double x, int n) => Enumerable.Repeat(x, n).Aggregate((a, b) => a * b);

        static double[] At(Dictionary<string, double[]> state, string name, int length) =>
            state.TryGetValue(name, out double[]? values) ? values : state[name] = new double[length];
    }
}
