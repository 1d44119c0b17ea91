using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Sweeps;

/// <summary>Lets the view of a sweep show one of its trials.</summary>
sealed class TrialView(FrozenTrial trial, ISweepView sweep) : IRunView
{
    string runId = "";

    /// <inheritdoc/>
    public void Started(RunStart start, Trainer trainer)
    {
        runId = start.RunId;
        sweep.TrialStarted(trial, start, trainer);
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result) => sweep.EpochFinished(trial, runId, result);

    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message) => sweep.Log(trial, level, message);
}
