using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AeVae.Compute;
using AeVae.Runner.Sweeps;
using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>Values of points against derivations by hand.</summary>
public sealed class DrawTests
{
    const string Base = "data: {dataset: synthetic, validation: 1000}\nmodel: {type: vae}\ntrain: {epochs: 2}\n";

    [Theory]
    [InlineData("model.latent_dim: {range: [2, 11, 3]}", "2 5 8 11")]
    [InlineData("model.latent_dim: {range: [11, 3, -4]}", "11 7 3")]
    [InlineData("train.learning_rate: {range: [0.1, 0.5, 0.1]}", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("train.learning_rate: {range: [0.1, 0.55, 0.1]}", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("train.learning_rate: {min: 0, max: 1, steps: 5}", "0 0.25 0.5 0.75 1")]
    [InlineData("train.learning_rate: {min: 0.1, max: 0.4, quantum: 0.1}", "0.1 0.2 0.3 0.4")]
    [InlineData("train.learning_rate: {min: 1e-4, max: 1, distribution: log_uniform, steps: 5}", "0.0001 0.001 0.01 0.1 1")]
    [InlineData("loss.kl_weight: {min: 0.1, max: 10, distribution: log_uniform, steps: 5}", "0.1 0.316228 1 3.16228 10")]   // 10^-½ and 10^½ in six digits
    [InlineData("model.latent_dim: {min: 2, max: 5}", "2 3 4 5")]
    [InlineData("model.latent_dim: {min: 2, max: 10, quantum: 4}", "2 6 10")]
    [InlineData("model.latent_dim: {min: 1, max: 9, steps: 3}", "1 5 9")]
    [InlineData("model.latent_dim: {min: 2, max: 128, distribution: log_int, steps: 4}", "2 8 32 128")]
    [InlineData("loss.kl_weight: {min: 1, max: 3, distribution: int}", "1 2 3")]
    [InlineData("train.gradient_clip: [null, 1.0, 1e-1]", "null 1 0.1")]
    [InlineData("model.activation: [relu, tanh]", "relu tanh")]
    [InlineData("train.optimizer.nesterov: [false]", "false")]
    public void AGridHasTheseValues(string parameter, string expected) =>
        Assert.Equal(expected, Values($"sweep: {{parameters: {{{parameter}}}}}", parameter.Contains("nesterov", StringComparison.Ordinal) ? "train.optimizer=sgd" : "train.optimizer=adam"));

    [Fact]
    public void HaltonsPointsAreTheRadicalInversesInTheOrderOfTheNames()
    {
        // Bases 2 for loss.kl_weight and 3 for train.learning_rate, whichever stands first: 1/2, 1/4, 3/4, 1/8 and 1/3, 2/3, 1/9, 4/9.
        SweepPlan plan = ExperimentFiles.Plan(Base + "sweep: {method: halton, trials: 4, parameters: {train.learning_rate: {min: 0, max: 9}, loss.kl_weight: {min: 0, max: 8}}}\n");
        Assert.Equal(["3 4", "6 2", "1 6", "4 1"], plan.Trials.Select(trial => string.Join(' ', trial.Parameters.Select(parameter => parameter.Value))));
    }

    [Fact]
    public void ARandomNumberIsTheFirstTwoWordsOfItsOwnPhiloxBlock()
    {
        const string name = "train.learning_rate";
        uint stream = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes("sweep/" + name)));
        UInt4 block = Philox4x32.Block(new UInt4(0, 3, 0, stream), 77);
        double u = (double)(((ulong)block.Y << 32 | block.X) >> 11) / (1UL << 53);
        Assert.Equal(u, UnitPoint.Random(77, name, 3));
        Assert.Equal(1 + 2 * u, new NumberRange(1, 3, false, null, null).Draw(u), 5e-6);   // rounded to six digits
    }

    [Fact]
    public void PointKDependsOnItsNumberAndItsParameterAlone()
    {
        const string two = "sweep: {method: random, seed: 5, trials: 40, parameters: {train.learning_rate: {min: 1e-5, max: 1e-1, distribution: log_uniform}, model.latent_dim: {min: 2, max: 500}}}\n";
        const string one = "sweep: {method: random, seed: 5, trials: 9, parameters: {model.latent_dim: {min: 2, max: 500}}}\n";
        const string swapped = "sweep: {method: random, seed: 5, trials: 9, parameters: {model.latent_dim: {min: 2, max: 500}, loss.kl_weight: [1, 2], train.learning_rate: {min: 1e-5, max: 1e-1, distribution: log_uniform}}}\n";
        SweepPlan many = ExperimentFiles.Plan(Base + two);
        Assert.Equal(Of(many, "model.latent_dim").Take(9), Of(ExperimentFiles.Plan(Base + one), "model.latent_dim"));
        Assert.Equal(Of(many, "train.learning_rate").Take(9), Of(ExperimentFiles.Plan(Base + swapped), "train.learning_rate"));
        Assert.NotEqual(Of(many, "model.latent_dim"), Of(ExperimentFiles.Plan(Base + two, "sweep.seed=6"), "model.latent_dim"));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.24999, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.99999, 4)]
    public void WholeNumbersAreEquallyLikely(double u, double expected) => Assert.Equal(expected, new NumberRange(1, 4, false, 1, null).Draw(u));

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.34, 0.3)]   // the third of 0.1, 0.2, … begins at 1/3 when there are six: ⌊0.34·6⌋ = 2
    [InlineData(0.9999, 0.6)]
    public void AQuantumLeavesOnlyItsMultiples(double u, double expected) => Assert.Equal(expected, new NumberRange(0.1, 0.65, false, 0.1, null).Draw(u));

    [Theory]
    [InlineData(0, 1e-4)]
    [InlineData(0.25, 1e-3)]
    [InlineData(0.5, 1e-2)]
    public void LogUniformIsUniformInTheLogarithm(double u, double expected) => Assert.Equal(expected, new NumberRange(1e-4, 1, true, null, null).Draw(u));

    [Theory]
    [InlineData(0, 1)]   // from ½ to 8½ on a logarithmic scale, 1½ lies at ln 3 ÷ ln 17 = 0.388 and 2½ at ln 5 ÷ ln 17 = 0.568
    [InlineData(0.389, 2)]
    [InlineData(0.387, 1)]
    [InlineData(0.567, 2)]
    [InlineData(0.569, 3)]
    [InlineData(0.9999, 8)]
    public void WholeNumbersOnALogarithmicScaleHaveTheirShareOfIt(double u, double expected) =>
        Assert.Equal(expected, new NumberRange(1, 8, true, 1, null).Draw(u));

    [Fact]
    public void ListedValuesAreDrawnEquallyOften()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + "sweep: {method: random, trials: 3000, parameters: {loss.kl_weight: [1, 2, 3], train.learning_rate: {min: 0.001, max: 0.9}}}\n");
        // Binomial(3000, 1/3) has standard deviation 25.8; four of them.
        Assert.All(Of(plan, "loss.kl_weight").CountBy(value => value), count => Assert.InRange(count.Value, 1000 - 104, 1000 + 104));
    }

    static IEnumerable<string> Of(SweepPlan plan, string key) => plan.Trials.Select(trial => trial.Parameters.First(parameter => parameter.Key == key).Value);

    static string Values(string sweep, params string[] overrides) => string.Join(' ', ExperimentFiles.Plan(Base + sweep + "\n", overrides).Trials.Select(trial => trial.Parameters[0].Value));
}
