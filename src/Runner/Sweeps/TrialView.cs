using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Sweeps;

/// <summary>Lets the view of a sweep show one of its trials.</summary>
sealed class TrialView(NewTrial trial, ISweepView sweep) : IRunView
{
    string runId = "";

    /// <inheritdoc/>
    public void Started(RunPlan plan, Trainer trainer)
    {
        runId = plan.RunId;
        sweep.TrialStarted(trial, plan, trainer);
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result) => sweep.EpochFinished(trial, runId, result);

    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message) => sweep.Log(trial, level, message);
}
