using System.Diagnostics;
using System.Globalization;
using AeVae.Models;
using AeVae.Reports;

namespace AeVae.Runner.Views;

/// <summary>Follows one training from its first step on, for those who draw it.</summary>
/// <param name="trainer">Polled for its position.</param>
/// <param name="epochs">Epochs to train.</param>
/// <param name="done">Epochs that were trained before.</param>
sealed class RunProgress(Trainer trainer, int epochs, int done = 0) : IProgress<double>
{
    readonly Lock gate = new();
    readonly Pace pace = new(epochs, trainer.StepsPerEpoch, done);
    readonly Stopwatch clock = Stopwatch.StartNew();
    double evaluated = -1;

    /// <summary>Where it stands.</summary>
    public RunPosition Now
    {
        get
        {
            (int epoch, int step) = (trainer.Epoch, trainer.Step);
            if (Volatile.Read(ref evaluated) is >= 0 and var fraction)
                return new RunPosition(epoch, string.Create(CultureInfo.InvariantCulture, $"measuring the test images {fraction:P0}"), fraction, null);
            string activity = trainer.Phase == Phase.Evaluating ? "validating" : $"step {Numbers.Count(step)}/{Numbers.Count(trainer.StepsPerEpoch)}";
            lock (gate)
                return new RunPosition(epoch, activity, pace.Fraction(epoch, step), pace.Left(epoch, step, clock.Elapsed));
        }
    }

    /// <summary>Time until the last epoch ends, seen from the end of one; null while nothing is known.</summary>
    public TimeSpan? LeftAfter(int epoch)
    {
        lock (gate)
            return pace.Left(epoch, 0, clock.Elapsed);
    }

    /// <summary>An epoch, with its evaluation, is finished.</summary>
    public void EpochFinished()
    {
        lock (gate)
            pace.EpochFinished(clock.Elapsed);
    }

    /// <summary>The final evaluation has come so far, 0 … 1.</summary>
    public void Report(double value) => Volatile.Write(ref evaluated, value);
}

/// <summary>Where a run stands.</summary>
/// <param name="Epoch">Epoch being worked on.</param>
/// <param name="Activity">What is being done.</param>
/// <param name="Fraction">Share that is done, 0 … 1; of the final evaluation, once that has begun.</param>
/// <param name="Left">Time left; null while unknown.</param>
readonly record struct RunPosition(int Epoch, string Activity, double Fraction, TimeSpan? Left);
