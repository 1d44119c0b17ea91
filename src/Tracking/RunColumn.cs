namespace AeVae.Tracking;

/// <summary>Something that a list of runs can show, sort by and compare.</summary>
/// <param name="Text">As it was asked for.</param>
/// <param name="Key">What it is: a key of the configuration, one of <see cref="OfRun"/>, or a metric as <c>val.loss</c>.</param>
/// <param name="Metric">The metric, if it is one.</param>
/// <param name="IsBest">The best value of the metric, and not its last one.</param>
sealed record RunColumn(string Text, string Key, MetricKey? Metric = null, bool IsBest = false)
{
    /// <summary>When a run began, as ISO 8601: in order as text.</summary>
    public const string Started = "started";

    /// <summary>Labels, with blanks between them.</summary>
    public const string Tags = "tags";

    /// <summary>Stands before a metric of which the best value is meant.</summary>
    public const string Best = "best.";

    /// <summary>The metric of which a column may mean the best value.</summary>
    public static string WithoutBest(string text) => text.StartsWith(Best, StringComparison.Ordinal) ? text[Best.Length..] : text;

    /// <summary>What a run has itself, beside its metrics and its configuration.</summary>
    public static IReadOnlyList<string> OfRun { get; } = ["name", "variant", "status", "verification", "epochs", "seconds", "effective_beta", "reached_beta", "parameter_count", Tags, "note", Started];
}
