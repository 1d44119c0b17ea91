using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>All that is known when a verification has found a difference.</summary>
/// <param name="Run">The stored run.</param>
/// <param name="Here">Where and from what it was executed again.</param>
/// <param name="IsSealed">It has a seal, intact or broken.</param>
/// <param name="Inputs">What was wrong before the first step: configuration, data, summaries, bytes of artifacts, the seal.</param>
sealed record Evidence(RunDetail Run, Provenance Here, bool IsSealed, IReadOnlyList<Difference> Inputs)
{
    /// <summary>The first epoch that differs; null when no epoch does.</summary>
    public int? Epoch { get; init; }

    /// <summary>That epoch as it was stored; null when it was not.</summary>
    public EpochRecord? Stored { get; init; }

    /// <summary>That epoch as it was computed now; null when it could not be.</summary>
    public EpochRecord? Computed { get; init; }

    /// <summary>Everything that differs in that epoch, or at the end of the run; causes before effects.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <summary>Names of metrics and artifacts that are made now and that the run has nowhere, though it need not have had them.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>The first difference in time: of the bits if some differ, else of the inputs; null when all is equal.</summary>
    public Difference? First => Differences.Concat(Inputs).FirstOrDefault();

    /// <summary>The run was changed after it was completed, somewhere.</summary>
    public bool IsSealBroken => Inputs.Any(SealCheck.IsSeal);

    /// <summary>The run holds what it held when it was completed, or was sealed anew.</summary>
    public bool IsSealIntact => IsSealed && !IsSealBroken;

    /// <summary>Whatever it lacks was removed: this very program made all of it, and no seal says that it never had more.</summary>
    public bool HadAll => !IsSealIntact && Here.ProgramSha256 is { } program
        && Run.Resumptions.Select(resumption => resumption.ProgramSha256).Append(Run.Provenance?.ProgramSha256).All(made => made == program);

    /// <summary>Differences of one kind.</summary>
    public IReadOnlyList<Difference> Of(DifferenceKind kind) => [.. Differences.Where(difference => difference.Kind == kind)];
}
