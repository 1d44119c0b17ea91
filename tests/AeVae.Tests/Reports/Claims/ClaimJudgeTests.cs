using AeVae.Reports.Claims;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Reports.Claims;

public sealed class ClaimJudgeTests
{
    // Differences -0.003, -0.004, -0.002: mean -0.003, sd 0.001, t(0.975, 2) = 4.303, reach 0.0024843.
    static readonly Dictionary<string, double[]> Mse = new() { ["ae"] = [0.010, 0.009, 0.011], ["vae"] = [0.013, 0.013, 0.013] };

    [Theory]
    [InlineData("last(ae.val.mse) < last(vae.val.mse)", ClaimOutcome.Holds)]
    [InlineData("last(ae.val.mse) > last(vae.val.mse)", ClaimOutcome.DoesNotHold)]
    [InlineData("last(ae.val.mse) >= last(vae.val.mse)", ClaimOutcome.DoesNotHold)]
    [InlineData("last(vae.val.mse) > last(ae.val.mse)", ClaimOutcome.Holds)]
    [InlineData("last(ae.val.mse) + 0.0005 < last(vae.val.mse)", ClaimOutcome.Holds)]          // -0.0025 ± 0.00248
    [InlineData("last(ae.val.mse) + 0.0006 < last(vae.val.mse)", ClaimOutcome.Undecided)]      // -0.0024 ± 0.00248
    [InlineData("last(ae.val.mse) + 0.0054 < last(vae.val.mse)", ClaimOutcome.Undecided)]      // 0.0024 ± 0.00248
    [InlineData("last(ae.val.mse) + 0.0055 < last(vae.val.mse)", ClaimOutcome.DoesNotHold)]    // 0.0025 ± 0.00248
    [InlineData("last(ae.val.mse) < 0.0125", ClaimOutcome.Holds)]                              // 0.010 ± 0.00248
    [InlineData("last(ae.val.mse) < 0.0124", ClaimOutcome.Undecided)]
    [InlineData("last(vae.val.mse) <= 0.013", ClaimOutcome.Holds)]
    [InlineData("last(vae.val.mse) < 0.013", ClaimOutcome.DoesNotHold)]
    [InlineData("last(vae.val.mse) >= 0.013", ClaimOutcome.Holds)]
    [InlineData("last(vae.val.mse) > 0.013", ClaimOutcome.DoesNotHold)]
    [InlineData("abs(last(ae.val.mse) - last(vae.val.mse)) < 0.0055", ClaimOutcome.Holds)]
    [InlineData("-last(ae.val.mse) / 2 > (last(vae.val.mse) - 0.03) * 1", ClaimOutcome.Holds)] // -0.005 > -0.017
    public void TheWholeIntervalOfTheDifferenceDecides(string check, ClaimOutcome outcome) =>
        Assert.Equal(outcome, Judge(check, (variant, seed) => Run([Mse[variant][seed]])).Outcome);

    [Fact]
    public void SeedsArePaired()
    {
        // The sides spread by 1 from seed to seed, their difference by hardly anything: -0.10, -0.11, -0.09.
        double[] ae = [1.00, 2.00, 3.00], vae = [1.10, 2.11, 3.09];
        ClaimVerdict verdict = Judge("last(ae.val.mse) < last(vae.val.mse)", (variant, seed) => Run([(variant == "ae" ? ae : vae)[seed]]));
        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Equal("last(ae.val.mse) is 2.0 ± 1.0 per pixel and last(vae.val.mse) is 2.10 ± 1.00 per pixel (mean ± standard deviation of 3 seeds); "
            + "left - right is -0.100, 95 % interval -0.125 to -0.075.", verdict.Evidence);
        Assert.Equal([0UL, 1UL, 2UL], verdict.Seeds);
    }

    [Fact]
    public void AClaimAboutANumberTellsTheIntervalOfTheOtherSide()
    {
        ClaimVerdict verdict = Judge("0.0124 > last(ae.val.mse)", (variant, seed) => Run([Mse[variant][seed]]));
        Assert.Equal("last(ae.val.mse) is 0.0100 ± 0.0010 per pixel (mean ± standard deviation of 3 seeds); 95 % interval 0.0075 to 0.0125, with 0.0124 inside.", verdict.Evidence);
    }

