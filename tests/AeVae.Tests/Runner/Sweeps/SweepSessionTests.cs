using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>Trials side by side give what each gives alone, and a sweep that stopped goes on.</summary>
public sealed class SweepSessionTests : IDisposable
{
    const double Diverges = 1e5;

    readonly SweepLaboratory _laboratory = new();

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void TrialsSideBySideHaveTheBitsOfTrialsAlone()
    {
        Assert.Equal(ExitCodes.Ok, _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3, 3e-3, 4e-3)));
        IReadOnlyList<string?> alone = _laboratory.LastParameters();
        Assert.Equal(ExitCodes.Ok, _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3, 3e-3, 4e-3), parallel: 4));

        Assert.Equal(alone, _laboratory.LastParameters());
        Assert.Equal(4, alone.Distinct().Count());
        SweepDetail first = _laboratory.Sweep("@2"), second = _laboratory.Sweep();
        foreach ((FrozenTrial one, FrozenTrial four) in first.Trials.Zip(second.Trials))
            Assert.Equal(StoredBits.Of(_laboratory.Database, one.RunId!), StoredBits.Of(_laboratory.Database, four.RunId!));
    }

    [Fact]
    public void ATrialThatFailsIsRecordedAndTheOthersGoOn()
    {
        Assert.Equal(ExitCodes.RunFailed, _laboratory.Begin(SweepLaboratory.Plan(1e-3, Diverges, 2e-3), parallel: 2));
        Assert.Equal([RunStatus.Completed, RunStatus.Failed, RunStatus.Completed], Statuses());
        Assert.Contains("trial 2/3", _laboratory.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ATrialThatFailsByABugGivesTheSweepTheExitCodeOfBugs()
    {
        using FaultyWriter output = new("\"event\":\"epoch\"");
        Assert.Equal(70, _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3), globals: _laboratory.Globals() with { Json = true, Output = output }));
        Assert.Equal([RunStatus.Failed, RunStatus.Completed], Statuses());
    }

    [Fact]
    public void NoTrialBeginsAfterTooManyHaveFailed()
    {
        SweepPlan plan = SweepLaboratory.Plan(Diverges, Diverges * 2, 1e-3);
        _laboratory.Begin(plan with { Outline = plan.Outline with { MaxFailed = 1 } });
        Assert.Equal([RunStatus.Failed, RunStatus.Queued, RunStatus.Queued], Statuses());
    }

    [Fact]
    public void ASweepThatStoppedGoesOnWhereItWas()
    {
        SweepPlan plan = SweepLaboratory.Plan(1e-3, 2e-3, 3e-3);
        _laboratory.Begin(plan);
        IReadOnlyList<string?> whole = _laboratory.LastParameters();
        _laboratory.Begin(plan);
        SweepDetail sweep = _laboratory.Sweep();
        string id = sweep.Sweep.Id;
        _laboratory.Sql($"update run set status = 'interrupted' where id = '{sweep.Trials[1].RunId}'; update trial set run_id = null where sweep_id = '{id}' and number = 3; delete from epoch where run_id = '{sweep.Trials[1].RunId}' and epoch > 2");

        Assert.Equal(ExitCodes.Ok, _laboratory.Resume(id, parallel: 2));

        Assert.Equal(whole, _laboratory.LastParameters());
        Assert.Equal(sweep.Trials[0].RunId, _laboratory.Sweep().Trials[0].RunId);
        Assert.Equal(sweep.Trials[1].RunId, _laboratory.Sweep().Trials[1].RunId);
        Assert.Equal(ExitCodes.Ok, _laboratory.Resume(id));     // nothing is left to do
    }

    [Fact]
    public void TheBestSoFarMayHaveBeenTrainedBefore()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-9, 1e-3));    // the first learns nothing
        SweepDetail sweep = _laboratory.Sweep();
        using RunQueries queries = RunQueries.Open(_laboratory.Database);
        SweepBoard board = new(new SweepStart(sweep, new HashSet<int>(), Parallel: 1, Threads: 1, IsResumed: true, SweepRanking.BestAlone(queries, sweep)));
        Assert.Equal(2, board.Best?.Trial.Number);
    }

    [Fact]
    public void TrialsThatFailedAreTrainedAgainOnlyWhenAskedFor()
    {
        _laboratory.Begin(SweepLaboratory.Plan(Diverges, 1e-3));
        SweepDetail before = _laboratory.Sweep();
        _laboratory.Resume(before.Sweep.Id);
        Assert.Equal(before.Trials[0].RunId, _laboratory.Sweep().Trials[0].RunId);
        Assert.Equal(ExitCodes.RunFailed, _laboratory.Resume(before.Sweep.Id, retryFailed: true));
        Assert.NotEqual(before.Trials[0].RunId, _laboratory.Sweep().Trials[0].RunId);
        Assert.Equal(before.Trials[1].RunId, _laboratory.Sweep().Trials[1].RunId);
    }

    [Fact]
    public void EqualRunsOfAnotherSweepAreTakenWhenThatIsAskedFor()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3, 2e-3));
        Assert.Equal(ExitCodes.Ok, _laboratory.Begin(SweepLaboratory.Plan(2e-3, 3e-3), needed: true));
        Assert.Equal(_laboratory.Sweep("@2").Trials[1].RunId, _laboratory.Sweep().Trials[0].RunId);
        Assert.Equal("3", _laboratory.Sql("select count(*) from run"));
    }

    [Fact]
    public void TheSameTrialsArePrunedHoweverManyRunAtOnce()
    {
        double[] rates = [1e-4, 1e-5, 3e-3, 1e-6, 1e-3, 5e-3];
        SweepPlan plan = SweepLaboratory.Plan(rates);
        plan = plan with { Outline = plan.Outline with { Asha = new Halving(1, 2) } };
        Assert.Equal(ExitCodes.Ok, _laboratory.Begin(plan));
        IReadOnlyList<RunStatus> one = Statuses();
        Assert.Equal(ExitCodes.Ok, _laboratory.Begin(plan, parallel: 3));

        Assert.Equal(one, Statuses());
        Assert.Contains(RunStatus.Pruned, one);
        Assert.Contains(RunStatus.Completed, one);
        Assert.Contains("after epoch 1 its val.loss", _laboratory.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoneWaitsForOneThatCannotBeStored()
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-4));
        _laboratory.Sql("create trigger refuse before insert on run when new.name = 'small-1' begin select json('{'); end");
        SweepPlan plan = SweepLaboratory.Plan(1e-3, 1e-4);
        plan = plan with { Outline = plan.Outline with { Asha = new Halving(1, 2) } };

        await Assert.ThrowsAsync<StorageException>(() => Task.Run(() => _laboratory.Begin(plan, parallel: 2)).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("--set", "train.epochs=9", "--set changes an experiment file: name the file.")]
    [InlineData("--tag", "later", "has its run already, and --tag and --note mark a run as it begins")]
    [InlineData("--note", "later", "has its run already, and --tag and --note mark a run as it begins")]
    public void ASweepThatGoesOnIgnoresNoOption(string option, string value, string refusal)
    {
        _laboratory.Begin(SweepLaboratory.Plan(1e-3));

        (int exitCode, _, string error) = _laboratory.Run("sweep", "--resume", "@last", option, value);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(refusal, error, StringComparison.Ordinal);
    }

    [Fact]
    public void APrunedRunCanGoOnToItsEnd()
    {
        SweepPlan plan = SweepLaboratory.Plan(3e-3, 1e-6);
        _laboratory.Begin(plan with { Outline = plan.Outline with { Asha = new Halving(1, 2) } });
        string pruned = _laboratory.Sweep().Trials[1].RunId!;
        Assert.Equal([RunStatus.Completed, RunStatus.Pruned], Statuses());
        int exitCode = CommandLine.Run(["resume", pruned, "--no-report", "--db", _laboratory.Database], _laboratory.Output, _laboratory.Error);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Equal([RunStatus.Completed, RunStatus.Completed], Statuses());
        IReadOnlyList<string?> resumed = _laboratory.LastParameters();
        _laboratory.Begin(plan);
        Assert.Equal(_laboratory.LastParameters(), resumed);
    }

    IReadOnlyList<RunStatus> Statuses() => [.. _laboratory.Sweep().Trials.Select(trial => trial.Status)];
}
