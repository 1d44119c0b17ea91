namespace AeVae.Tracking.Sweeps;

/// <summary>Everything that is stored of one sweep.</summary>
public sealed record SweepDetail
{
    /// <summary>The sweep as a list shows it.</summary>
    public required SweepSummary Sweep { get; init; }

    /// <summary>Description in the file.</summary>
    public string? Description { get; init; }

    /// <summary>The file as the user wrote it.</summary>
    public required string YamlText { get; init; }

    /// <summary>What its trials have in common and in which they differ.</summary>
    public required SweepOutline Outline { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>In the order in which they begin.</summary>
    public required IReadOnlyList<FrozenTrial> Trials { get; init; }

    /// <summary>Verdicts on the claims of the file, in its order; none before the sweep is done.</summary>
    public required IReadOnlyList<ClaimVerdict> Claims { get; init; }

    /// <summary>No trial is left to train, unless a failed one is to be tried again.</summary>
    public bool HasEnded => Trials.All(trial => trial.Status is RunStatus.Completed or RunStatus.Pruned or RunStatus.Failed);
}
