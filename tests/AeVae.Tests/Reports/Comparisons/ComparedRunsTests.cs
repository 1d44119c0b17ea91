using AeVae.Models;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Tests.Reports.Comparisons;

public sealed class ComparedRunsTests
{
    // The validation loss of FakeRun after 50 epochs is 103 + 60/50 + 1 + 50/100 = 105.7.
    static readonly RunData Vae = FakeRun.Full();
    static readonly RunData Wide = Vae.Set("model.encoder", "[800]");

    [Fact]
    public void RunsThatDifferInTheSeedAloneAreOneGroupAndTheBestGroupComesFirst()
    {
        ComparedRuns compared = Of(Vae.Seed(1, above: 1), Vae.Seed(2, above: 2), Vae.Seed(3, above: 3), Wide.Seed(4), Wide.Seed(5));

        Assert.Equal(["encoder=[800]", "encoder=[400]"], compared.Groups.Select(group => group.Label));
        Assert.Equal([1ul, 2, 3], compared.Groups[1].Runs.Select(run => run.Seed));
        Assert.Equal(107.7, compared.Groups[1].Sample(compared.Metric.Key).Mean, 1e-9);
        Assert.Equal(1, compared.Groups[1].Sample(compared.Metric.Key).StandardDeviation, 1e-9);
        Assert.Equal(107.7 + 4.302652729749464 / Math.Sqrt(3), compared.Groups[1].Sample(compared.Metric.Key).Interval!.Value.High, 1e-9);   // t of 0.975 with 2 degrees of freedom
        Assert.Equal(compared.Groups[0].Runs[0].Id, compared.Best!.Id);
        Assert.StartsWith("The groups have no seed in common", Assert.Single(compared.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsWhoseLabelsWouldBeCutToTheSameHaveTheirNamesOrTheEndsOfIds()
    {
        RunData[] runs = [.. Enumerable.Range(0, 3).Select(i => Vae.Set("loss.kl_weight", "0.1").Set("loss.kl_warmup_epochs", "10").Set("model.encoder", $"[1000,1000,1000,1000,1000,1000,10{i}]").Set("train.learning_rate", $"0.00{i + 1}").Id($"261121-071305-{i}abc"))];

        Assert.Equal(["vae-784-20 0abc", "vae-784-20 1abc", "vae-784-20 2abc"], Of([.. runs]).Groups.Select(group => group.Label.Replace(Vae.Run.Name, "vae-784-20", StringComparison.Ordinal)).Order());
        Assert.Equal(["model.encoder", "train.learning_rate"], Of([.. runs]).NamedKeys.Order());
        string name = new('n', 60);
        Assert.Equal([$"{name[..38]}… 0abc", $"{name[..38]}… 1abc"], Of(runs[0].Summary(run => run with { Name = name + "0" }), runs[1].Summary(run => run with { Name = name + "1" })).Groups.Select(group => group.Label).Order());
    }

    [Theory]
    [InlineData("reconstruction-of-handwritten-digits-under-a-tight-budget-", "slim-01", "wide-02", "…digits-under-a-tight-budget-slim-01", "…digits-under-a-tight-budget-wide-02")]
    [InlineData("autoencoder-of-handwritten-digits-", "base", "base-with-more-epochs", "…of-handwritten-digits-base", "…of-handwritten-digits-base-with-more-epochs")]
    [InlineData("", "reconstruction-of-handwritten-digits-under-a-tight-budget", "short", "reconstruction-of-handwritten-digits-under-…", "short")]
    [InlineData("digits-", "slim", "wide", "digits-slim", "digits-wide")]
    public void OfNamesThatAreTooLongTheirCommonWordsAreLeftOut(string common, string first, string second, string firstLabel, string secondLabel) =>
        Assert.Equal([firstLabel, secondLabel], Of(Vae.Named(common + first), Wide.Named(common + second).Id("other")).Groups.OrderBy(group => group.Members[0].Run.Name).Select(group => group.Label));

    [Fact]
    public void OnlyWhatDiffersIsNamedAndWhatFollowsFromItIsNot()
    {
        RunData ae = FakeRun.Autoencoder().Set("model.latent_activation", "identity").Set("checkpoint.keep", "3").Set("train.epochs", "50").Named("ae");
        ComparedRuns compared = Of(Vae.Named("vae"), ae);

        Assert.Equal(["model.type"], compared.Differing.Others);
        Assert.Equal(["ae", "vae"], compared.Groups.Select(group => group.Label).Order());
    }

    [Fact]
    public void ALossOfAnotherObjectiveIsNotRankedUnlessOneAsksForIt()
    {
        RunData[] runs = [Vae.Named("vae"), Vae.Set("loss.kl_weight", "4").Named("four")];

        Assert.Equal("val.bce", Of(runs).Metric.Key.ToString());
        Assert.Contains(Of(runs).Notes, note => note.Contains("minimise different objectives", StringComparison.Ordinal));
        Assert.Equal("val.loss", ComparedRuns.Of(runs, new ComparisonOptions { Metric = "val.loss" }).Metric.Key.ToString());
    }

    [Fact]
    public void TheBaselineIsComparedSeedBySeed()
    {
        RunData[] runs = [.. Enumerable.Range(1, 3).SelectMany(seed => new[] { Vae.Seed((ulong)seed, above: 10 * seed), Wide.Seed((ulong)seed, above: 10 * seed + 2 + 0.1 * seed).Id($"wide-{seed}") })];
        ComparedRuns compared = ComparedRuns.Of(runs, new ComparisonOptions { BaselineRunId = runs[0].Run.Id });

        // Differences 2.1, 2.2, 2.3: mean 2.2, standard deviation 0.1, t = 2.2 √3 ÷ 0.1 = 38.1051; with two degrees of freedom p = 1 − t ÷ √(t² + 2).
        BaselineDifference difference = Assert.Single(compared.DifferencesToBaseline());
        Assert.Equal(2.2, difference.Difference.Mean, 1e-9);
        Assert.Equal(0.00068799, difference.AdjustedPValue!.Value, 1e-7);
        Assert.True(difference.IsSignificant);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(0, false)]
    public void ADifferenceThatAllSeedsHaveIsNoEstimateOfTheirSpread(double above, bool? isSignificant)
    {
        RunData[] runs = [.. Enumerable.Range(1, 2).SelectMany(seed => new[] { Vae.Seed((ulong)seed, above: 10 * seed), Wide.Seed((ulong)seed, above: 10 * seed + above).Id($"wide-{seed}") })];
        BaselineDifference difference = Assert.Single(ComparedRuns.Of(runs, new ComparisonOptions { BaselineRunId = runs[0].Run.Id }).DifferencesToBaseline());

        Assert.Equal((2, above, isSignificant), (difference.Difference.Count, Math.Round(difference.Difference.Mean, 9), difference.IsSignificant));
        Assert.Null(difference.Difference.Interval);
        Assert.Equal("no spread between seeds", difference.WhyUntested);
    }

    [Fact]
    public void EveryGroupMoreMakesAnAccidentalDifferenceLessSignificant()
    {
        RunData Other(int width, ulong seed, double above) => Vae.Set("model.encoder", $"[{width}]").Seed(seed, above).Id($"{width}-{seed}");
        RunData[] runs = [Vae.Seed(1), Vae.Seed(2), Other(1, 1, 1), Other(1, 2, 1.1), Other(2, 1, 3), Other(2, 2, 4)];
        IReadOnlyList<BaselineDifference> all = ComparedRuns.Of(runs, new ComparisonOptions { BaselineRunId = runs[0].Run.Id }).DifferencesToBaseline();

        // With one degree of freedom p = 1 − 2 atan(t) ÷ π: t = 21 gives 0.030292 and t = 7 gives 0.090334. Holm doubles the smaller one.
        Assert.Equal(0.060584, all[0].AdjustedPValue!.Value, 1e-6);
        Assert.Equal(0.090334, all[1].AdjustedPValue!.Value, 1e-6);
        Assert.False(all[0].IsSignificant);
    }

    [Fact]
    public void OneSeedGivesNeitherIntervalNorTest()
    {
        ComparedRuns compared = ComparedRuns.Of([Vae.Named("a"), Wide.Named("b")], new ComparisonOptions { BaselineRunId = Vae.Named("a").Run.Id });

        Assert.Null(compared.Groups[0].Sample(compared.Metric.Key).Interval);
        Assert.Null(Assert.Single(compared.DifferencesToBaseline()).IsSignificant);
    }

    [Fact]
    public void GroupsWithRunsThatWarnOfPosteriorCollapseAreNamed()
    {
        RunData Warned(RunData run, params string[] messages) => run with { Detail = run.Detail with { Warnings = [.. messages.Select((message, i) => new WarningRecord(i, message))] } };
        const string Collapsed = $"{PosteriorCollapse.WarningBegins}the KL is 0 nats per image …";
        ComparedRuns compared = Of(Warned(Vae.Seed(1), Collapsed), Vae.Seed(2), Warned(Wide.Seed(1).Id("back"), Collapsed, $"{PosteriorCollapse.RecoveryBegins}…"));

        Assert.Equal("Posterior collapse was warned of in encoder=[400] (1 of 2 runs): there the decoder ignores the code. The report of each run tells what to try.", Assert.Single(compared.Notes));
    }

    [Fact]
    public void ARunThatIsEqualToAnotherCountsOnce()
    {
        ComparedRuns compared = Of(Vae.Seed(1), Vae.Seed(1).Id("261121-071305-same"), Wide.Seed(2));

        Assert.Equal(2, compared.Groups.Sum(group => group.Runs.Count));
        Assert.Contains("1 run is equal to another one, seed included, and not counted: 261121-071305-same.", compared.Notes);
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(1, 1, false)]
    public void GroupsWithoutACommonSeedAreNamed(ulong first, ulong second, bool isSaid) =>
        Assert.Equal(isSaid, Of(Vae.Seed(first), Wide.Seed(second)).Notes.Any(note => note.StartsWith("The groups have no seed in common", StringComparison.Ordinal)));

    [Fact]
    public void OfEqualRunsTheNewestCompletedOneCounts()
    {
        RunData Begun(string id, int minute, RunData run) => run.Seed(1).Summary(summary => summary with { StartedAt = summary.StartedAt.AddMinutes(minute) }).Id(id);
        ComparedRuns compared = Of(Begun("261121-071305-old0", 0, Vae), Begun("261121-071305-new0", 1, Vae), Begun("261121-071305-stop", 2, FakeRun.Interrupted(3)));

        Assert.Equal("261121-071305-new0", Assert.Single(Assert.Single(compared.Groups).Runs).Id);
        Assert.Contains("2 runs are equal to another one, seed included, and not counted: 261121-071305-old0, 261121-071305-stop.", compared.Notes);
    }

    [Fact]
    public void RunsThatDidNotCompleteAreNamedAndCountOnlyWhereNothingElseIs()
    {
        RunData stopped = FakeRun.Interrupted(3).Seed(2), failed = FakeRun.NotFinite().Set("model.encoder", "[800]").Seed(3);
        ComparedRuns compared = Of(Vae.Seed(1), stopped, failed);

        Assert.Equal(1, compared.Groups[0].Sample(compared.Metric.Key).Count);
        Assert.Equal(0, compared.Groups[1].Sample(compared.Metric.Key).Count);
        Assert.Contains($"1 run was interrupted: {stopped.Run.Id}.", compared.Notes);
        Assert.Contains($"1 run failed: {failed.Run.Id} ({failed.Run.Reason?.TrimEnd('.')}).", compared.Notes);
        Assert.Contains($"1 run has no finite val.loss: {failed.Run.Id}.", compared.Notes);
    }

    [Fact]
    public void RunsCanBePutTogetherByAnyKey()
    {
        ComparedRuns compared = ComparedRuns.Of([Vae.Named("a"), Wide.Named("b"), Vae.Set("model.latent_dim", "2").Named("c")], new ComparisonOptions { GroupBy = ["model.latent_dim"] });

        Assert.Equal(["latent_dim=2", "latent_dim=20"], compared.Groups.Select(group => group.Label).Order());
        Assert.Equal("1 of 2 groups holds runs that differ in more than the seed (model.encoder): there mean, ± and interval are over other settings, too, and tell nothing of how a repeat would come out.", Assert.Single(compared.Notes));
        Assert.Contains("no run has a key 'latent'", Assert.Throws<UnknownNameException>(() => ComparedRuns.Of([Vae], new ComparisonOptions { GroupBy = ["latent"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASectionThatSomeDoNotHaveIsADifference()
    {
        RunData stopped = Vae.Set("train.early_stop", null).Set("train.early_stop.metric", "val.loss").Set("train.early_stop.patience", "3").Named("stop");
        ComparedRuns compared = Of(Vae.Set("train.early_stop", "null").Named("full"), stopped);
        Assert.Equal(["train.early_stop"], compared.Differing.Others);
        Assert.Equal(["null", "{metric: val.loss, patience: 3}"], compared.Groups.Select(group => group.Values.Single().Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatFindsTheBestEpochIsASettingOnlyWhereThatEpochIsTested()
    {
        Assert.Equal(["checkpoint.best=val.loss", "checkpoint.best=val.mse"], Of(Vae.Tested(10).Seed(1), Vae.Tested(20, by: "val.loss").Seed(1).Id("other")).Groups.Select(group => group.Label).Order());
        Assert.Single(Of(Vae.Set("checkpoint.best", "val.mse").Seed(1), Vae.Set("checkpoint.best", "val.loss").Seed(2)).Groups);
    }

    [Fact]
    public void ARepeatIsNoSecondSample()
    {
        RunData first = Vae.Seed(1), again = first.Id("261121-071309-agai"), other = Vae.Seed(2, 1), wide = Wide.Seed(1, 2).Id("wide-1");
        ComparedRuns compared = ComparedRuns.Of([first, again, other, wide], new ComparisonOptions { GroupBy = ["model.latent_dim"] });
        Assert.Equal(3, Assert.Single(compared.Groups).Sample(compared.Metric.Key).Count);
        Assert.Contains(compared.Notes, note => note.StartsWith("1 run is equal to another one, seed included", StringComparison.Ordinal));
    }

    [Fact]
    public void AMeanEndsWithTheFirstRunThatEnds()
    {
        RunData all = Vae.Seed(1), early = Vae.Seed(2, 1);
        early = early with { Series = new(early.Series.Value.ToDictionary(series => series.Key, IReadOnlyList<SeriesPoint> (series) => [.. series.Value.Take(2)])) };
        GroupCurve curve = GroupCurve.Of(Of(all, early).Groups[0], "validation", "loss")!;
        IReadOnlyList<SeriesPoint> one = all.History("validation", "loss");
        Assert.Equal([(one[0].Epoch, one[0].Value + 0.5), (one[1].Epoch, one[1].Value + 0.5)], curve.Mean);
    }

    [Fact]
    public void RunsOfOneSeedThatArePutTogetherArePairedByTheirMean()
    {
        // Seed 1: (0 + 4)/2 against 1; seed 2: (2 + 10)/2 against 2. Differences 1 and 4.
        RunData[] two = [Vae.Seed(1), Wide.Seed(1, 4).Id("wide-1"), Vae.Seed(2, 2), Wide.Seed(2, 10).Id("wide-2")];
        RunData[] one = [.. new[] { Vae.Seed(1, 1), Vae.Seed(2, 2) }.Select((run, i) => run.Set("model.latent_dim", "2").Id($"two-{i}"))];
        ComparedRuns compared = ComparedRuns.Of([.. two, .. one], new ComparisonOptions { GroupBy = ["model.latent_dim"], BaselineRunId = "two-0" });

        BaselineDifference difference = Assert.Single(compared.DifferencesToBaseline());
        Assert.Equal((2, 2.5), (difference.Difference.Count, Math.Round(difference.Difference.Mean, 9)));
    }

    [Fact]
    public void RunsThatKeepTheWeightsOfTheirBestEpochAreRankedByThatEpoch()
    {
        // The validation loss is 104 + 60/e + e/100: 110.1 after epoch 10 and 107.2 after 20, to which 1 is added; after the last one it is 105.7 and 106.7.
        ComparedRuns compared = Of(Vae.Tested(10).Seed(1), Wide.Tested(20).Seed(1, above: 1));

        Assert.Equal(["encoder=[800]", "encoder=[400]"], compared.Groups.Select(group => group.Label));
        Assert.Equal([108.2, 110.1], compared.Groups.Select(group => Math.Round(group.Sample(compared.Metric.Key).Mean, 9)));
        Assert.Equal(110.1, compared.Groups[1].ValuesBySeed(compared.Metric.Key)[1], 1e-9);
        Assert.Equal("after the best epoch of each run (by val.mse)", compared.When);
        Assert.Equal("eval.weights is best: all values are those of the epoch that is the best by val.mse, whose weights the test images are measured with. Curves, and last(m) of val and train in claims, go to the last epoch.", Assert.Single(compared.Notes));
    }

    [Fact]
    public void BesideRunsThatKeepTheLastWeightsOthersAreRankedByTheirBestEpochStill()
    {
        ComparedRuns compared = Of(Vae.Tested(10).Seed(1), Wide.Seed(1));

        Assert.Equal([105.7, 110.1], compared.Groups.Select(group => Math.Round(group.Sample(compared.Metric.Key).Mean, 9)));
        Assert.Equal("after the last epoch of each run, or after the best where eval.weights says so", compared.When);
        Assert.Contains("eval.weights is best in 1 of 2 runs: their values are those of the epoch", Assert.Single(compared.Notes), StringComparison.Ordinal);
        Assert.Contains("; those of the others are of the last epoch.", Assert.Single(compared.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatStoppedBeforeItsTestIsRankedByTheBestEpochThatItHas() =>
        Assert.Equal(105.549, Of(FakeRun.Interrupted(100).Tested(100).Seed(1)).Groups[0].Sample(new("validation", "loss")).Mean, 1e-3);   // mse is least after epoch 77 of 100, where the loss is 104 + 60/77 + 0.77

    [Fact]
    public void TheBestEpochOfARunThatStoppedIsOneAfterTheWarmUp()
    {
        // The loss is lowest at the end of 100 epochs; that of the weights is the first best epoch after the warm-up: of mse, which is least after epoch 77, the first one that there is.
        RunData run = FakeRun.Interrupted(100).Tested(100).Set("loss.kl_warmup_epochs", "90").Seed(1);
        Assert.Equal(run.History("validation", "mse").Where(point => point.Epoch > 90).MinBy(point => point.Value)!.Epoch, run.BestEpochAfterWarmUp);
        Assert.Equal(91, run.BestEpochAfterWarmUp);
        Assert.Contains("the best by val.mse after the warm-up of the KL weight, whose", Of(run).Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", "test", "The runs validate on the test images, so what is best there was chosen with them.")]
    [InlineData("test", "10000", "1 of 2 runs validates on the test images, so what is best there was chosen with them.")]
    [InlineData("10000", "10000", null)]
    public void ThatTheBestWasChosenOnTheTestImagesIsSaid(string first, string second, string? note) =>
        Assert.Equal(note, Of(Vae.Set("data.validation", first).Seed(1), Wide.Set("data.validation", second).Seed(1)).Notes.FirstOrDefault(one => one.Contains("was chosen with them", StringComparison.Ordinal)));

    [Fact]
    public void AnUnknownMetricIsRefusedWithThoseThatThereAre() =>
        Assert.Contains("NAME is one of active_units, bce", Assert.Throws<UnknownNameException>(() => ComparedRuns.Of([Vae], new ComparisonOptions { Metric = "val.los" })).Message, StringComparison.Ordinal);

    [Fact]
    public void RunsOfDifferentDataSetsAreSaidToBeIncomparable() =>
        Assert.Contains(Of(Vae.Named("a"), Vae.Set("data.dataset", "fashion-mnist").Named("b")).Notes, note => note.StartsWith("The runs are of different data sets (mnist; fashion-mnist)", StringComparison.Ordinal));

    [Fact]
    public void RunsThatWereValidatedOnDifferentImagesAreRankedByTheTestImages()
    {
        const string Note = "The runs were validated on different images: the last 10,000 training images; the test images. ";
        RunData other = Vae.Set("data.validation", "test").Named("test");
        RunData untested = other with { Detail = other.Detail with { Metrics = [.. other.Detail.Metrics.Where(metric => metric.Split != "test")] } };

        Assert.Equal("test.loss", Of(Vae.Named("a"), other).Metric.Key.ToString());
        Assert.Contains(Note + "So they are ranked by test.loss.", Of(Vae.Named("a"), other).Notes);
        Assert.Equal("test.loss", Of(Vae.Named("a"), other, FakeRun.Interrupted(3).Named("b")).Metric.Key.ToString());
        Assert.Equal("val.loss", Of(Vae.Named("a"), untested).Metric.Key.ToString());
        Assert.Contains(Note + "So val.loss is not comparable between them.", Of(Vae.Named("a"), untested).Notes);
        Assert.Contains(Note + "So val.bce is not comparable between them.", ComparedRuns.Of([Vae.Named("a"), other], new ComparisonOptions { Metric = "val.bce" }).Notes);
        Assert.Contains(Note + "So their validation errors are not comparable.", ComparedRuns.Of([Vae.Named("a"), other], new ComparisonOptions { Metric = "test.bce" }).Notes);
        Assert.Empty(Of(Vae.Named("a"), Vae.Set("data.train_limit", "1000").Named("b")).Notes);
    }

    [Fact]
    public void AMetricMeansTheSameOnlyOnTheSameImages()
    {
        RunData ae = FakeRun.Autoencoder().Named("ae"), test = ae.Set("data.validation", "test"), binary = ae.Set("data.binarize", "threshold");

        Assert.Contains("The runs minimise different objectives, so they are ranked by test.bce, which means the same in all of them, and not by their losses.", Of(Vae.Named("vae"), test).Notes);
        Assert.Contains("The runs minimise different objectives, so val.bce is told and not their losses.", Of(Vae.Named("vae"), binary).Notes);
        Assert.Contains("The runs are of different data sets (mnist; mnist with binarize threshold): their errors are not comparable, so that no group is called best and nothing is ranked or concluded across data sets.", Of(Vae.Named("vae"), binary).Notes);
        Assert.Contains("The runs minimise different objectives, so a lower loss does not mean a better model.", ComparedRuns.Of([Vae.Named("vae"), test], new ComparisonOptions { Metric = "val.loss" }).Notes);
    }

    [Fact]
    public void ValuesOnDifferentImagesHaveNeitherABestNorADifferenceNorAnImportance()
    {
        RunData other = Vae.Set("data.dataset", "synthetic").Seed(1, -90).Id("other"), narrow = Vae.Set("model.latent_dim", "2").Seed(1, 5).Id("narrow");
        RunData[] runs = [Vae.Seed(1, 1).Id("first"), other, narrow];
        ComparedRuns compared = ComparedRuns.Of(runs, new ComparisonOptions { BaselineRunId = "first" });

        Assert.False(compared.IsRanked);
        Assert.Null(compared.Best);
        Assert.Empty(compared.ImportanceTable.Rows);
        Assert.StartsWith("The runs are of different data sets", Assert.Single(Of(runs[0], other.Set("data.validation", "1000")).Notes), StringComparison.Ordinal);   // of which other validation images follow
        Assert.Equal("narrow", Assert.Single(compared.DifferencesToBaseline()).Group.Runs[0].Id);
        Assert.Equal(["first", "narrow", "other"], compared.Groups.Select(group => group.Runs[0].Id));   // one data set after the other
        Assert.NotNull(Of(runs[0], narrow).Best);
        Assert.Null(ComparedRuns.Of([runs[0], Vae.Set("data.validation", "test").Named("test")], new ComparisonOptions { Metric = "val.loss" }).Best);
    }

    [Fact]
    public void WhatAPrunedRunHadReachedDoesNotTellWhichKeyMatters()
    {
        RunData Point(string id, string rate, string width, double loss) => Vae.Set("train.learning_rate", rate).Set("model.latent_dim", width).Seed(1, loss).Id(id);
        RunData[] runs = [Point("a", "0.1", "2", 1), Point("b", "0.2", "2", 2), Point("c", "0.1", "4", 1), Point("d", "0.2", "4", 2)];
        RunData pruned = Point("e", "0.2", "8", 500);
        pruned = pruned with { Detail = pruned.Detail with { Run = pruned.Run with { Status = RunStatus.Pruned } } };

        IReadOnlyList<Importance> importances = Of([.. runs, pruned]).ImportanceTable.Rows;

        Assert.Equal(["a", "c", "b", "d"], Of([.. runs, pruned]).Finished.Select(group => group.Runs[0].Id));
        Assert.Equal("e", Assert.Single(Of(pruned).Finished).Runs[0].Id);
        Assert.Equal(Of(runs).ImportanceTable.Rows, importances);
        Assert.Equal(("train.learning_rate", 2, 4, 1.0, 1 / 3.0), (importances[0].Key, importances[0].Levels, importances[0].Runs, importances[0].Share, importances[0].Chance));
    }

    [Fact]
    public void WhatAKeyWithoutEffectExplainsByChanceIsTheNoiseOfSeedsWhereAllWereCrossed()
    {
        RunData Point(string rate, string width, ulong seed, double loss) => Vae.Set("train.learning_rate", rate).Set("model.latent_dim", width).Seed(seed, loss).Id($"{rate}-{width}-{seed}");
        RunData[] runs = [.. from rate in (int[])[1, 2] from width in (int[])[2, 4] from seed in (int[])[0, 1] select Point($"0.{rate}", $"{width}", (ulong)seed, 100 * rate + (seed == 0 ? 1 : -1) * (width == 2 ? 4 : 2))];

        // Between the rates 8 · 50²; within the groups 2 · (2 · 4² + 2 · 2²), of which 3 and −3 are the seeds', 4 · (3² + 3²): 8 are left, with (4 − 1) · (2 − 1) degrees of freedom.
        IReadOnlyList<Importance> crossed = Of(runs).ImportanceTable.Rows;
        Assert.Equal(["train.learning_rate", "model.latent_dim"], crossed.Select(one => one.Key));
        Assert.Equal(20_000 / 20_080.0, crossed[0].Share, 1e-12);
        Assert.All(crossed, one => Assert.Equal(8 / 3.0 / 20_080, one.Chance, 1e-12));

        // Pooled, groups hold what the other key does; and with one run more of one group effects overlap. Levels fall to settings then, of which there are 8 and 4: two seeds of one are no two draws.
        Assert.All(ComparedRuns.Of([.. runs, .. runs.Select(run => run.Set("train.batch_size", "8").Id($"{run.Run.Id}-8"))], new ComparisonOptions { GroupBy = ["train.learning_rate", "model.latent_dim"] }).ImportanceTable.Rows, one => Assert.Equal(1 / 7.0 * 40_000 / 40_160, one.Chance, 1e-12));
        Assert.All(Of([.. runs, Point("0.1", "2", 2, 100)]).ImportanceTable.Rows, one => Assert.Equal(1 / 3.0 * (200_000 / 9.0) / (200_000 / 9.0 + 80), one.Chance, 1e-12));
    }

    [Fact]
    public void WhatAKeyExplainsByChanceIsTheMeanOverAllWaysToGiveItsValuesToSettings()
    {
        double[][] losses = [[100, 103], [110, 108], [105, 101], [120, 127]];   // of four settings, each with two seeds
        (int First, int Second)[] large = [.. from first in Enumerable.Range(0, 4) from second in Enumerable.Range(first + 1, 3 - first) select (first, second)];
        Importance[] rows = [.. large.Select(both => Of([.. losses.SelectMany((values, i) => values.Select((loss, seed) => Vae.Set("train.learning_rate", $"0.{i + 1}")
            .Set("train.batch_size", i == both.First || i == both.Second ? "64" : "8").Seed((ulong)seed, loss).Id($"run-{i}-{seed}")))]).ImportanceTable.Rows.Single(row => row.Key == "train.batch_size"))];

        Assert.Equal(6, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows.Average(one => one.Share), row.Chance, 1e-12));
    }

    [Fact]
    public void KeysThatOnlyChangeTogetherHaveMetNoOther()
    {
        ImportanceTable table = Of([.. Enumerable.Range(1, 8).Select(i => Vae.Set("train.learning_rate", $"0.{i}").Set("train.batch_size", $"{8 * i}").Seed(1, i).Id($"run-{i}"))]).ImportanceTable;
        Assert.Equal("train.batch_size, train.learning_rate", Assert.Single(table.Rows).Names(key => key));
        Assert.Equal("", table.RestInWords());
        Assert.EndsWith("where values were drawn at random.", table.ChanceInWords, StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsThatReachExactlyTheSameHaveOnePlace()
    {
        ComparedRuns compared = Of(Vae.Seed(1), Vae.Set("model.encoder", "[200]").Seed(1).Id("small"), Wide.Seed(1, above: 1).Id("wide"));
        Assert.Equal([1, 1, 3], compared.Groups.Select(compared.RankOf).OfType<int>());
        Assert.Equal((1, "; 1 other group is as good"), (compared.OthersAsGood, compared.BestOf));
        Assert.Equal((0, ", the best of the 2 seeds of the best group"), (Of(Vae.Seed(1), Vae.Seed(2)).OthersAsGood, Of(Vae.Seed(1), Vae.Seed(2)).BestOf));
    }

    [Fact]
    public void AValueOfASingleRunDoesNotTellWhichKeyMatters()
    {
        RunData Point(string id, string rate, string latents, string type, string batch, double loss) =>
            Vae.Set("train.learning_rate", rate).Set("model.latent_dim", latents).Set("train.optimizer.type", type).Set("train.batch_size", batch).Seed(1, loss).Id(id);
        ComparedRuns compared = Of(Point("run-a", "0.1", "2", "adam", "8", 1), Point("run-b", "0.2", "4", "adam", "8", 2), Point("run-c", "0.3", "8", "sgd", "16", 3), Point("run-d", "0.4", "2", "adam", "16", 4),
            Pruned(Point("run-e", "0.5", "16", "sgd", "8", 500)), Pruned(Point("run-f", "0.5", "16", "adam", "8", 400)));

        // Errors 1, 2 against 3, 4: of 5 lie 4 between; 1, 4 against 2, 3: nothing.
        // Batch size and learning rate put the runs into the same parts.
        Assert.Equal([("train.batch_size, train.learning_rate", 2, 0.8), ("model.latent_dim", 2, 0.0)], compared.ImportanceTable.Rows.Select(one => (one.Names(key => key), one.Levels, Math.Round(one.Share, 9))));
        Assert.Equal(("8", "8, 0.1 to 0.2"), (compared.ImportanceTable.Rows[0].BestLevel, compared.ImportanceTable.Rows[0].BestLevels));
        Assert.StartsWith("Runs were pruned for what they had reached", compared.ImportanceTable.OfPruned, StringComparison.Ordinal);
        Assert.Equal("2 pruned runs, <train.optimizer.type> (a single run has one of its values)", compared.ImportanceTable.LeftOut(key => $"<{key}>"));

        static RunData Pruned(RunData run) => run.Summary(summary => summary with { Status = RunStatus.Pruned });
    }

    [Fact]
    public void AVariantThatRunsAreGroupedByIsAKeyThatMayMatter()
    {
        RunData Of(string id, string variant, string latents, double loss) => Vae.Set("model.latent_dim", latents).Summary(run => run with { Variant = variant }).Seed(1, loss).Id(id);
        RunData[] runs = [Of("a", "slim", "2", 1), Of("b", "wide", "2", 5), Of("c", "slim", "4", 1), Of("d", "wide", "4", 6)];

        ComparedRuns compared = ComparedRuns.Of(runs, new ComparisonOptions { GroupBy = ["variant", "model.latent_dim"] });

        Assert.Equal(["variant", "model.latent_dim"], compared.ImportanceTable.Rows.Select(one => one.Key));
        Assert.Equal("slim", compared.ImportanceTable.Rows[0].BestLevel);
        Assert.Equal("variant=slim, latent_dim=2", compared.Groups[0].Label);
    }

    [Fact]
    public void FilesOfOneNameWithOtherBytesAreAnotherDataSet()
    {
        RunData Reading(string folder, char digest) => Vae with { Detail = Vae.Detail with { Provenance = Vae.Detail.Provenance! with { DataFiles = [new($"{folder}/labels", 1, new string('c', 64)), new($"{folder}/t10k-images", 1, new string(digest, 64))] } } };
        RunData unknown = Vae with { Detail = Vae.Detail with { Provenance = null } };

        Assert.Contains(Of(Reading("data", 'a').Named("a"), Reading("data", 'b').Named("b")).Notes, note => note.StartsWith("The runs are of different data sets (mnist with t10k-images aaaaaaaaaaaa; mnist with t10k-images bbbbbbbbbbbb)", StringComparison.Ordinal));
        Assert.True(Of(Reading("data", 'a').Named("a"), Reading("other", 'a').Set("model.latent_dim", "2").Named("b"), unknown.Set("model.latent_dim", "3").Named("c")).IsRanked);
    }

    static ComparedRuns Of(params RunData[] runs) => ComparedRuns.Of(runs, new ComparisonOptions());
}
