using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Views;

/// <summary>One line of standard error, redrawn in place: <c>━━━━──── epoch 3/50 equal  step 120/782  1 min 20 s left</c>.</summary>
sealed class VerificationBar : IProgress<double>, IDisposable
{
    const int ShortestBar = 5, WidestBar = 40;

    readonly Globals globals;
    readonly string label;
    readonly int epochs;
    readonly RunProgress progress;
    readonly Painter painter;
    int equal;

    /// <summary>Begins to draw.</summary>
    /// <param name="globals">Where to.</param>
    /// <param name="label">What stands before the bar; empty for nothing.</param>
    /// <param name="epochs">Epochs to compare.</param>
    /// <param name="trainer">Polled for its position.</param>
    public VerificationBar(Globals globals, string label, int epochs, Trainer trainer)
    {
        (this.globals, this.label, this.epochs) = (globals, label, epochs);
        progress = new RunProgress(trainer, epochs);
        painter = new Painter(Draw);
    }

    /// <inheritdoc/>
    public void Report(double value) => progress.Report(value);

    /// <summary>One more epoch has the stored bits.</summary>
    public void EpochIsEqual(int epoch)
    {
        Volatile.Write(ref equal, epoch);
        progress.EpochFinished();
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose() => painter.Dispose();

    void Draw(Func<bool> waitForEnd)
    {
        while (!waitForEnd())
            globals.Error.Write($"\r{Line(progress.Now)}\e[K");
        globals.Error.Write("\r\e[K");
    }

    string Line(RunPosition at)
    {
        int compared = Volatile.Read(ref equal);
        string state = string.Create(CultureInfo.InvariantCulture, $" epoch {compared}/{epochs}{(compared > 0 ? " equal" : "")}");
        string left = at.Left is { } time ? $"  {Durations.Format(time)} left" : "";
        int columns = Math.Max(20, Console.WindowWidth - 1);
        string text = new[] { $"{state}  {at.Activity}{left}", $"{state}  {at.Activity}", state }.First(line => line == state || label.Length + ShortestBar + line.Length <= columns);
        int width = Math.Clamp(columns - label.Length - text.Length, 0, WidestBar);
        int done = (int)Math.Round(at.Fraction * width);
        string bar = globals.Color ? $"{Paint.Green}{new string('━', done)}{Paint.Grey}{new string('─', width - done)}\e[0m" : new string('━', done) + new string('─', width - done);
        string name = label.Length + text.Length > columns ? $"{label[..Math.Max(0, columns - text.Length - 1)]}…" : label;
        return name + bar + text;
    }
}
