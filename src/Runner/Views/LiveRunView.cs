using System.Collections.Concurrent;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using Serilog.Events;
using Spectre.Console;

namespace AeVae.Runner.Views;

/// <summary>A table of the last epochs with a bar below it, redrawn in place on a thread of its own.</summary>
sealed class LiveRunView(Globals globals, IAnsiConsole console) : IRunView
{
    readonly Lock gate = new();
    readonly List<EpochResult> epochs = [];
    readonly ConcurrentQueue<string> messages = new();
    RunProgress? progress;
    Painter? painter;

    /// <inheritdoc/>
    public IProgress<double>? Evaluating => progress;

    /// <inheritdoc/>
    public void Started(RunStart start, Trainer trainer)
    {
        RunText.WriteStart(globals.Output, start, trainer);
        globals.Output.Flush();
        if (start.Resumed?.Last is { } last)
            epochs.Add(last);
        RunProgress begun = progress = new RunProgress(trainer, start.Request.Spec.Train.Epochs, start.Resumed?.Epoch ?? 0);
        EpochTable table = new(start, console);
        painter = new Painter(waitForEnd => Paint(table, begun, waitForEnd));
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result)
    {
        lock (gate)
        {
            epochs.Add(result);
            if (epochs.Count > EpochTable.MostRows)
                epochs.RemoveAt(0);
        }

        progress?.EpochFinished();
    }

    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message)
    {
        if (LogLine.IsShown(globals, level))
            messages.Enqueue(LogLine.Text(level, message));
    }

    /// <inheritdoc/>
    public void Ended(RunOutcome outcome, ReportResult? report)
    {
        Dispose();
        foreach (string line in RunText.Explain(globals, outcome))
            globals.Error.WriteLine(line);
        RunText.WriteEnd(globals, outcome, report);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        painter?.Dispose();
        painter = null;
    }

    void Paint(EpochTable table, RunProgress run, Func<bool> waitForEnd) => console.Live(Text.Empty).Start(live =>
    {
        bool ended;
        do
        {
            ended = waitForEnd();
            EpochResult[] shown;
            lock (gate)
                shown = [.. epochs];
            while (messages.TryDequeue(out string? message))
                console.WriteLine(message);
            live.UpdateTarget(table.Render(shown, ended ? null : run.Now));
        }
        while (!ended);
    });
}
