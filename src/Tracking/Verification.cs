namespace AeVae.Tracking;

/// <summary>What executing a run again has shown.</summary>
public enum Verdict
{
    /// <summary>It was never executed again.</summary>
    Unverified,

    /// <summary>Every compared bit was equal.</summary>
    Verified,

    /// <summary>Some bit was not.</summary>
    Mismatch,
}

/// <summary>One verification: a run executed again from its stored configuration, and compared.</summary>
public sealed record Verification
{
    /// <summary>The run that was verified.</summary>
    public required string RunId { get; init; }

    /// <summary>The run that executed it again; null when it was removed.</summary>
    public string? VerifyingRunId { get; init; }

    /// <summary>Verified or mismatch.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>When the verdict was known, UTC.</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>Epochs 1 to this were compared.</summary>
    public required int EpochsCompared { get; init; }

    /// <summary>Epochs that the run had.</summary>
    public required int EpochsStored { get; init; }

    /// <summary>The first epoch that differs; null when none does.</summary>
    public int? FirstEpoch { get; init; }

    /// <summary>What differs first; null when verified.</summary>
    public Difference? Difference { get; init; }

    /// <summary>Why it may differ, one sentence each, most likely first.</summary>
    public IReadOnlyList<string> LikelyCauses { get; init; } = [];

    /// <summary>Everything that the run has was compared, not only its first epochs.</summary>
    public bool IsWhole => EpochsCompared == EpochsStored;
}
