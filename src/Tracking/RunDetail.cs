using System.Globalization;
using System.Text.Json.Serialization;

namespace AeVae.Tracking;

/// <summary>Everything that is stored of one run, but for artifact bytes and metric histories.</summary>
public sealed record RunDetail
{
    /// <summary>The run as a list shows it.</summary>
    public required RunSummary Run { get; init; }

    /// <summary>The experiment that it carries out.</summary>
    public required ExperimentRecord Experiment { get; init; }

    /// <summary>Version of the numeric contract that its arithmetic follows.</summary>
    public required int NumericContract { get; init; }

    /// <summary>KL weight ÷ scale of the reconstruction term per image; null for a model without KL.</summary>
    public double? EffectiveBeta { get; init; }

    /// <summary>The effective β of an epoch, by the KL weight that it had: less than was asked for while that rose. Null for a model without KL.</summary>
    public double? BetaAt(double? klWeight) =>
        EffectiveBeta is { } beta && klWeight is { } reached && double.TryParse(Parameters.FirstOrDefault(parameter => parameter.Key == "loss.kl_weight").Value, CultureInfo.InvariantCulture, out double asked) && reached < asked
            ? beta * reached / asked : EffectiveBeta;

    /// <summary>Trainable numbers in the model.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>The run that it verifies; null when it verifies none.</summary>
    public string? ParentRunId => Run.ParentRunId;

    /// <summary>A remark of the user.</summary>
    public string? Note { get; init; }

    /// <summary>Every dotted key of the resolved configuration and its value, in alphabetic order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>Epochs over which its KL weight rose: the loss of each is another one than that of those after.</summary>
    [JsonIgnore]
    public int KlWarmupEpochs => int.TryParse(Parameters.FirstOrDefault(parameter => parameter.Key == "loss.kl_warmup_epochs").Value, NumberStyles.None, CultureInfo.InvariantCulture, out int epochs) ? epochs : 0;

    /// <summary>Of which epochs the best one is meant, to stand behind it: nothing where it is of all.</summary>
    [JsonIgnore]
    public string AfterWarmUp => KlWarmupEpochs > 0 ? " after the warm-up of the KL weight" : "";

    /// <summary>Those epochs of a metric whose values mean the same: of the loss, those after the KL weight has risen.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="history">All of its epochs.</param>
    public IReadOnlyList<SeriesPoint> Comparable(string metric, IReadOnlyList<SeriesPoint> history) =>
        metric == "loss" && KlWarmupEpochs > 0 ? [.. history.Where(point => point.Epoch > KlWarmupEpochs)] : history;

    /// <summary>Epoch whose parameters the test images were measured with; null before that.</summary>
    public int? TestedEpoch => Metrics.FirstOrDefault(metric => metric.Split == "test")?.LastEpoch;

    /// <summary>Where it was made and from what; null when that was not stored.</summary>
    public required Provenance? Provenance { get; init; }

    /// <summary>What the run warned of, in order.</summary>
    public required IReadOnlyList<WarningRecord> Warnings { get; init; }

    /// <summary>Its verifications, oldest first.</summary>
    public IReadOnlyList<Verification> Verifications { get; init; } = [];

    /// <summary>What kind of failure ended it; null unless it failed.</summary>
    public FailureKind? Failure { get; init; }

    /// <summary>The process that works on it, or last did.</summary>
    public required Worker Worker { get; init; }

    /// <summary>When it had stopped and went on, in order.</summary>
    public IReadOnlyList<Resumption> Resumptions { get; init; } = [];

    /// <summary>The verification that <see cref="RunSummary.Verification"/> rests on, measured by the epochs that the run has now: the newest mismatch that stands, else the one that found most epochs equal.</summary>
    public Verification? FindDecisive() => Run.Verification switch
    {
        Verdict.Mismatch => Verifications.LastOrDefault(Stands),
        Verdict.Verified => Verifications.LastOrDefault(verification => verification.Verdict == Verdict.Verified && verification.EpochsCompared == Run.EpochsVerified) is { } found
            ? found with { EpochsStored = Math.Max(found.EpochsCompared, Run.EpochsDone) }
            : null,
        _ => null,
    };

    // As Sql.JudgeRun: until a later verification has compared as far and found all equal.
    bool Stands(Verification mismatch) => mismatch.Verdict == Verdict.Mismatch
        && !Verifications.SkipWhile(verification => verification != mismatch).Any(later => later.Verdict == Verdict.Verified && later.EpochsCompared >= (mismatch.FirstEpoch ?? mismatch.EpochsStored));

    /// <summary>Digests and speed of each epoch, in order.</summary>
    public required IReadOnlyList<EpochSummary> Epochs { get; init; }

    /// <summary>The effective β in the end: less than was asked for where training ended while the KL weight rose. Null for a model without KL.</summary>
    public double? ReachedBeta => BetaAt(Metrics.FirstOrDefault(metric => metric is { Split: "train", Name: "kl_weight" })?.Last is { } weight && double.IsFinite(weight) ? weight : null);

    /// <summary>Every metric's history in brief, by split and name; the best of a loss is one of its <see cref="Comparable"/> epochs.</summary>
    public required IReadOnlyList<MetricSummary> Metrics { get; init; }

    /// <summary>What <see cref="RunQueries.GetArtifact"/> can give.</summary>
    public required IReadOnlyList<ArtifactInfo> Artifacts { get; init; }
}

/// <summary>A process that works on a run.</summary>
/// <param name="Host">Its machine.</param>
/// <param name="ProcessId">Its number there.</param>
/// <param name="HeartbeatAt">When it last wrote, UTC.</param>
public sealed record Worker(string Host, int ProcessId, DateTimeOffset HeartbeatAt)
{
    internal Lease Lease { get; init; }

    /// <summary>It is one of the processes of this machine, and can be asked to stop from here.</summary>
    [JsonIgnore]
    public bool IsInSight => Lease.IsInSight;

    /// <summary>Asks it to stop, as `kill` does.</summary>
    /// <returns>Why it cannot be asked; null when it was, or is gone.</returns>
    /// <exception cref="PlatformNotSupportedException">Windows has no signal for it.</exception>
    public string? Terminate() => Lease.IsDead(HeartbeatAt) ? null : ProcessTable.Terminate(ProcessId);

    /// <summary>For people.</summary>
    public override string ToString() => $"process {ProcessId} on {Host}";
}

/// <summary>Something a reader of the run should know.</summary>
/// <param name="Epoch">The epoch in which it was noticed.</param>
/// <param name="Message">What was noticed.</param>
public sealed record WarningRecord(int Epoch, string Message);

/// <summary>Digests and speed of one epoch.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="ParametersSha256">Digest of all parameters after the epoch, lower-case hex.</param>
/// <param name="OptimizerSha256">Digest of the optimiser's state after the epoch.</param>
/// <param name="OrderSha256">Digest of the order in which the images were seen.</param>
/// <param name="Seconds">Wall-clock time of training, in seconds.</param>
/// <param name="ImagesPerSecond">Training images per second of wall-clock time.</param>
public sealed record EpochSummary(int Epoch, string ParametersSha256, string OptimizerSha256, string OrderSha256, double Seconds, double ImagesPerSecond);

/// <summary>A metric at one epoch.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Value">Exactly as it was measured.</param>
public readonly record struct SeriesPoint(int Epoch, double Value);
