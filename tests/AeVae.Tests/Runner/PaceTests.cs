using AeVae.Runner.Views;

namespace AeVae.Tests.Runner;

public sealed class PaceTests
{
    [Fact]
    public void NothingIsSaidOfTheTimeLeftBeforeAnythingIsKnown() =>
        Assert.Null(new Pace(epochs: 10, stepsPerEpoch: 100).Left(epoch: 1, step: 1, TimeSpan.FromSeconds(1)));

    [Fact]
    public void InTheFirstEpochTheStepsSoFarSetThePace()
    {
        // Half an epoch in 3 s: 9.5 epochs are left, 6 s each.
        TimeSpan? left = new Pace(epochs: 10, stepsPerEpoch: 100).Left(epoch: 1, step: 50, TimeSpan.FromSeconds(3));
        Assert.Equal(57, left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void AResumedRunHasOnlyItsRestBeforeIt()
    {
        Pace pace = new(epochs: 10, stepsPerEpoch: 100, alreadyFinished: 6);
        Assert.Equal(0.6, pace.Fraction(epoch: 6, step: 0), 6);
        // Half of the seventh epoch in 3 s: 3.5 epochs are left, 6 s each.
        Assert.Equal(21, pace.Left(epoch: 7, step: 50, TimeSpan.FromSeconds(3))!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void AfterwardsTheLastFiveEpochsSetIt()
    {
        Pace pace = new(epochs: 10, stepsPerEpoch: 100);
        foreach (double elapsed in (double[])[100, 102, 104, 106, 108, 110])
            pace.EpochFinished(TimeSpan.FromSeconds(elapsed));
        // Five epochs of 2 s; 4 epochs less a half are left.
        Assert.Equal(7, pace.Left(epoch: 7, step: 50, TimeSpan.FromSeconds(111))!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void BetweenTwoEpochsTheStepsOfTheFinishedOneAreNotCountedTwice()
    {
        Pace pace = new(epochs: 4, stepsPerEpoch: 100);
        pace.EpochFinished(TimeSpan.FromSeconds(1));
        Assert.Equal(0.25, pace.Fraction(epoch: 1, step: 100));
    }

    [Fact]
    public void TheEndIsOneAndNotMore()
    {
        Pace pace = new(epochs: 1, stepsPerEpoch: 100);
        pace.EpochFinished(TimeSpan.FromSeconds(1));
        Assert.Equal(1, pace.Fraction(epoch: 2, step: 0));
        Assert.Equal(TimeSpan.Zero, pace.Left(epoch: 1, step: 100, TimeSpan.FromSeconds(1)));
    }
}