    [Fact]
    public void OneSeedDecidesByItsValueAndSaysSo()
    {
        ClaimVerdict verdict = Judge("last(ae.val.mse) < last(vae.val.mse)", (variant, seed) => Run([Mse[variant][seed]]), seeds: [1]);
        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Equal("last(ae.val.mse) is 0.009000 per pixel and last(vae.val.mse) is 0.01300 per pixel; one seed gives no interval.", verdict.Evidence);
    }

    [Theory]
    [InlineData("last(ae.val.mse) <= 6", "last(ae.val.mse) is 6 per pixel")]
    [InlineData("best(ae.val.mse) <= 2", "is 2 per pixel")]
    [InlineData("best(ae.val.knn_accuracy) >= 8", "knn_accuracy) is 8;")]
    [InlineData("mean(ae.val.mse) <= 4", "is 4 per pixel")]
    [InlineData("at(2, ae.val.mse) <= 2", "is 2 per pixel")]
    [InlineData("epochs_to(5, ae.val.mse) <= 2", "is 2 epochs")]
    [InlineData("epochs_to(5, ae.val.knn_accuracy) <= 1", "is 1 epoch;")]
    [InlineData("epochs_to(3 * best(ae.val.mse), ae.val.mse) <= 2", "is 2 epochs")]
    [InlineData("2 * last(ae.val.mse) - best(ae.val.mse) <= 10", "is 10 per pixel")]
    [InlineData("12 / last(ae.val.mse) / 2 - 1 - 1 <= -1", "12 / last(ae.val.mse) / 2 - 1 - 1 is -1;")]
    [InlineData("(12 - last(ae.val.mse)) * 2 <= 12", "(12 - last(ae.val.mse)) * 2 is 12")]
    [InlineData("abs(best(ae.val.mse) - last(ae.val.mse)) <= 4", "is 4 per pixel")]
    [InlineData("last(ae.val.mse) / best(ae.val.mse) <= 3", "best(ae.val.mse) is 3;")]
    public void EachFunctionReadsItsNumberOfTheHistory(string check, string evidence)
    {

        ClaimVerdict verdict = Judge(check, (_, _) => Run([8, 2, 2, 2, 6]), seeds: [0]);
        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Contains(evidence, verdict.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasNotMeasuredLeavesAClaimUndecidedAndIsNamed()
    {
        Assert.Equal("vae.val.kl was not measured with seeds 0, 1 and 2.", Undecided("last(vae.val.kl) > 1", (_, _) => Run([1])));
        Assert.Equal("ae.val.mse was not measured in epoch 9 (the last one is 2) with seed 0.", Undecided("at(9, ae.val.mse) > 1", (_, _) => Run([1, 2]), seeds: [0]));
        Assert.Equal("ae.val.mse is not finite with seed 0.", Undecided("last(ae.val.mse) > 1", (_, _) => Run([1, double.NaN]), seeds: [0]));
        Assert.Equal("Neither a low nor a high kl is the better one with seed 0.", Undecided("best(ae.train.kl) > 1", (_, _) => Run([1]), seeds: [0]));
        Assert.Equal("The check divides by 0 with seed 0.", Undecided("last(ae.val.mse) / (best(ae.val.mse) - 1) > 1", (_, _) => Run([1]), seeds: [0]));
        Assert.Equal("A number of the check is too large with seed 0.", Undecided("last(ae.val.mse) / 1e-310 > 1", (_, _) => Run([1]), seeds: [0]));
        Assert.Equal("A number of the check is too large with seed 0.", Undecided("1e200 * last(ae.val.mse) * 1e200 > 1", (_, _) => Run([1]), seeds: [0]));
        Assert.StartsWith("vae has failed with seed 1. With seeds 0 and 2: last(ae.val.mse) is 0.01050 ± 0.00071 per pixel",
            Undecided("last(ae.val.mse) < last(vae.val.mse)", (variant, seed) => (variant, seed) is ("vae", 1) ? new VariantRun(null, "has failed") : Run([Mse[variant][seed]])), StringComparison.Ordinal);
        Assert.StartsWith("The check cannot be read: column 1, there is no function 'lst'.", Undecided("lst(ae.val.mse) < 1", (_, _) => Run([1])), StringComparison.Ordinal);
        Assert.Equal("No seed was run.", Undecided("last(ae.val.mse) < 1", (_, _) => Run([1]), seeds: []));
    }

    [Theory]
    [InlineData("epochs_to(3, ae.val.mse) < epochs_to(3, vae.val.mse)", "epochs_to(3, ae.val.mse) is 2 epochs and epochs_to(3, vae.val.mse) is 3 epochs; left - right is -1, the same with all 3 seeds.")]
    [InlineData("epochs_to(3, vae.val.mse) > 2", "epochs_to(3, vae.val.mse) is 3 epochs; the same with all 3 seeds.")]
    public void SeedsThatAllAgreeDecideWithoutAnInterval(string check, string evidence)
    {
        ClaimVerdict verdict = Judge(check, (variant, seed) => Run(variant == "ae" ? [5, 2] : [5, 4, 2 - seed / 10.0]));
        Assert.Equal((ClaimOutcome.Holds, evidence), (verdict.Outcome, verdict.Evidence));
    }

    [Fact]
    public void MeansAreComparedOverTheEpochsThatAllHave()
    {
        // Over all of its epochs the mean of long is 2 and would be the lower one.
        ClaimVerdict verdict = Judge("mean(long.val.mse) < mean(short.val.mse)", (variant, _) => Run(variant == "long" ? [5, 3, 1, 1, 1, 1] : [4, 3]), seeds: [0]);
        Assert.Equal((ClaimOutcome.DoesNotHold, "mean(long.val.mse) is 4 per pixel and mean(short.val.mse) is 3.500 per pixel; one seed gives no interval. Means are over the 2 epochs that all of them have."), (verdict.Outcome, verdict.Evidence));

        Assert.EndsWith(" Means are over the 1 to 2 epochs that all of them have.", Judge("mean(long.val.mse) < mean(short.val.mse)", (variant, seed) => Run(variant == "long" ? [5, 3, 1] : seed == 0 ? [4] : [4, 3])).Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("Means", Judge("mean(long.val.mse) < 3 * mean(short.val.mse)", (_, _) => Run([4, 3])).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void MeansOverEpochsOfWhichNoneIsCommonAreNotCompared()
    {
        VariantRun later = new(Run([1]).Data! with { Series = new(new Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> { [new("validation", "mse")] = [new SeriesPoint(4, 1)] }) });
        Assert.Equal("What means are taken of has no epoch in common with seed 0.", Undecided("mean(a.val.mse) < mean(b.val.mse)", (variant, _) => variant == "a" ? later : Run([2, 3]), seeds: [0]));
    }

    [Fact]
    public void AGoalThatIsNeverReachedIsReachedLaterThanAnyOther()
    {
        const string Check = "epochs_to(3, ae.val.mse) < epochs_to(3, vae.val.mse)";
        ClaimVerdict verdict = Judge(Check, (variant, _) => Run(variant == "ae" ? [5, 2] : [5, 4]));
        Assert.Equal(ClaimOutcome.Holds, verdict.Outcome);
        Assert.Equal("epochs_to(3, ae.val.mse) is 2 epochs and epochs_to(3, vae.val.mse) is not reached with seeds 0, 1 and 2; their difference has no interval.", verdict.Evidence);

        Assert.Equal(ClaimOutcome.Undecided, Judge(Check, (variant, seed) => Run(variant == "ae" || seed == 1 ? [5, 2] : [5, 4])).Outcome);
        Assert.Equal(ClaimOutcome.Undecided, Judge(Check, (_, _) => Run([5, 4])).Outcome);
        Assert.DoesNotContain("mean", Judge(Check, (_, _) => Run([5, 4])).Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("best(ae.val.loss) >= 8", ClaimOutcome.Holds)]
    [InlineData("epochs_to(8, ae.val.loss) >= 3", ClaimOutcome.Holds)]
    [InlineData("epochs_to(8, ae.val.loss) <= 1", ClaimOutcome.DoesNotHold)]
    [InlineData("best(ae.val.mse) <= 2", ClaimOutcome.Holds)]     // means the same in every epoch
    public void ALossOfAWarmUpIsNeitherTheBestNorAGoal(string check, ClaimOutcome outcome)
    {
        VariantRun run = Run([2, 3, 8, 9]);
        RunDetail detail = run.Data!.Detail with { Parameters = [.. run.Data.Detail.Parameters, new("loss.kl_warmup_epochs", "2")] };
        Assert.Equal(outcome, Judge(check, (_, _) => new(run.Data with { Detail = detail })).Outcome);
    }

    [Theory]
    [InlineData("best(ae.val.loss) >= 2")]
    [InlineData("epochs_to(100, ae.val.loss) > 2")]
    public void WhereAllEpochsAreOfAWarmUpThereIsNothingToJudgeBy(string check)
    {
        VariantRun run = Run([2, 3]);
        RunDetail detail = run.Data!.Detail with { Parameters = [.. run.Data.Detail.Parameters, new("loss.kl_warmup_epochs", "2")] };
        ClaimVerdict verdict = Judge(check, (_, _) => new(run.Data with { Detail = detail }));
        Assert.Equal(ClaimOutcome.Undecided, verdict.Outcome);
        Assert.Contains("was measured only while the KL weight rose", verdict.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void ASeedThatOnlyAnotherVariantHasSaysNothing()
    {
        VariantRun Of(string variant, ulong seed) => (variant == "own") == (seed == 5) ? Run([3 + seed / 10.0]) : new(null, "is no variant of the sweep") { HasTrial = false };

        ClaimVerdict verdict = Judge("last(ae.val.loss) < 8", Of, [0, 1, 5]);

        Assert.Equal((ClaimOutcome.Holds, "0 1"), (verdict.Outcome, string.Join(' ', verdict.Seeds)));
        Assert.Equal(ClaimOutcome.Undecided, Judge("last(ae.val.loss) < last(own.val.loss)", Of, [0, 1, 5]).Outcome);
    }

    [Fact]
    public void RunsThatAreOlderThanTheSweepAreCounted()
    {
        DateTimeOffset begun = FakeRun.Autoencoder().Run.StartedAt;
        string Evidence(DateTimeOffset frozenAt) => ClaimJudge.Judge(new ClaimText("A claim.", "last(ae.val.loss) < 8"), [0], (_, _) => Run([3]), frozenAt).Evidence;

        Assert.EndsWith(" Its runs had been begun before the sweep and its claims were written down.", Evidence(begun.AddMinutes(1)), StringComparison.Ordinal);
        Assert.DoesNotContain("begun before", Evidence(begun), StringComparison.Ordinal);
    }

    static string Undecided(string check, Func<string, ulong, VariantRun> runs, ulong[]? seeds = null)
    {
        ClaimVerdict verdict = Judge(check, runs, seeds);
        Assert.Equal(ClaimOutcome.Undecided, verdict.Outcome);
        return verdict.Evidence;
    }

    static ClaimVerdict Judge(string check, Func<string, ulong, VariantRun> runs, ulong[]? seeds = null) =>
        ClaimJudge.Judge(new ClaimText("A claim.", check), seeds ?? [0, 1, 2], runs, DateTimeOffset.MinValue);

    /// <summary>A completed run whose metrics all have the same history.</summary>
    static VariantRun Run(double[] history)
    {
        SeriesPoint[] points = [.. history.Select((value, i) => new SeriesPoint(i + 1, value))];
        return new(FakeRun.Autoencoder() with
        {
            Series = new(new Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> { [new("validation", "loss")] = points, [new("validation", "mse")] = points, [new("validation", "knn_accuracy")] = points, [new("train", "kl")] = points }),
        });
    }
}
