using System.Text.Json;
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
    public void TheRunsOfASweepAreListedWithWhatTellsThemApart()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));
        _laboratory.Begin(SweepLaboratory.Plan(5e-3));
        string sweep = $"sweep:{_laboratory.Sweep("@2").Sweep.Id}";

        string[] lines = _laboratory.Run("list", sweep).Output.TrimEnd().Split('\n');
        Assert.Matches("^run +name +status +epochs +learning_rate ", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.Matches(" small-2 .* 0\\.002 ", lines[1]);
        Assert.Matches(" small-1 .* 0\\.001 ", lines[2]);
        Assert.DoesNotContain("learning_rate", _laboratory.Run("list").Output, StringComparison.Ordinal);
        Assert.Contains($"list {sweep} --db", _laboratory.Run("show", sweep).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NoSuchRun, _laboratory.Run("list", "sweep:none").ExitCode);
        string file = _laboratory.Sweep().Sweep.File;
        Assert.Equal(_laboratory.Run("list", $"sweep:{file}").Output, _laboratory.Run("list", $"sweep:./{file}").Output);
    }

    [Fact]
    public void TheEpochsOfATrialAreNotTakenForThoseThatItHasDone()
    {
        SweepPlan plan = SweepLaboratory.Plan(1e-3, 2e-3);
        ExperimentSpec other = plan.Trials[1].Spec;
        _laboratory.Begin(plan with { Trials = [plan.Trials[0], plan.Trials[1] with { Spec = other with { Train = other.Train with { Epochs = other.Train.Epochs + 1, LearningRate = 1e-3 } } }] });

        Assert.Matches("^run +name +status +epochs +train.epochs ", _laboratory.Run("list", "sweep:@last").Output);
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
    public void OnlyRunsOfWhichTheConditionsAreTrueAreListed()
    {
        BeginTwo();
        (string, string)[] conditions =
        [
            ("train.learning_rate<=1e-3", "small-1"),
            ("learning_rate > 0.001", "small-2"),
            ("name=small-2 and status=completed", "small-2"),
            ("name!=small-2 AND epochs>=1", "small-1"),
            ("name~MALL and seed==7", "small-1 small-2"),
            ("val.loss<5", "small-1"),
            ("best.val.loss < 3", "small-2"),
            ("val.loss>=5 and val.loss<=9", "small-2"),
            ("tags=paper", "small-1"),
            ("tags!=Paper", "small-2"),
            ("note='two words'", "small-2"),
            ("note=\"two words\" and tags=paper", ""),
            ("variant=ae", ""),
            ("variant!=ae", "small-1 small-2"),   // neither has one
            ("started<2026-06-01", "small-1"),
            ("started=2026-01-02", "small-1"),
            ("started<=2026-01-02", "small-1"),
            ("started>2026-01-02", "small-2"),
            ("started>='2026-01-02 03:04:06'", "small-2"),
            ("started<2026-01-02T03:05", "small-1"),
            ("name=SMALL-1", "small-1"),
            ("note=7.0", ""),
            ("seed=7.0", "small-1 small-2"),
            ("train.mse=NaN", "small-1"),
            ("train.mse!=NaN", "small-2"),
            ("train.mse<1e9", "small-2"),
            ("effective_beta<2 and parameter_count>10", "small-1 small-2"),
            ("test.nll<1", ""),
        ];
        Assert.All(conditions, one =>
        {
            (string where, string expected) = one;
            (int exitCode, string output, string error) = _laboratory.Run("list", "-F", where, "--json");
            Assert.True(exitCode == ExitCodes.Ok, error);
            Assert.Equal(expected, string.Join(' ', JsonDocument.Parse(output).RootElement.EnumerateArray().Select(run => run.GetProperty("name").GetString()).Order()));
        });
        Assert.Contains("1 of 2 runs", _laboratory.Run("list", "-F", "epochs>=1", "-n", "1").Error, StringComparison.Ordinal);
        Assert.Equal(2, _laboratory.Run("tag", "where:val.loss<10", "--json").Output.Split("\"id\"").Length - 1);
        Assert.Contains("(small-2): no tags", _laboratory.Run("tag", "where:tags!=paper").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NoSuchRun, _laboratory.Run("compare", "where:epochs>9").ExitCode);
        Assert.Equal(ExitCodes.UserError, _laboratory.Run("show", "where:epochs>").ExitCode);
        Assert.Contains("means 2 runs", _laboratory.Run("show", "where:name~small").Error, StringComparison.Ordinal);
        Assert.Contains("is one with epochs>9", _laboratory.Run("list", "-F", "epochs>9").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoConditionIsNamed()
    {
        BeginTwo();
        (string, string)[] mistakes =
        [
            ("val.loss", "'val.loss' is no condition."),
            ("val.loss<<3", "'val.loss<<3' is no condition."),
            ("val.loss<3 or val.loss>4", "'val.loss<3 or val.loss>4' is no condition."),
            ("val.loss<3 and", "'val.loss<3 and' is no condition."),
            ("note=two words", "is no condition."),
            ("val.loss<low", "'val.loss<low': < compares numbers (and started), and 'low' is none."),
            ("learnin_rate=1", "no run has a column 'learnin_rate'. Did you mean 'learning_rate'?"),
            ("type=vae", "'type' may be model.type or train.optimizer.type or train.schedule.type: write one of them."),
            ("val.loss<NaN", "'NaN' is none."),
            ("val.loss~1", "'val.loss~1': ~ looks into text, and val.loss is a number."),
            ("started<=tomorrow", "started is compared with a time in UTC"),
            ("best.val.kl<3", "so none is the best."),
            ("", "'--filter' is empty. Name a condition after it"),
        ];
        Assert.All(mistakes, one =>
        {
            (string where, string expected) = one;
            (int exitCode, _, string error) = _laboratory.Run("list", "--filter", where);
            Assert.Equal(ExitCodes.UserError, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void TheBestEpochIsAColumnAndAnOrderAndOneOfWarmUpIsNone()
    {
        BeginTwo();
        string[] Names(string sort) => [.. JsonDocument.Parse(_laboratory.Run("list", "--sort", sort, "--json").Output).RootElement.EnumerateArray().Select(run => run.GetProperty("name").GetString()!)];

        Assert.Equal(["small-2", "small-1"], Names("best.val.loss"));
        Assert.Equal(["small-1", "small-2"], Names("val.loss"));
        // The loss of an epoch in which the KL weight still rises is another one: then only the second epoch of small-2 counts.
        _laboratory.Sql("insert or replace into run_param select id, 'loss.kl_warmup_epochs', '1' from run where name = 'small-2'");
        Assert.Equal(["small-1", "small-2"], Names("best.val.loss"));
        JsonElement best = JsonDocument.Parse(_laboratory.Run("list", "--name", "small-2", "--columns", "best.val.loss", "--json").Output).RootElement[0].GetProperty("metrics").GetProperty("best.val.loss");
        Assert.Equal((7, 2), (best.GetProperty("best").GetDouble(), best.GetProperty("best_epoch").GetInt32()));
        _laboratory.Sql("update run_param set value = '2' where key = 'loss.kl_warmup_epochs'; delete from run where name = 'small-1'");
        Assert.Contains("none of these runs has a value of best.val.loss", _laboratory.Run("list", "--sort", "best.val.loss").Error, StringComparison.Ordinal);
    }

    // small-1 ends with a loss of 4 and its best is that; small-2 was at 2 after its first epoch and ends with 7.
    void BeginTwo()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));
        _laboratory.Sql("""
            update run set started_utc = '2026-01-02T03:04:05.6780000Z', epochs_done = 2 where name = 'small-1';
            update run set started_utc = '2026-07-02T03:04:05.6780000Z', epochs_done = 2, note = 'two words' where name = 'small-2';
            update metric_summary set last_value = null, last_kind = 'nan' where split = 'train' and name = 'mse' and run_id = (select id from run where name = 'small-1');
            insert into tag (run_id, name) select id, 'paper' from run where name = 'small-1' union select id, 'draft' from run where name = 'small-1';
            delete from metric where split = 'validation' and name = 'loss';
            insert into metric (run_id, epoch, split, name, value) select id, 1, 'validation', 'loss', iif(name = 'small-1', 4.5, 2.0) from run union all select id, 2, 'validation', 'loss', iif(name = 'small-1', 4.0, 7.0) from run;
            update metric_summary set last_epoch = 2, last_value = (select value from metric m where m.run_id = metric_summary.run_id and m.epoch = 2 and m.split = 'validation' and m.name = 'loss'),
                best_epoch = iif(run_id = (select id from run where name = 'small-1'), 2, 1), best_value = iif(run_id = (select id from run where name = 'small-1'), 4.0, 2.0) where split = 'validation' and name = 'loss';
            """);
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
