using AeVae.Models;
using AeVae.Models.Schedules;

namespace AeVae.Tests.Models;

public sealed class EarlyStopTests
{
    [Fact]
    public void FiresAfterPatienceEvaluationsWithoutImprovement() =>
        Assert.Equal(5, FirstFired(new() { Metric = "val.loss", Patience = 2 }, "loss", [3, 2, 2.5, 1.9, 1.9, 5]) - 1);

    [Fact]
    public void AnImprovementMustExceedMinDelta() =>
        Assert.Equal(2, FirstFired(new() { Metric = "validation.loss", Patience = 1, MinDelta = 0.5 }, "loss", [3, 2.6, 1]));

    [Fact]
    public void AMetricWhoseGoalIsHighImprovesUpwards() =>
        Assert.Equal(3, FirstFired(new() { Metric = "val.elbo", Patience = 1 }, "elbo", [-3, -2, -2.5]));

    [Fact]
    public void AMetricThatIsNoNumberIsNoImprovementAndNoBest() =>
        Assert.Equal(5, FirstFired(new() { Metric = "val.loss", Patience = 2 }, "loss", [double.NaN, 3, 2, double.NaN, double.NaN]));

    [Theory]
    [InlineData("val.los", "no metric is called 'los'")]
    [InlineData("loss", "names no split")]
    [InlineData("dev.loss", "names no split")]
    [InlineData("val.kl", "neither better high nor better low")]
    [InlineData("test.loss", "test is measured once, at the end")]
    [InlineData("val.nll", "is not measured after each epoch")]
    public void AMetricThatCannotBeWatchedIsRefused(string metric, string message)
    {
        ExperimentSettings settings = SmallData.Vae();

        var refusal = Assert.Throws<SettingsException>(() => new EarlyStop(new() { Metric = metric }, settings.Model, settings.Loss));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingEndsWithTheEpochThatFires()
    {
        ExperimentSettings settings = SmallData.Ae(epochs: 20);
        // No change ever exceeds this: the first epoch is the best for good.
        settings = settings with { Train = settings.Train with { EarlyStop = new() { Patience = 3, MinDelta = 1e9 } } };

        IReadOnlyList<EpochResult> epochs = SmallData.Train(settings);

        Assert.Equal([false, false, false, true], epochs.Select(e => e.StopsEarly));
    }

    [Fact]
    public void PatienceBeginsAfterTheWarmUp()
    {
        ExperimentSettings settings = SmallData.Vae(epochs: 20);
        settings = settings with { Loss = settings.Loss with { KlWarmupEpochs = 4 }, Train = settings.Train with { EarlyStop = new() { Patience = 3, MinDelta = 1e9 } } };

        Assert.Equal(4 + 1 + 3, SmallData.Train(settings).Count);
    }

    static int FirstFired(EarlyStopOptions options, string name, double[] values)
    {
        ExperimentSettings settings = SmallData.Vae();
        var stop = new EarlyStop(options, settings.Model, settings.Loss);
        for (int i = 0; i < values.Length; i++)
        {
            stop.Observe([new(Split.Train, name, 0), new(Split.Validation, name, values[i])]);
            if (stop.Fired) return i + 1;
        }

        return -1;
    }
}
