using System.Diagnostics;
using System.Globalization;
using AeVae.Models;
using AeVae.Runner.Commands;
using AeVae.Runner.Execution;
using Serilog.Events;
using Spectre.Console;

namespace AeVae.Runner.Views;

/// <summary>A table of the last epochs with a bar below it, redrawn in place on a thread of its own.</summary>
sealed class LiveRunView(Globals globals, IAnsiConsole console) : IRunView
{
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    readonly Lock _lock = new();
    readonly List<EpochResult> _epochs = [];
    readonly Queue<string> _messages = new();
    readonly ManualResetEventSlim _ended = new();
    readonly Stopwatch _clock = new();
    readonly EvaluationProgress _evaluation = new();
    Thread? _painter;
    Pace _pace = new(1, 1);

    /// <inheritdoc/>
    public IProgress<double> Evaluating => _evaluation;

    /// <inheritdoc/>
    public void Started(RunPlan plan, Trainer trainer)
    {
        RunText.WriteStart(globals.Output, plan);
        globals.Output.Flush();
        _pace = new Pace(plan.Request.Spec.Train.Epochs, plan.StepsPerEpoch);
        _clock.Start();
        EpochTable table = new(plan, console);
        _painter = new Thread(() => Paint(table, trainer)) { IsBackground = true, Name = "progress" };
        _painter.Start();
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result)
    {
        lock (_lock)
        {
            _epochs.Add(result);
            _pace.EpochFinished(_clock.Elapsed);
        }
    }

    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message)
    {
        if (!LogLine.IsShown(globals, level))
            return;
        lock (_lock)
            _messages.Enqueue(LogLine.Text(level, message));
    }

    /// <inheritdoc/>
    public void Ended(RunOutcome outcome, WrittenReport? report)
    {
        StopPainting();
        foreach (string line in RunText.Explain(outcome))
            globals.Error.WriteLine(line);
        RunText.WriteEnd(globals.Output, outcome, report);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        StopPainting();
        _ended.Dispose();
    }

    void StopPainting()
    {
        _ended.Set();
        _painter?.Join();
        _painter = null;
    }

    void Paint(EpochTable table, Trainer trainer) => console.Live(Text.Empty).Start(live =>
    {
        bool ended;
        do
        {
            ended = _ended.Wait(Refresh);
            lock (_lock)
            {
                while (_messages.TryDequeue(out string? message))
                    console.WriteLine(message);
                live.UpdateTarget(table.Render(_epochs, ended ? null : Position(trainer)));
            }
        }
        while (!ended);
    });

    Position Position(Trainer trainer)
    {
        (int epoch, int step, TimeSpan elapsed) = (trainer.Epoch, trainer.Step, _clock.Elapsed);
        string activity = _evaluation.Fraction is { } fraction
            ? string.Create(CultureInfo.InvariantCulture, $"measuring the test images {fraction:P0}")
            : trainer.Phase == Phase.Evaluating ? "validating" : $"step {NumberText.Count(step)}/{NumberText.Count(trainer.StepsPerEpoch)}";
        return new Position(epoch, activity, _evaluation.Fraction ?? _pace.Fraction(epoch, step), _evaluation.Fraction is null ? _pace.Left(epoch, step, elapsed) : null);
    }

    sealed class EvaluationProgress : IProgress<double>
    {
        double _fraction = -1;

        public double? Fraction => Volatile.Read(ref _fraction) is >= 0 and var fraction ? fraction : null;

        public void Report(double value) => Volatile.Write(ref _fraction, value);
    }
}

/// <summary>Where a run stands.</summary>
/// <param name="Epoch">Epoch being worked on.</param>
/// <param name="Activity">What is being done.</param>
/// <param name="Fraction">Share that is done, 0 … 1.</param>
/// <param name="Left">Time left; null while unknown.</param>
readonly record struct Position(int Epoch, string Activity, double Fraction, TimeSpan? Left);
