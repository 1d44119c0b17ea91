using AeVae.Data;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>Trials that are compared while they train have one process.</summary>
public sealed class SoleProcessTests : IDisposable
{
    readonly SweepLaboratory _laboratory = new();

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void ASecondProcessIsRefusedWhileTheFirstIsAtWork()
    {
        SweepDetail sweep = BegunElsewhere(Asha(1e-3, 2e-3));
        CommandException refused = Assert.Throws<CommandException>(() => _laboratory.Resume(sweep.Sweep.Id));
        Assert.Equal(ExitCodes.UserError, refused.ExitCode);
        Assert.Contains($"sweep {sweep.Sweep.Id} is being trained by process 7 on node9 (trial 2, run {sweep.Trials[1].RunId})", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"sweep --resume {sweep.Sweep.Id}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtensionThatIsRefusedChangesNothing()
    {
        SweepDetail sweep = BegunElsewhere(Asha(1e-3, 2e-3));
        NewSweep longer = FrozenPlan.Of(Asha(1e-3, 2e-3, 3e-3), sweep.Sweep.File, "…", ["runner", "sweep"]);

        Assert.Throws<CommandException>(() => _laboratory.Resume(sweep.Sweep.Id, extension: longer with { Trials = [longer.Trials[2]] }));

        Assert.Equal(2, _laboratory.Sweep().Trials.Count);
    }

    [Fact]
    public void AfterTheDeathOfTheFirstTheSecondGoesOnAtOnce()
    {
        SweepDetail sweep = BegunElsewhere(Asha(1e-3, 2e-3));
        _laboratory.Sql($"update run set lease_host = '{Environment.MachineName}', lease_boot_id = (select lease_boot_id from run where id = '{sweep.Trials[0].RunId}'), lease_process_id = 2147483647");
        Assert.Equal(ExitCodes.Ok, _laboratory.Resume(sweep.Sweep.Id));
        Assert.DoesNotContain(_laboratory.Sweep().Trials, trial => trial.Status is not (RunStatus.Completed or RunStatus.Pruned));
    }

    [Fact]
    public void AProcessThatMeetsAnotherOneStops()
    {
        SweepDetail sweep = BegunElsewhere(Asha(1e-3, 2e-3));
        string running = sweep.Trials[1].RunId!;
        _laboratory.Sql($"update trial set run_id = null where sweep_id = '{sweep.Sweep.Id}'");
        SweepRequest request = new(_laboratory.Sweep(), [], new SweepOrder { Parallel = 1, Threads = 1, CommandLine = [] });
        SweepExecution execution = new(request, Images, _laboratory.Globals(), new QuietSweepView(_laboratory.Globals()));
        CommandException stopped = Assert.Throws<CommandException>(() => execution.Execute(CancellationToken.None));
        Assert.Contains("(trial 2, ", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, _laboratory.Sweep().Trials[0].Status);

        Splits Images(DataOptions data)
        {
            _laboratory.Sql($"update trial set run_id = '{running}' where sweep_id = '{sweep.Sweep.Id}' and number = 2");   // the other process is faster
            return new SplitLoader(new DataFolder(_laboratory.Folder)).Load(data);
        }
    }

    [Fact]
    public void ASweepWithoutRungsMayHaveSeveral()
    {
        SweepDetail sweep = BegunElsewhere(SweepLaboratory.Plan(1e-3, 2e-3));
        Assert.Equal(ExitCodes.RunFailed, _laboratory.Resume(sweep.Sweep.Id));   // the trial of the other is not done yet
        Assert.Contains($" sweep status {sweep.Sweep.Id}", _laboratory.Output.ToString(), StringComparison.Ordinal);
    }

    SweepDetail BegunElsewhere(SweepPlan plan)
    {
        _laboratory.Begin(plan);
        SweepDetail sweep = _laboratory.Sweep();
        _laboratory.Sql($"update run set status = 'running', lease_host = 'node9', lease_process_id = 7 where id = '{sweep.Trials[1].RunId}'");
        return sweep;
    }

    static SweepPlan Asha(params double[] learningRates)
    {
        SweepPlan plan = SweepLaboratory.Plan(learningRates);
        return plan with { Outline = plan.Outline with { Asha = new Halving(1, 2) } };
    }
}
