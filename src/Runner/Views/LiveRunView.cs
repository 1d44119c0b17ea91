using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    readonly Lock gate = new();
    readonly List<EpochResult> epochs = [];
    readonly ConcurrentQueue<string> messages = new();
    readonly ManualResetEventSlim end = new();
    readonly Stopwatch clock = new();
    readonly EvaluationProgress evaluation = new();
    Thread? painter;
    Pace pace = new(1, 1);

    /// <inheritdoc/>
    public IProgress<double> Evaluating => evaluation;

    /// <inheritdoc/>
    public void Started(RunPlan plan, Trainer trainer)
    {
        RunText.WriteStart(globals.Output, plan);
        globals.Output.Flush();
        pace = new Pace(plan.Request.Spec.Train.Epochs, plan.StepsPerEpoch, plan.Resumed?.Epoch ?? 0);
        if (plan.Resumed?.Last is { } last)
            epochs.Add(last);
        clock.Start();
        EpochTable table = new(plan, console);
        painter = new Thread(() => Paint(table, trainer)) { IsBackground = true, Name = "progress" };
        painter.Start();
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result)
    {
        lock (gate)
        {
            epochs.Add(result);
            if (epochs.Count > EpochTable.MostRows)
                epochs.RemoveAt(0);
            pace.EpochFinished(clock.Elapsed);
        }
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
        StopPainting();
        foreach (string line in RunText.Explain(globals, outcome))
            globals.Error.WriteLine(line);
        RunText.WriteEnd(globals, outcome, report);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopPainting();
        end.Dispose();
    }

    void StopPainting()
    {
        end.Set();
        painter?.Join();
        painter = null;
    }

    void Paint(EpochTable table, Trainer trainer) => console.Live(Text.Empty).Start(live =>
    {
        bool ended;
        do
        {
            ended = end.Wait(Refresh);
            EpochResult[] shown;
            RunPosition? position;
            lock (gate)
                (shown, position) = ([.. epochs], ended ? null : PositionOf(trainer));

            // Without the lock: a terminal that takes nothing more, as after Ctrl-S, is not to stop training.
            while (messages.TryDequeue(out string? message))
                console.WriteLine(message);
            live.UpdateTarget(table.Render(shown, position));
        }
        while (!ended);
    });

    RunPosition PositionOf(Trainer trainer)
    {
        (int epoch, int step, TimeSpan elapsed) = (trainer.Epoch, trainer.Step, clock.Elapsed);
        string activity = evaluation.Fraction is { } fraction
            ? string.Create(CultureInfo.InvariantCulture, $"measuring the test images {fraction:P0}")
            : trainer.Phase == Phase.Evaluating ? "validating" : $"step {Numbers.Count(step)}/{Numbers.Count(trainer.StepsPerEpoch)}";
        return new RunPosition(epoch, activity, evaluation.Fraction ?? pace.Fraction(epoch, step), evaluation.Fraction is null ? pace.Left(epoch, step, elapsed) : null);
    }

    sealed class EvaluationProgress : IProgress<double>
    {
        double reported = -1;

        public double? Fraction => Volatile.Read(ref reported) is >= 0 and var fraction ? fraction : null;

        public void Report(double value) => Volatile.Write(ref reported, value);
    }
}

/// <summary>Where a run stands.</summary>
/// <param name="Epoch">Epoch being worked on.</param>
/// <param name="Activity">What is being done.</param>
/// <param name="Fraction">Share that is done, 0 … 1.</param>
/// <param name="Left">Time left; null while unknown.</param>
readonly record struct RunPosition(int Epoch, string Activity, double Fraction, TimeSpan? Left);
