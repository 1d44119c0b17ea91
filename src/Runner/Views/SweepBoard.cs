using System.Diagnostics;
using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Views;

/// <summary>Where a sweep stands; may be asked from any thread.</summary>
sealed class SweepBoard(SweepStart start)
{
    readonly Lock gate = new();
    readonly Stopwatch clock = Stopwatch.StartNew();
    readonly SortedDictionary<int, RunningTrial> running = [];
    readonly List<TrialOutcome> ended = [];
    readonly int widest = start.Sweep.Trials.Max(trial => SweepText.Trial(trial).Length);
    (FrozenTrial Trial, double Value)? best = start.Best is { } before ? (before.Trial, before.Value) : null;
    double fractionBefore;   // trials' worth of epochs that were trained before the start

    /// <summary>Trials that are being trained, by number.</summary>
    public IReadOnlyList<RunningTrial> Running
    {
        get
        {
            lock (gate)
                return [.. running.Values];
        }
    }

    /// <summary>Number of trials that have ended since the start.</summary>
    public int EndedCount
    {
        get
        {
            lock (gate)
                return ended.Count;
        }
    }

    /// <summary>The best completed trial so far.</summary>
    public (FrozenTrial Trial, double Value)? Best
    {
        get
        {
            lock (gate)
                return best;
        }
    }

    /// <summary>Share of the trials' epochs that is done; a trial that was pruned has done all of its.</summary>
    public double Fraction
    {
        get
        {
            lock (gate)
                return start.ToDo.Count == 0 ? 1 : (ended.Count + running.Values.Sum(trial => trial.Fraction)) / start.ToDo.Count;
        }
    }

    // Of a trial: the end of one that was resumed takes longer than its last epoch, for it is evaluated then.
    const double Enough = 0.1;

    /// <summary>Time until the last trial ends, at the pace so far; null while that says nothing.</summary>
    public TimeSpan? Left
    {
        get
        {
            // What was found completed took no time and says nothing of the others.
            lock (gate)
            {
                int reused = ended.Count(outcome => outcome.WasReused);
                double before = fractionBefore, todo = start.ToDo.Count - reused - before, done = ended.Count - reused + running.Values.Sum(trial => trial.Fraction) - before;
                return done < Enough || done / Math.Max(1, todo) < 0.005 ? null : clock.Elapsed / done * (todo - done);
            }
        }
    }

    /// <summary>A trial begins or goes on.</summary>
    public void Add(FrozenTrial trial, RunStart start, Trainer trainer)
    {
        lock (gate)
        {
            running[trial.Number] = new RunningTrial(trial, start, trainer);
            fractionBefore += (double)(start.Resumed?.Epoch ?? 0) / start.Request.Spec.Train.Epochs;
        }
    }

    /// <summary>A trial has finished an epoch.</summary>
    public void Add(FrozenTrial trial, EpochResult result)
    {
        lock (gate)
            running[trial.Number].Last = result;
    }

    /// <summary>A trial has ended.</summary>
    public void Add(TrialOutcome outcome)
    {
        lock (gate)
        {
            running.Remove(outcome.Trial.Number);
            ended.Add(outcome);
            if (outcome is { Status: RunStatus.Completed, Value: { } value } && (best is null || SweepRanking.IsBetter(start.Sweep.Sweep.Metric, value, best.Value.Value)))
                best = (outcome.Trial, value);
        }
    }

    /// <summary>One line: <c>trial 3/12  vae, seed 1  completed  val.loss 104.2  1 min 02 s</c>.</summary>
    public string Line(TrialOutcome outcome)
    {
        string total = start.Sweep.Trials.Count.ToString(CultureInfo.InvariantCulture);
        string number = outcome.Trial.Number.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length);
        string what = SweepText.Trial(outcome.Trial).PadRight(widest);
        string value = outcome.Value is { } measured ? $"  {start.Sweep.Sweep.Metric} {Numbers.Metric(measured),8}" : "";
        string time = outcome.Status == RunStatus.Running ? "" : outcome.WasReused ? "  was there already" : $"  {Durations.Format(outcome.Elapsed)}";
        string reason = outcome is { Status: not RunStatus.Completed, Reason: { } text } ? $"  {text}" : "";
        return $"trial {number}/{total}  {what}  {outcome.Status.Word(),-11}{value}{time}{reason}";
    }
}

/// <summary>A trial that is being trained.</summary>
sealed class RunningTrial(FrozenTrial trial, RunStart start, Trainer trainer)
{
    /// <summary>Which.</summary>
    public FrozenTrial Trial => trial;

    /// <summary>Epochs it is to train.</summary>
    public int Epochs => start.Request.Spec.Train.Epochs;

    /// <summary>Threads of its kernels.</summary>
    public int Threads => start.Request.Threads;

    /// <summary>Epoch being worked on, from 1.</summary>
    public int Epoch => Math.Max(1, trainer.Epoch);

    /// <summary>The last epoch that is stored; null when there is none yet.</summary>
    public EpochResult? Last { get; set; } = start.Resumed?.Last;

    /// <summary>Share of its steps that is done.</summary>
    public double Fraction => Math.Min(1, (Epoch - 1 + ((double)trainer.Step / trainer.StepsPerEpoch)) / Epochs);
}
