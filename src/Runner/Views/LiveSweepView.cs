using System.Collections.Concurrent;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking.Sweeps;
using Serilog.Events;
using Spectre.Console;

namespace AeVae.Runner.Views;

/// <summary>Ended trials as lines that scroll by, the running ones with a bar below them, redrawn in place on a thread of its own.</summary>
sealed class LiveSweepView(Globals globals, IAnsiConsole console) : ISweepView
{
    readonly ConcurrentQueue<string> messages = new();
    SweepBoard? board;
    Painter? painter;

    /// <inheritdoc/>
    public void Started(SweepStart start)
    {
        SweepText.WriteStart(globals.Output, start);
        globals.Output.Flush();
        board = new SweepBoard(start);
        SweepTable table = new(board, start, console);
        painter = new Painter(waitForEnd => Paint(table, waitForEnd));
    }

    /// <inheritdoc/>
    public void TrialStarted(FrozenTrial trial, RunStart start, Trainer trainer) => board!.Add(trial, start, trainer);

    /// <inheritdoc/>
    public void EpochFinished(FrozenTrial trial, string runId, EpochResult result) => board!.Add(trial, result);

    /// <inheritdoc/>
    public void TrialEnded(TrialOutcome outcome)
    {
        board!.Add(outcome);
        messages.Enqueue(board.Line(outcome));
    }

    /// <inheritdoc/>
    public void Log(FrozenTrial trial, LogEventLevel level, string message)
    {
        if (LogLine.IsShown(globals, level))
            messages.Enqueue(LogLine.Text(level, $"trial {trial.Number}: {message}"));
    }

    /// <inheritdoc/>
    public void Ended(SweepEnd end)
    {
        Dispose();
        SweepText.WriteEnd(globals, end);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        painter?.Dispose();
        painter = null;
    }

    void Paint(SweepTable table, Func<bool> waitForEnd) => console.Live(Text.Empty).AutoClear(true).Start(live =>
    {
        bool ended;
        do
        {
            ended = waitForEnd();
            while (messages.TryDequeue(out string? message))
                console.WriteLine(message);
            live.UpdateTarget(ended ? Text.Empty : table.Render());
        }
        while (!ended);
    });
}
