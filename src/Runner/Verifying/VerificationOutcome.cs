using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>How a verification ended.</summary>
sealed record VerificationOutcome
{
    /// <summary>What was to be compared.</summary>
    public required VerificationPlan Plan { get; init; }

    /// <summary>The run that executed it again.</summary>
    public required string VerifyingRunId { get; init; }

    /// <summary>The verdict; null when it was interrupted before there was one.</summary>
    public Verification? Verification { get; init; }

    /// <summary>Why the verdict could not be stored; null when it is.</summary>
    public string? NotStored { get; init; }

    /// <summary>Everything that differs in the first epoch that does, or at the end, or before the first step; causes before effects.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <summary>Metrics and artifacts that this program makes and the one that made the run did not: no differences.</summary>
    public IReadOnlyList<string> Additions { get; init; } = [];

    /// <summary>What else is to be known of the run, in a sentence, though it is no difference; null when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Checkpoints that were written, as <c>restore</c> asks; none when an epoch differs.</summary>
    public IReadOnlyList<string> Restored { get; init; } = [];

    /// <summary>Why they could not be written; null when they are, or nobody asked.</summary>
    public string? NotRestored { get; init; }

    /// <summary>What was compared.</summary>
    public required Tally Compared { get; init; }

    /// <summary>Digest of the parameters after the last epoch that was computed; null before the first.</summary>
    public string? ParametersSha256 { get; init; }

    /// <summary>Wall-clock time of all of it.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>How much was compared and found equal.</summary>
/// <param name="Epochs">Epochs 1 to this.</param>
/// <param name="Metrics">Metrics in them and of the test images.</param>
/// <param name="Tensors">Tensors of parameters and optimiser in them.</param>
/// <param name="Artifacts">Artifacts.</param>
readonly record struct Tally(int Epochs, int Metrics, int Tensors, int Artifacts);
