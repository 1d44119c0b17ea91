using System.Text.Json.Serialization;

namespace AeVae.Tracking.Journals;

/// <summary>Something that a run leaves behind while it runs, whole: it can wait until the results file can be written.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Time">When it came about.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FinishedEpoch), "epoch")]
[JsonDerivedType(typeof(FinishedTest), "final_metrics")]
[JsonDerivedType(typeof(FinishedArtifact), "artifact")]
[JsonDerivedType(typeof(Warning), "warning")]
[JsonDerivedType(typeof(RunEnd), "end")]
abstract record RunRecord(string RunId, DateTimeOffset Time)
{
    /// <summary>The epoch that it makes the last one; 0 for none.</summary>
    [JsonIgnore]
    public virtual int NewEpoch => 0;
}

/// <summary>An epoch with its digests, metrics and warnings.</summary>
sealed record FinishedEpoch(string RunId, DateTimeOffset Time, EpochRecord Epoch) : RunRecord(RunId, Time)
{
    /// <inheritdoc/>
    public override int NewEpoch => Epoch.Epoch;
}

/// <summary>Metrics taken after training.</summary>
sealed record FinishedTest(string RunId, DateTimeOffset Time, int Epoch, IReadOnlyList<MetricRecord> Metrics) : RunRecord(RunId, Time);

/// <summary>An artifact with its bytes.</summary>
sealed record FinishedArtifact(string RunId, DateTimeOffset Time, Artifact Artifact) : RunRecord(RunId, Time);

/// <summary>What a reader of the run should know.</summary>
sealed record Warning(string RunId, DateTimeOffset Time, int Epoch, string Message) : RunRecord(RunId, Time);

/// <summary>How the run ended.</summary>
sealed record RunEnd(string RunId, DateTimeOffset Time, RunStatus Status, string? Reason, int? ReasonEpoch, Provenance? AtEnd, FailureKind? Failure) : RunRecord(RunId, Time);
