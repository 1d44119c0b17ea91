using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>The sweep's id and nothing else, unless something went wrong.</summary>
sealed class QuietSweepView(Globals globals) : ISweepView
{
    /// <inheritdoc/>
    public void TrialEnded(TrialOutcome outcome)
    {
        if (outcome.Status == RunStatus.Failed)
            globals.Error.WriteLine($"trial {outcome.Trial.Number} failed: {outcome.Reason}");
    }

    /// <inheritdoc/>
    public void Log(FrozenTrial trial, LogEventLevel level, string message)
    {
        if (level >= LogEventLevel.Error)
            LogLine.Write(globals, level, $"trial {trial.Number}: {message}");
    }

    /// <inheritdoc/>
    public void Ended(SweepEnd end) => globals.Output.WriteLine(end.Sweep.Sweep.Id);
}
