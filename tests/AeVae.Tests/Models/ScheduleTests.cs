using AeVae.Models;
using AeVae.Models.Schedules;

namespace AeVae.Tests.Models;

/// <summary>Expected rates are PyTorch's schedulers', worked out by hand from their documented formulas.</summary>
public sealed class ScheduleTests
{
    const double Rate = 0.8;

    [Fact]
    public void ConstantNeverChanges() => AssertRates(new() { Type = ScheduleType.Constant }, [0.8, 0.8, 0.8]);

    [Fact]
    public void StepDropsEveryStepSizeEpochs() =>
        AssertRates(new() { Type = ScheduleType.Step, StepSize = 2, Gamma = 0.5 }, [0.8, 0.8, 0.4, 0.4, 0.2]);

    [Fact]
    public void MultistepDropsAfterEachMilestone() =>
        AssertRates(new() { Type = ScheduleType.Multistep, Milestones = [1, 4], Gamma = 0.1 }, [0.8, 0.08, 0.08, 0.08, 0.008]);

    [Fact]
    public void ExponentialDropsEveryEpoch() =>
        AssertRates(new() { Type = ScheduleType.Exponential, Gamma = 0.5 }, [0.8, 0.4, 0.2, 0.1]);

    [Fact]
    public void WarmupRisesLinearlyThenStays() =>
        AssertRates(new() { Type = ScheduleType.Warmup, WarmupEpochs = 4 }, [0.2, 0.4, 0.6, 0.8, 0.8, 0.8]);

    [Fact]
    public void CosineFallsFromTheRateToTheMinimum() =>   // min + ½(lr − min)(1 + cos(π·t/4)), t = 0 … 3
        AssertRates(new() { Type = ScheduleType.Cosine, MinLearningRate = 0.2 }, [0.8, 0.7121320343559643, 0.5, 0.2878679656440358]);

    [Fact]
    public void CosineAnnealsOverTheEpochsThatWarmupLeaves() =>
        AssertRates(new() { Type = ScheduleType.Cosine, WarmupEpochs = 2 }, [0.4, 0.8, 0.8, 0.6828427124746190, 0.4, 0.1171572875253810]);

    [Theory]
    [InlineData(0, new[] { 2.0, 2.0 })]
    [InlineData(4, new[] { 0.0, 0.5, 1.0, 1.5, 2.0, 2.0 })]
    public void TheKlWeightRisesLinearlyFromZero(int warmupEpochs, double[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var loss = new LossOptions { KlWeight = 2, KlWarmupEpochs = warmupEpochs };

        for (int epoch = 1; epoch <= expected.Length; epoch++) Assert.Equal(expected[epoch - 1], KlWarmup.Weight(loss, epoch));
    }

    static void AssertRates(ScheduleOptions options, double[] expected)
    {
        var schedule = new LearningRateSchedule(options, Rate, epochs: expected.Length);
        for (int epoch = 1; epoch <= expected.Length; epoch++) Assert.Equal(expected[epoch - 1], schedule.Rate(epoch), 1e-14);
    }
}
