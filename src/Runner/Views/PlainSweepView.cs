using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>One aligned line per trial, for files and pipes.</summary>
sealed class PlainSweepView(Globals globals) : ISweepView
{
    SweepBoard? board;

    /// <inheritdoc/>
    public void Started(SweepStart start)
    {
        SweepText.WriteStart(globals.Output, start);
        globals.Output.Flush();
        board = new SweepBoard(start);
    }

    /// <inheritdoc/>
    public void TrialStarted(FrozenTrial trial, RunStart start, Trainer trainer)
    {
        board!.Add(trial, start, trainer);
        if (globals.Verbose)
            globals.Error.WriteLine($"trial {trial.Number} begins: run {start.RunId}, {SweepText.Trial(trial)}, threads {start.Request.Threads}");
    }

    /// <inheritdoc/>
    public void EpochFinished(FrozenTrial trial, string runId, EpochResult result) => board!.Add(trial, result);

    /// <inheritdoc/>
    public void TrialEnded(TrialOutcome outcome)
    {
        board!.Add(outcome);
        string left = board.Left is { } time && time.TotalSeconds >= 0.5 ? $"  {Durations.Format(time)} left" : "";
        globals.Error.WriteLine(board.Line(outcome) + left);
    }

    /// <inheritdoc/>
    public void Log(FrozenTrial trial, LogEventLevel level, string message) => LogLine.Write(globals, level, $"trial {trial.Number}: {message}");

    /// <inheritdoc/>
    public void Ended(SweepEnd end) => SweepText.WriteEnd(globals, end);
}
