namespace AeVae.Tracking;

/// <summary>One line of a list of runs.</summary>
public sealed record RunSummary
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>The variant of the experiment, if it has several.</summary>
    public string? Variant { get; init; }

    /// <summary>The seed of every random stream of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where it stands; a run whose process is gone is <see cref="RunStatus.Crashed"/>, whatever the file says.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Why it ended as it did.</summary>
    public string? Reason { get; init; }

    /// <summary>The epoch that <see cref="Reason"/> speaks of.</summary>
    public int? ReasonEpoch { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Epochs it was to train.</summary>
    public required int EpochsPlanned { get; init; }

    /// <summary>The last epoch that is stored.</summary>
    public required int EpochsDone { get; init; }

    /// <summary>What changed under the run between its begin and its end; null when nothing did.</summary>
    public string? TaintedReason { get; init; }

    /// <summary>The run that it verifies; null when it verifies none.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>Verdict of its verifications: a mismatch stands until a later one compared as far and found all equal.</summary>
    public Verdict Verification { get; init; }

    /// <summary>Epochs 1 to this were once found equal to the last bit; null when none were.</summary>
    public int? EpochsVerified { get; init; }

    /// <summary>Its tags in alphabetic order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The asked-for columns that are metrics of this run, under the text that asked for them.</summary>
    public IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; } = new Dictionary<string, MetricSummary>();

    /// <summary>The number in a column that is a metric: its last value, or of <c>best.val.loss</c> its best; null where it has none.</summary>
    public double? Number(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Metrics.TryGetValue(column, out MetricSummary? metric) ? column.StartsWith(RunColumn.Best, StringComparison.Ordinal) ? metric.Best : metric.Last : null;
    }

    /// <summary>The asked-for columns that are no metrics, under the text that asked for them.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
