namespace AeVae.Tracking.Sweeps;

/// <summary>One line of a list of sweeps.</summary>
public sealed record SweepSummary
{
    /// <summary>The sweep's id.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the experiment file.</summary>
    public required string File { get; init; }

    /// <summary>How its points were chosen: <c>grid</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The metric that trials are ranked by: <c>val.loss</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>When the list was frozen, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of trials.</summary>
    public required int Trials { get; init; }

    /// <summary>Trials whose run is completed or was pruned.</summary>
    public required int Done { get; init; }
}

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
    public required IReadOnlyList<TrialDetail> Trials { get; init; }

    /// <summary>Verdicts on the claims of the file, in its order; none before the sweep is done.</summary>
    public required IReadOnlyList<ClaimVerdict> Claims { get; init; }

    /// <summary>No trial is left to train, unless a failed one is to be tried again.</summary>
    public bool HasEnded => Trials.All(trial => trial.Status is RunStatus.Completed or RunStatus.Pruned or RunStatus.Failed);
}

/// <summary>One trial of the frozen list, and what became of it.</summary>
/// <param name="Trial">As it was frozen.</param>
/// <param name="RunId">The run that carries it out; null until one does.</param>
/// <param name="Status">Status of that run; queued without one.</param>
public sealed record TrialDetail(NewTrial Trial, string? RunId, RunStatus Status);

/// <summary>What the runs of a sweep say of a claim.</summary>
public sealed record ClaimVerdict
{
    /// <summary>The claim in words.</summary>
    public required string Text { get; init; }

    /// <summary>What is measured for it.</summary>
    public required string Expression { get; init; }

    /// <summary>Whether it holds.</summary>
    public required ClaimOutcome Outcome { get; init; }

    /// <summary>The numbers behind it, in a sentence.</summary>
    public required string Evidence { get; init; }

    /// <summary>The seeds that were used.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }
}

/// <summary>Whether a claim holds.</summary>
public enum ClaimOutcome
{
    /// <summary>It does, and chance does not explain it: the 95 % interval lies on its side.</summary>
    Holds,

    /// <summary>The opposite holds.</summary>
    DoesNotHold,

    /// <summary>The interval holds both, or something was not measured.</summary>
    Undecided,
}

/// <summary>A verdict in words.</summary>
public static class ClaimOutcomeWords
{
    /// <summary>As it is shown: <c>does not hold</c>.</summary>
    public static string Words(this ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Holds => "holds",
        ClaimOutcome.DoesNotHold => "does not hold",
        _ => "undecided",
    };
}
