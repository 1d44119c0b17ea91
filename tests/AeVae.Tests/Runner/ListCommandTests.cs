using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tests.Runner.Sweeps;

namespace AeVae.Tests.Runner;

public sealed class ListCommandTests : IDisposable
{
    readonly SweepLaboratory _laboratory = new();

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void ACutListSaysHowManyRunsThereAre()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));

        Assert.Contains("1 of 2 runs; --all shows every run.", _laboratory.Run("list", "-n", "1").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("of 2 runs", _laboratory.Run("list").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOrderByDifferentLossesIsSaidToTellNothing()
    {
        const string note = "note: these runs minimise different losses";
        SweepPlan plan = SweepLaboratory.Plan(1e-3, 2e-3);
        _laboratory.Begin(plan);
        Assert.DoesNotContain(note, _laboratory.Run("list", "--sort", "val.loss").Error, StringComparison.Ordinal);

        ExperimentSpec other = plan.Trials[0].Spec;
        _laboratory.Begin(plan with { Trials = [plan.Trials[0] with { Spec = other with { Loss = other.Loss with { KlWeight = 0.5 } } }] });
        Assert.Contains(note, _laboratory.Run("list", "--sort", "val.loss").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(note, _laboratory.Run("list", "--sort", "val.bce").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ADifferenceOfDifferentLossesIsSaidToTellNothing()
    {
        const string note = "note: these runs minimise different losses";
        SweepPlan plan = SweepLaboratory.Plan(1e-3, 2e-3);
        ExperimentSpec other = plan.Trials[0].Spec;
        _laboratory.Begin(plan with { Trials = [plan.Trials[0], plan.Trials[1] with { Spec = other with { Loss = other.Loss with { KlWeight = 0.5 } } }] });
        _laboratory.Begin(plan);

        Assert.Contains(note, _laboratory.Run("diff", "@1", "@3").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(note, _laboratory.Run("diff", "@1", "@2").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(note, _laboratory.Run("diff", "@1", "@3", "--only", "config").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOrderOfRunsThatLackAKeyIsListed()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3));
        _laboratory.Sql("delete from run_param where key = 'loss.kl_weight' or key = 'data.binarize'");

        Assert.Equal(ExitCodes.Ok, _laboratory.Run("list", "--sort", "-val.loss").ExitCode);
    }

    [Theory]
    [InlineData("list", "--columns", "train.epoch_seconds")]
    [InlineData("list", "--sort", "train.images_per_second")]
    [InlineData("compare", "sweep:@last", "--metric", "train.epoch_seconds")]
    public void WhatNoRunCanStoreIsNoMetric(params string[] command)
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));
        _laboratory.Sql("insert or replace into metric_definition values ('epoch_seconds', 's', 'wall clock', 'none', ''), ('images_per_second', 'images/s', 'wall clock', 'none', '')");   // as older programs did

        (int exitCode, _, string error) = _laboratory.Run(command);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("learning_rate, loss, mse", error, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch_seconds, ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("images_per_second, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOrderByWhatNoneOfTheRunsHasIsSaidToBeNone()
    {
        const string note = "note: none of these runs has a value of test.nll: they stand newest first";
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));
        Assert.Contains(note, _laboratory.Run("list", "--sort", "-test.nll").Error, StringComparison.Ordinal);
        Assert.Contains(note, _laboratory.Run("list", "--sort", "test.nll", "--json").Error, StringComparison.Ordinal);
        foreach (string sort in (string[])["val.loss", "-test.mse", "train.learning_rate"])
            Assert.DoesNotContain("none of these runs", _laboratory.Run("list", "--sort", sort).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnStandsOnceThoughItIsAskedForTwice()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3));
        string header = _laboratory.Run("list", "--columns", "val.mse,seed,val.mse").Output.Split('\n')[0];
        Assert.Equal(["run", "name", "status", "epochs", "val.mse", "seed", "age"], header.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void TagsAreAColumn()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3));
        _laboratory.Sql("insert into tag (run_id, name) select id, 'night' from run union select id, 'draft' from run");
        (int exitCode, string output, _) = _laboratory.Run("list", "--columns", "tags,val.mse");
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Matches(@" epochs +tags +val\.mse +seed", output);
        Assert.Matches(@" draft night +0\.", output);
    }

    [Fact]
    public void NotesAndStartsAreColumnsAndOrders()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));
        _laboratory.Sql("update run set note = 'b', started_utc = '2026-01-02T03:04:05.6780000Z' where name = 'small-1'; update run set note = 'a' where name = 'small-2'");
        string[] Names(string sort) => [.. _laboratory.Run("list", "--sort", sort, "--columns", "started,note").Output.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];

        Assert.Equal(["small-2", "small-1"], Names("note"));
        Assert.Equal(["small-1", "small-2"], Names("-note"));
        Assert.Equal(["small-1", "small-2"], Names("started"));
        Assert.Equal(["small-2", "small-1"], Names("-started"));
        Assert.Matches(@"small-1 .* 2026-01-02 03:04:05.* b ", _laboratory.Run("list", "--columns", "started,note").Output);
    }

    [Fact]
    public void ARunThatIsNotThereIsMissedInTheNamedFile()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3));
        Assert.Contains($" in {_laboratory.Database}.", _laboratory.Run("show", "xavr").Error, StringComparison.Ordinal);
        Assert.Contains($" in {_laboratory.Database}.", _laboratory.Run("show", "smal").Error, StringComparison.Ordinal);
        Assert.Contains($" In {_laboratory.Database} there are ", _laboratory.Run("sweep", "status", "nowhere").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheNameOfASweepIsUnderstoodToMeanIt()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3));
        Assert.Contains("There is no run 'small'. Did you mean sweep:small, small-", _laboratory.Run("compare", "small").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void LongNamesKeepTheEndsInWhichTheyDiffer()
    {
        SweepPlan plan = SweepLaboratory.Plan(1e-3);
        _laboratory.Begin(plan with { Trials = [plan.Trials[0] with { Name = "an-experiment-with-a-long-name-12" }] });

        (int exitCode, string output, _) = _laboratory.Run("list");
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains(" an-experiment-w…-name-12 ", output, StringComparison.Ordinal);
    }
}
