using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Trials of a frozen list that are to be carried out.</summary>
sealed record SweepRequest
{
    /// <summary>The frozen list, with what was done before.</summary>
    public required SweepDetail Sweep { get; init; }

    /// <summary>Its file and those that it extends, as they were read; empty when only the frozen list is known.</summary>
    public IReadOnlyList<SpecText> Files { get; init; } = [];

    /// <summary>Numbers of the trials that are meant; none for all of them.</summary>
    public IReadOnlyList<int> Only { get; init; } = [];

    /// <summary>Trials at once.</summary>
    public required int Parallel { get; init; }

    /// <summary>Threads of all trials together.</summary>
    public required int Threads { get; init; }

    /// <summary>Stored runs that are equal to a trial are taken for it.</summary>
    public bool Needed { get; init; }

    /// <summary>Trials that failed are trained again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Labels of the runs.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A remark on the runs.</summary>
    public string? Note { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required string[] CommandLine { get; init; }

    /// <summary>The trials that are meant, in order.</summary>
    public IReadOnlyList<TrialDetail> Meant => Only.Count == 0 ? Sweep.Trials : [.. Sweep.Trials.Where(trial => Only.Contains(trial.Trial.Number))];

    /// <summary>Those of them that are not done.</summary>
    public IReadOnlyList<TrialDetail> ToDo => [.. Meant.Where(trial => trial.Status switch
    {
        RunStatus.Completed or RunStatus.Pruned or RunStatus.Running => false,
        RunStatus.Failed => RetryFailed,
        _ => true,
    })];
}
