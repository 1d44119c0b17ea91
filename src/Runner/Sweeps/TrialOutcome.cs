using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>How a trial ended.</summary>
sealed record TrialOutcome
{
    /// <summary>The trial.</summary>
    public required FrozenTrial Trial { get; init; }

    /// <summary>Its run; null when none began.</summary>
    public required string? RunId { get; init; }

    /// <summary>Completed, pruned, interrupted or failed; running when another process trains it.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it did not complete.</summary>
    public string? Reason { get; init; }

    /// <summary>The last value of the sweep's metric; null when none was measured.</summary>
    public double? Value { get; init; }

    /// <summary>The run was there, ended or in training elsewhere, and nothing was trained.</summary>
    public bool WasReused { get; init; }

    /// <summary>Wall-clock time of training and evaluation.</summary>
    public TimeSpan Elapsed { get; init; }
}
