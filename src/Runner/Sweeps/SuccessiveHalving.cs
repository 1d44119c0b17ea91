using System.Globalization;
using AeVae.Models;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Early stopping by successive halving (ASHA): decides at each rung which trials go on.</summary>
/// <remarks>
/// Li et al. 2020 (arXiv:1810.05934), with one difference: a trial is compared with those of lower number alone, and waits until they have come as far or have ended.
/// Whichever trial is faster, and however many run at once, the same ones are pruned. The lowest trial that runs waits for nobody, so none waits for ever.
/// </remarks>
sealed class SuccessiveHalving(Halving options, string metric)
{
    static readonly TimeSpan CancellationPoll = TimeSpan.FromMilliseconds(100);

    readonly object gate = new();
    readonly Dictionary<int, List<Measured>> trials = [];
    readonly HashSet<int> ended = [];
    readonly Dictionary<(int Trial, int Rung), bool> decided = [];

    /// <summary>Whether trials are compared after this epoch.</summary>
    public bool IsRung(int epoch) => Rungs().First(rung => rung >= epoch) == epoch;

    IEnumerable<long> Rungs()
    {
        for (long rung = options.MinEpochs; ; rung *= options.ReductionFactor)
            yield return rung;
    }

    /// <summary>Takes note of an epoch.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="value">The metric after it; null when it was not measured.</param>
    public void Observe(int trial, int epoch, double? value)
    {
        lock (gate)
        {
            List<Measured> epochs = Of(trial);
            epochs.RemoveAll(measured => measured.Epoch >= epoch);   // a trial that goes on from a checkpoint does them again
            epochs.Add(new(epoch, value ?? (epochs.Count > 0 ? epochs[^1].Value : double.NaN)));
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The trial trains no further: nobody waits for it any more.</summary>
    public void End(int trial)
    {
        lock (gate)
        {
            ended.Add(trial);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Whether a trial goes on after an epoch.</summary>
    /// <returns>Why it does not; null when it does.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled while it waited for others.</exception>
    public string? Prune(int trial, EpochResult result, CancellationToken cancellation)
    {
        if (!IsRung(result.Epoch))
            return null;
        lock (gate)
        {
            while (!Enumerable.Range(1, trial - 1).All(other => ended.Contains(other) || At(other, result.Epoch) is not null))
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(gate, CancellationPoll);
            }

            return Decide(trial, result.Epoch);
        }
    }

    string? Decide(int trial, int epoch)
    {
        double own = At(trial, epoch)!.Value;
        List<double> before = [.. Enumerable.Range(1, trial - 1).Where(other => IsComparedAt(other, epoch)).Select(other => At(other, epoch)!.Value)];
        int rank = 1 + before.Count(other => !SweepRanking.IsBetter(metric, own, other));
        int go = Math.Max(1, (before.Count + options.ReductionFactor) / options.ReductionFactor);   // ⌈(number here + 1) ÷ η⌉
        return rank <= go ? null : string.Create(CultureInfo.InvariantCulture,
            $"after epoch {epoch} its {metric} of {own:G5} was number {rank} of the {before.Count + 1} trials up to it; {go} of them {(go == 1 ? "goes" : "go")} on");
    }

    // A pruned trial that was resumed by hand, or an equal run that stands for it, is known at rungs that the trial itself never reached: it must prune no other there.
    bool IsComparedAt(int trial, int epoch) => At(trial, epoch) is not null && Rungs().TakeWhile(rung => rung < epoch).All(rung => GoesOn(trial, (int)rung));

    bool GoesOn(int trial, int rung)
    {
        if (!decided.TryGetValue((trial, rung), out bool goesOn))
            decided.Add((trial, rung), goesOn = At(trial, rung) is null || Decide(trial, rung) is null);
        return goesOn;
    }

    double? At(int trial, int epoch)
    {
        foreach (Measured measured in Of(trial))
        {
            if (measured.Epoch == epoch)
                return measured.Value;
        }

        return null;
    }

    List<Measured> Of(int trial)
    {
        if (!trials.TryGetValue(trial, out List<Measured>? found))
            trials.Add(trial, found = []);
        return found;
    }

    readonly record struct Measured(int Epoch, double Value);
}
