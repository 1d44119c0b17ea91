namespace AeVae.Tracking.Sweeps;

/// <summary>What a sweep's file says, as far as a report needs it.</summary>
public sealed record SweepOutline
{
    /// <summary>Names of the variants, in the file's order; none when it has no variants.</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>Dotted keys that are swept, in the file's order.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>Each variant and point is run with every one of them.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>The first trial of the group (same variant and parameters, any seed) that others are compared with; null when none is named.</summary>
    public int? BaselineTrial { get; init; }

    /// <summary>Failed trials after which no further one begins; null: the others go on.</summary>
    public int? MaxFailed { get; init; }

    /// <summary>Early stopping of trials; null: all train to their end.</summary>
    public Halving? Asha { get; init; }

    /// <summary>Labels of every run that it trains.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Remark on every run that it trains.</summary>
    public string? Note { get; init; }

    /// <summary>The claims of the file, in its order.</summary>
    public IReadOnlyList<ClaimText> Claims { get; init; } = [];

    /// <summary>Trials that were added when others had been trained, in the order in which they were.</summary>
    public IReadOnlyList<AddedTrials> Added { get; init; } = [];

    /// <summary>Claims that the file had when trials had been trained, and has no more.</summary>
    public IReadOnlyList<ClaimText> Withdrawn { get; init; } = [];
}

/// <summary>A claim as its author wrote it.</summary>
/// <param name="Text">In words.</param>
/// <param name="Check">As an expression: <c>last(ae.val.mse) &lt; last(vae.val.mse)</c>.</param>
public sealed record ClaimText(string Text, string Check)
{
    /// <summary>Trials that had been trained when it was written; 0 for one that is older than all results.</summary>
    public int TrialsBefore { get; init; }

    /// <summary>Whether it says the same, whenever it was written.</summary>
    public bool IsLike(ClaimText other) => (Text, Check) == (other.Text, other.Check);
}

/// <summary>Trials that were added to a frozen list, up to the next that were.</summary>
/// <param name="First">Number of the first of them.</param>
/// <param name="TrialsBefore">Trials that had been trained.</param>
public sealed record AddedTrials(int First, int TrialsBefore);

/// <summary>Early stopping by successive halving.</summary>
/// <param name="MinEpochs">Epochs of the first rung.</param>
/// <param name="ReductionFactor">η: one in η goes on at a rung, and the next rung is η times as far.</param>
public sealed record Halving(int MinEpochs, int ReductionFactor);
