using AeVae.Reports.Comparisons;
using AeVae.Reports.Runs;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Reports.Comparisons;

public sealed class ConclusionTests
{
    static readonly RunData Narrow = FakeRun.Full(), Wide = Narrow.Set("model.encoder", "[800]");

    [Fact]
    public void TheOrderIsToldWithItsIntervalAndNoOtherWords()
    {
        // Losses 105.7 + (1, 2, 3) and 105.7 + (0, 1.1, 1.9): differences of wide − narrow -1.0, -0.9, -1.1.
        string text = Write([Narrow.Seed(1, 1), Narrow.Seed(2, 2), Narrow.Seed(3, 3), Wide.Seed(1), Wide.Seed(2, 1.1), Wide.Seed(3, 1.9)]);

        Assert.StartsWith("- **encoder=\\[800\\]** has the lowest `val.loss` of 2 groups: 106.70 ± 0.95 nats per image (mean ± standard deviation of 3 seeds). "
            + "encoder=\\[400\\] follows with 107.7 ± 1.0; seed by seed the difference is -1.00, 95 % interval -1.25 to -0.75.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ASeedWithoutAFiniteValueIsNotCounted() =>
        Assert.StartsWith("- **encoder=\\[800\\]** has the lowest `val.loss` of 2 groups: 106.7 ± 1.4 nats per image (mean ± standard deviation of 2 seeds). ",
            Write([Narrow.Seed(1, 5), Narrow.Seed(2, 5), Wide.Seed(1), Wide.Seed(2, 2), Wide.Seed(3, double.NaN)]), StringComparison.Ordinal);

    [Fact]
    public void WhereAllSeedsAgreeThereIsNoStandardDeviationToTell() =>
        Assert.StartsWith("- **encoder=\\[400\\]** has the lowest `val.loss` of 2 groups: 105.7 nats per image (the same with both seeds). ", Write([Narrow.Seed(1), Narrow.Seed(2), Wide.Seed(1, 1), Wide.Seed(2, 2)]), StringComparison.Ordinal);

    [Fact]
    public void SeedsThatDisagreeDoNotTellGroupsApart() =>
        Assert.Contains("95 % interval -1.6 to 0.9, with 0 inside: the two are not told apart.",
            Write([Narrow.Seed(1), Narrow.Seed(2), Narrow.Seed(3), Wide.Seed(1, -0.9), Wide.Seed(2, 0.1), Wide.Seed(3, -0.2)]), StringComparison.Ordinal);

    [Fact]
    public void WhoIsNoBetterThanTheMeanImageIsNamed()
    {
        Assert.DoesNotContain("mean image", Write([Narrow.Seed(1), Wide.Seed(1)]), StringComparison.Ordinal);
        Assert.Contains("- **No better than the mean image**, whose squared error is 0.06747: encoder=\\[800\\] (`test.mse_mean`).\n", Write([Narrow.Seed(1), Wide.Seed(1, 150)]), StringComparison.Ordinal);
    }

    [Fact]
    public void ModelsOfDifferentObjectivesAreOrderedByWhatMeansTheSameInBoth()
    {
        string text = Write([Narrow.Named("vae"), FakeRun.Autoencoder().Named("ae").Seed(42, 1)]);

        Assert.Contains("has the lowest `val.bce` of 2 groups", text, StringComparison.Ordinal);
        Assert.Contains("with one seed. ae follows with", text, StringComparison.Ordinal);
        Assert.DoesNotContain("interval", text, StringComparison.Ordinal);
        Assert.Contains("- Codes:\n  - KL divergence from N(0, I) (`test.kl`, nats per image) 24.80 (vae)\n  - latents whose μ has a variance above 0.01 (`test.active_units`) 18 (vae)\n  - 10-NN accuracy: share of images whose class the ten nearest training codes tell (`test.knn_accuracy`) ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAeAndAVaeAreAlsoComparedWithoutTheNoiseOfSampledCodes()
    {
        // On the test images bce is 78 + 70/20 + 1.2 = 82.7 of the AE; of the VAE 78 + 70/50 + 1.5 = 80.9, at z = μ 71 + 70/50 + 1.5 = 73.9. Differences lie 0, 0.2 and −0.2 beside 8.8 and 1.8: ± 4.303 · 0.2/√3 = 0.497.
        RunData vae = Narrow.Named("vae"), ae = FakeRun.Autoencoder().Named("ae");
        RunData[] runs = [vae.Seed(1), vae.Seed(2), vae.Seed(3), ae.Seed(1), ae.Seed(2, 0.2), ae.Seed(3, -0.2)];
        const string Expected = "Noise: `val.bce` of a VAE is of a sampled z, whereas the code of an AE has no noise. On the test images at z = μ, ae has 82.70 ± 0.20 (`test.bce`) and vae 73.9 (`test.bce_mean`): "
            + "a difference of 8.80, 95 % interval 8.30 to 9.30; with z sampled it is 1.80, 95 % interval 1.30 to 2.30 (`test.bce`).\n";

        Assert.Contains($"- {Expected}", Write(runs), StringComparison.Ordinal);
        Assert.Equal(Expected.Replace("`", "", StringComparison.Ordinal).TrimEnd(), ComparedRuns.Of(runs, new ComparisonOptions()).SamplingNoise());
        Assert.Contains("(`test.bce_mean`): a difference of 8.80, 95 % interval 8.30 to 9.30 by the 3 seeds that both have;", Write([.. runs, ae.Seed(4)]), StringComparison.Ordinal);
        Assert.DoesNotContain("Noise", Write([vae, Wide.Named("wide")]), StringComparison.Ordinal);
        RunData untold = vae with { Detail = vae.Detail with { Metrics = [.. vae.Detail.Metrics.Where(metric => metric.Name != "bce_mean")] } };
        Assert.Contains("Errors at z = μ, which would tell how much of the difference that is, are not stored.\n", Write([untold, ae]), StringComparison.Ordinal);
    }

    [Fact]
    public void ResultsShowTheMetricThatOrdersThemOnce()
    {
        string header = ComparisonTables.Results(ComparedRuns.Of([Narrow.Named("vae"), FakeRun.Autoencoder().Named("ae")], new ComparisonOptions { Metric = "test.mse" })).Split('\n')[0];
        Assert.Single(header.Split('|'), heading => heading.Contains("test.mse", StringComparison.Ordinal));
        Assert.Contains("test.bce", header, StringComparison.Ordinal);
    }

    [Fact]
    public void ConvergenceIsTheFirstEpochWithinOnePerCentOfTheBest()
    {
        // 104 + 60/e + e/100 is least at e = 50 (105.7); 1 % above it, 106.757, is first undercut at e = 24 (106.74; 106.8387 at 23).
        // Of a hundred epochs e = 77 is the lowest (105.549), and 106.605 is first undercut at e = 26 (106.568; 106.65 at 25).
        RunData[] runs = [Narrow, FakeRun.Full(100).Set("train.epochs", "50").Set("model.encoder", "[800]").Id("wide")];
        string told = "- Training: the first epoch with `val.loss` within 1 % of its lowest value: 26 (encoder=\\[800\\]), 24 (encoder=\\[400\\]); it is lowest in the last epoch, so it may fall further, in encoder=\\[400\\].\n";

        Assert.Equal(told, Line("- Training", runs, "val.loss"));
        Assert.Equal(told.Split("value: ")[0], Line("- Training", runs, "val.mse").Split("value: ")[0]);
        Assert.EndsWith("in 6 of 6 runs.\n", Line("- Training", [.. Enumerable.Range(0, 6).Select(i => Narrow.Set("model.encoder", $"[{i}]").Id($"run-{i}"))], "val.loss"), StringComparison.Ordinal);
        Assert.DoesNotContain("may fall", Line("- Training", [runs[1], runs[1].Set("model.encoder", "[9]").Id("nine")], "val.loss"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.001", "0.01", "0.1", "**learning_rate=0.01** has the lowest")]
    [InlineData("0.001", "0.1", "0.01", "**learning_rate=0.1**, the largest value tried, has the lowest")]
    [InlineData("0.01", "0.001", "0.1", "**learning_rate=0.001**, the smallest value tried, has the lowest")]
    public void OfOneVariedNumberTheBestValueIsToldAndWhetherItIsAtTheEdge(string second, string best, string worst, string expected)
    {
        // Differences of best − second, seed by seed: -1.0, -0.9, -1.1.
        RunData[] Of(string rate, params double[] above) => [.. above.Select((error, i) => Narrow.Set("train.learning_rate", rate).Seed((ulong)i, error))];
        Assert.StartsWith($"- {expected} `val.loss` of 3 values: 106.70 ± 0.95 nats per image (mean ± standard deviation of 3 seeds). learning_rate={second} follows with 107.7 ± 1.0; seed by seed the difference is -1.00, 95 % interval -1.25 to -0.75.\n",
            Write([.. Of(second, 1, 2, 3), .. Of(best, 0, 1.1, 1.9), .. Of(worst, 5, 6, 7)]), StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsThatShareAnExtremeAreCounted()
    {
        RunData[] Of(params int[] units) => [.. units.Select((above, i) => Narrow.Set("model.encoder", $"[{i}]").Named($"a{i}").Seed(42, above).Id($"run-{i}"))];
        Assert.Contains("(`test.active_units`) from 18 (a0) to 20 (3 groups)\n", Write(Of(0, 1, 2, 2, 2)), StringComparison.Ordinal);
        Assert.Contains("(`test.active_units`) 18 (all)\n", Write(Of(0, 0, 0, 0, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void OfManyGroupsTheLowestAndTheHighestAreNamed() =>
        Assert.Matches("`test.mse`, per pixel\\) from [^,;]+ \\(a0\\) to [^,;]+ \\(a5\\)\n", Write([.. Enumerable.Range(0, 6).Select(i => Narrow.Set("model.encoder", $"[{i}]").Named($"a{i}").Seed(42, i).Id($"run-{i}"))]));

    [Fact]
    public void VerdictsAreCounted()
    {
        ClaimVerdict Claim(ClaimOutcome outcome) => new() { Text = "", Expression = "", Outcome = outcome, Evidence = "", Seeds = [] };
        Assert.EndsWith("- Claims: of 4, 2 hold, 1 does not hold, 1 is undecided.\n",
            Write([Narrow, Wide.Id("wide")], Claim(ClaimOutcome.Undecided), Claim(ClaimOutcome.Holds), Claim(ClaimOutcome.DoesNotHold), Claim(ClaimOutcome.Holds)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, ClaimOutcome.DoesNotHold, "The claim does not hold.")]
    [InlineData(2, ClaimOutcome.DoesNotHold, "Claims: neither holds.")]
    [InlineData(3, ClaimOutcome.DoesNotHold, "Claims: none of the 3 holds.")]
    [InlineData(1, ClaimOutcome.Holds, "The claim holds.")]
    [InlineData(2, ClaimOutcome.Holds, "Claims: both hold.")]
    [InlineData(3, ClaimOutcome.Holds, "Claims: all 3 hold.")]
    [InlineData(2, ClaimOutcome.Undecided, "Claims: both are undecided.")]
    [InlineData(3, ClaimOutcome.Undecided, "Claims: all 3 are undecided.")]
    public void VerdictsThatAgreeAreToldInWords(int count, ClaimOutcome outcome, string expected) =>
        Assert.EndsWith($"- {expected}\n", Write([Narrow, Wide.Id("wide")], [.. Enumerable.Repeat(new ClaimVerdict { Text = "", Expression = "", Outcome = outcome, Evidence = "", Seeds = [] }, count)]), StringComparison.Ordinal);

    [Fact]
    public void OneGroupHasNoConclusion() => Assert.Null(Conclusion.Write(ComparedRuns.Of([Narrow.Seed(1), Narrow.Seed(2)], new ComparisonOptions()), []));

    static string Line(string start, RunData[] runs, string metric) =>
        Conclusion.Write(ComparedRuns.Of(runs, new ComparisonOptions { Metric = metric }), [])!.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal)) + "\n";

    static string Write(RunData[] runs, params ClaimVerdict[] claims) => Conclusion.Write(ComparedRuns.Of(runs, new ComparisonOptions { Metric = "val.loss" }), claims)!;
}
