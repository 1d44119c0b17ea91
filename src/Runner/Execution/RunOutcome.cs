using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>How a run ended.</summary>
sealed record RunOutcome
{
    /// <summary>The usual reason of an interrupted run.</summary>
    public const string StoppedByUser = "stopped by the user";

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Completed, pruned, interrupted or failed.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The last stored epoch; null when none finished.</summary>
    public EpochResult? Last { get; init; }

    /// <summary>Test metrics and baselines; null unless completed.</summary>
    public FinalEvaluation? Final { get; init; }

    /// <summary>Why it did not complete, or why it stopped early.</summary>
    public string? Reason { get; init; }

    /// <summary>What changed under it while it ran; null when nothing did.</summary>
    public string? TaintedReason { get; init; }

    /// <summary>What kind of failure it was; null unless it failed.</summary>
    public FailureKind? Failure { get; init; }

    /// <summary>What was thrown; null unless the disk or a bug is why it failed.</summary>
    public Exception? Error { get; init; }

    /// <summary>The same run can go on from where it stopped.</summary>
    public bool CanBeResumed => Status == RunStatus.Interrupted || Failure is FailureKind.Disk or FailureKind.Bug;

    /// <summary>Full path of the newest checkpoint; null when there is none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Wall-clock time of training and evaluation.</summary>
    public required TimeSpan Elapsed { get; init; }
}
