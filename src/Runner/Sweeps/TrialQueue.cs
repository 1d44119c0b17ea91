using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Hands out trials in order, each with its share of the threads: one while enough trials are left, more at the end.</summary>
/// <param name="trials">What is to be done.</param>
/// <param name="parallel">Trials at once.</param>
/// <param name="threads">Threads of all of them together; each has one at least.</param>
/// <param name="maxFailed">Failed trials after which none is handed out; null for any number.</param>
sealed class TrialQueue(IReadOnlyList<FrozenTrial> trials, int parallel, int threads, int? maxFailed)
{
    readonly Lock gate = new();
    int next;
    int running;
    int free = threads;
    int failed;

    /// <summary>Failed trials, if they are why some are left; else null.</summary>
    public int? StoppedAfter
    {
        get
        {
            lock (gate)
                return next < trials.Count && failed >= maxFailed ? failed : null;
        }
    }

    /// <summary>The next trial and its threads; null when none is left, or too many have failed.</summary>
    public (FrozenTrial Trial, int Threads)? Take()
    {
        lock (gate)
        {
            if (next == trials.Count || failed >= maxFailed)
                return null;
            int share = Math.Max(1, free / Math.Min(trials.Count - next, parallel - running));
            (free, running) = (free - share, running + 1);
            return (trials[next++], share);
        }
    }

    /// <summary>A trial has ended.</summary>
    public void Return(int threadsOfTrial, bool hasFailed)
    {
        lock (gate)
            (free, running, failed) = (free + threadsOfTrial, running - 1, failed + (hasFailed ? 1 : 0));
    }

    /// <summary>No further trial begins.</summary>
    public void Close()
    {
        lock (gate)
            next = trials.Count;
    }
}
