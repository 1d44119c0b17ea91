using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>A trial that cannot begin, here for a network that no memory holds, is a failed one with its reason.</summary>
public sealed class UnbegunTrialTests : IDisposable
{
    const string Reason = "the network [65536, 65536] → 3 does not fit into memory";

    readonly SweepLaboratory _laboratory = new();

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void ItIsStoredAsFailedAndTheOthersGoOn()
    {
        Assert.Equal(ExitCodes.RunFailed, _laboratory.Begin(TooLarge(SweepLaboratory.Plan(1e-3, 2e-3, 3e-3), 2)));
        Assert.Equal([RunStatus.Completed, RunStatus.Failed, RunStatus.Completed], Statuses());
        using RunQueries queries = RunQueries.Open(_laboratory.Database);
        RunDetail run = queries.Get(_laboratory.Sweep().Trials[1].RunId!);
        Assert.StartsWith(Reason, run.Run.Reason, StringComparison.Ordinal);
        Assert.Equal((0, 3, 4299686638L), (run.Run.EpochsDone, run.Run.EpochsPlanned, run.ParameterCount));
    }

    [Fact]
    public void ItCountsAmongThoseThatFailed()
    {
        SweepPlan plan = TooLarge(SweepLaboratory.Plan(1e-3, 2e-3), 1);
        _laboratory.Begin(plan with { Outline = plan.Outline with { MaxFailed = 1 } });
        Assert.Equal([RunStatus.Failed, RunStatus.Queued], Statuses());
        Assert.Contains("1 trial failed, and sweep.max_failed is 1", _laboratory.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsTriedAgainOnlyWhenThatIsAskedFor()
    {
        _laboratory.Begin(TooLarge(SweepLaboratory.Plan(1e-3), 1));
        SweepDetail before = _laboratory.Sweep();
        Assert.Equal(ExitCodes.RunFailed, _laboratory.Resume(before.Sweep.Id));
        Assert.Equal(before.Trials[0].RunId, _laboratory.Sweep().Trials[0].RunId);
        Assert.Equal(ExitCodes.RunFailed, _laboratory.Resume(before.Sweep.Id, retryFailed: true));
        Assert.NotEqual(before.Trials[0].RunId, _laboratory.Sweep().Trials[0].RunId);
        Assert.Equal(RunStatus.Failed, _laboratory.Sweep().Trials[0].Status);
    }

    [Theory]
    [InlineData("sweep", "status")]
    [InlineData("list", "--status", "failed")]
    [InlineData("show", "@last")]
    [InlineData("compare", "sweep:@last")]
    [InlineData("report", "sweep:@last", "-o", "")]
    public void EveryViewOfTheSweepTellsIt(params string[] command)
    {
        _laboratory.Begin(TooLarge(SweepLaboratory.Plan(1e-3, 2e-3), 2));
        string report = Path.Combine(_laboratory.Folder, "report");
        (int exitCode, string output, string error) = _laboratory.Run([.. command.Select(word => word.Length > 0 ? word : report)]);
        Assert.True(exitCode == ExitCodes.Ok, error);
        string text = command[0] == "report" ? File.ReadAllText(Path.Combine(report, "report.md")).Replace("\\", "", StringComparison.Ordinal) : output + error;
        Assert.Contains(command[0] == "list" ? "small-2" : Reason, text, StringComparison.Ordinal);
    }

    IReadOnlyList<RunStatus> Statuses() => [.. _laboratory.Sweep().Trials.Select(trial => trial.Status)];

    static SweepPlan TooLarge(SweepPlan plan, int number) => plan with
    {
        Trials = [.. plan.Trials.Select(trial => trial.Number != number ? trial : trial with { Spec = trial.Spec with { Model = trial.Spec.Model with { Encoder = [65536, 65536] } } })],
    };
}
