using System.Diagnostics;
using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Views;

/// <summary>One line of standard error, redrawn in place on a thread of its own: <c>━━━━──── epoch 3/50 equal  step 120/782  1 min 20 s left</c>.</summary>
sealed class VerificationBar : IProgress<double>, IDisposable
{
    const int ShortestBar = 5, WidestBar = 40;
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    readonly Globals globals;
    readonly string label;
    readonly int epochs;
    readonly Trainer trainer;
    readonly Pace pace;
    readonly Stopwatch clock = Stopwatch.StartNew();
    readonly Lock gate = new();
    readonly ManualResetEventSlim end = new();
    readonly Thread painter;
    int equal;
    double evaluated = -1;

    /// <summary>Begins to draw.</summary>
    /// <param name="globals">Where to.</param>
    /// <param name="label">What stands before the bar; empty for nothing.</param>
    /// <param name="epochs">Epochs to compare.</param>
    /// <param name="trainer">Polled for its position.</param>
    public VerificationBar(Globals globals, string label, int epochs, Trainer trainer)
    {
        (this.globals, this.label, this.epochs, this.trainer) = (globals, label, epochs, trainer);
        pace = new Pace(epochs, trainer.StepsPerEpoch);
        painter = new Thread(Paint) { IsBackground = true, Name = "progress" };
        painter.Start();
    }

    /// <inheritdoc/>
    public void Report(double value) => Volatile.Write(ref evaluated, value);

    /// <summary>One more epoch has the stored bits.</summary>
    public void EpochIsEqual(int epoch)
    {
        lock (gate)
        {
            equal = epoch;
            pace.EpochFinished(clock.Elapsed);
        }
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        end.Set();
        painter.Join();
        end.Dispose();
    }

    void Paint()
    {
        while (!end.Wait(Refresh))
        {
            string line;
            lock (gate)
                line = Line();
            globals.Error.Write($"\r{line}\e[K");     // without the lock, lest a terminal that takes nothing more stops the verification
        }

        globals.Error.Write("\r\e[K");
    }

    string Line()
    {
        (int epoch, int step) = (trainer.Epoch, trainer.Step);
        bool ending = Volatile.Read(ref evaluated) is >= 0;
        string state = string.Create(CultureInfo.InvariantCulture, $"epoch {equal}/{epochs}{(equal > 0 ? " equal" : "")}");
        string activity = ending
            ? string.Create(CultureInfo.InvariantCulture, $"  measuring the test images {Volatile.Read(ref evaluated):P0}")
            : trainer.Phase == Phase.Evaluating ? "  validating" : $"  step {Numbers.Count(step)}/{Numbers.Count(trainer.StepsPerEpoch)}";
        string left = !ending && pace.Left(epoch, step, clock.Elapsed) is { } time ? $"  {Durations.Format(time)} left" : "";
        int columns = Math.Max(20, Console.WindowWidth - 1);
        string text = new[] { $" {state}{activity}{left}", $" {state}{activity}", $" {state}" }.First(line => line.Length == state.Length + 1 || label.Length + ShortestBar + line.Length <= columns);
        int width = Math.Clamp(columns - label.Length - text.Length, 0, WidestBar);
        int done = (int)Math.Round(pace.Fraction(epoch, step) * width);
        string bar = globals.Color ? $"\e[32m{new string('━', done)}\e[90m{new string('─', width - done)}\e[0m" : new string('━', done) + new string('─', width - done);
        string name = label.Length + text.Length > columns ? $"{label[..Math.Max(0, columns - text.Length - 1)]}…" : label;
        return name + bar + text;
    }
}
