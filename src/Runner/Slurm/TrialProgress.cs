using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Slurm;

/// <summary>How far a trial has come, here or in the results file of its task.</summary>
sealed record TrialProgress
{
    /// <summary>The trial.</summary>
    public required FrozenTrial Trial { get; init; }

    /// <summary>Status of its run; queued without one.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Its run; null until one begins.</summary>
    public string? RunId { get; init; }

    /// <summary>Why it ended so; null where nothing is to be said.</summary>
    public string? Reason { get; init; }

    /// <summary>Epochs that are stored; null without a run.</summary>
    public int? EpochsDone { get; init; }

    /// <summary>Epochs to train; null without a run.</summary>
    public int? EpochsPlanned { get; init; }

    /// <summary>The last value of the sweep's metric.</summary>
    public double? Value { get; init; }

    /// <summary>Full path of the results file that knows most of it.</summary>
    public required string Database { get; init; }

    /// <summary>The sweep's own results file knows as much of it as its task's.</summary>
    public bool IsKnownHere { get; init; } = true;

    /// <summary>It has stopped, and the sweep's own results file knows less of it than its task's.</summary>
    public bool IsToMerge => !IsKnownHere && Status != RunStatus.Running;

    /// <summary>Its task as Slurm knows it; null where it knows none.</summary>
    public SlurmTask? Task { get; init; }

    /// <summary>It is completed or was pruned.</summary>
    public bool IsDone => Status is RunStatus.Completed or RunStatus.Pruned;

    /// <summary>All trials of a sweep, in order.</summary>
    /// <param name="databasePath">The results file in which it was frozen.</param>
    /// <param name="sweep">The sweep as it stands there.</param>
    public static IReadOnlyList<TrialProgress> Of(string databasePath, SweepDetail sweep)
    {
        SweepFolder folder = new(databasePath, sweep.Sweep.Id);
        using RunQueries queries = RunQueries.Open(databasePath);
        return [.. sweep.Trials.Select(trial => Of(queries, databasePath, trial, sweep)).Select(here => here.IsDone ? here : InTask(folder, here, sweep) ?? here)];
    }

    static TrialProgress? InTask(SweepFolder folder, TrialProgress here, SweepDetail sweep)
    {
        string path = folder.Database(here.Trial.Number);
        if (!File.Exists(path))
            return null;
        try
        {
            using RunQueries queries = RunQueries.Open(path);
            return queries.GetTrial(sweep.Sweep.Id, here.Trial.Number) is not { RunId: not null } trial ? null : Of(queries, path, trial, sweep) with { IsKnownHere = trial.RunId == here.RunId && trial.Status == here.Status };
        }
        catch (Exception e) when (e is StorageException or NoSuchRunException)
        {
            // It may hold what is not known here, and so must not be replaced by it.
            return here with { Reason = e.Message, Database = path, IsKnownHere = false };
        }
    }

    static TrialProgress Of(RunQueries queries, string database, FrozenTrial trial, SweepDetail sweep)
    {
        TrialProgress progress = new() { Trial = trial, Status = trial.Status, Database = database };
        if (trial.RunId is null)
            return progress;
        RunDetail run = queries.Get(trial.RunId);
        return progress with
        {
            RunId = run.Run.Id,
            Reason = run.Run.Reason,
            EpochsDone = run.Run.EpochsDone,
            EpochsPlanned = run.Run.EpochsPlanned,
            Value = SweepRanking.Value(run, sweep.Sweep.Metric),
        };
    }
}
