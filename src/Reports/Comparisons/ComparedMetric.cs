using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>The metric that groups are ranked by.</summary>
/// <param name="Key">Which one, in which split.</param>
/// <param name="Goal"><c>lower</c>, <c>higher</c>, or <c>none</c> where neither is the better one.</param>
public sealed record ComparedMetric(MetricKey Key, string Goal)
{
    /// <summary>The metric that a text means.</summary>
    /// <param name="text">Such as <c>val.loss</c>.</param>
    /// <param name="definitions">What there is.</param>
    /// <exception cref="UnknownNameException">There is no such metric; the message names those that there are.</exception>
    public static ComparedMetric Parse(string text, IReadOnlyDictionary<string, MetricDefinitionRecord> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return MetricKey.Parse(text) is { } key && definitions.TryGetValue(key.Name, out MetricDefinitionRecord? definition)
            ? new ComparedMetric(key, definition.Goal)
            : throw new UnknownNameException(MetricKey.Unknown(text, definitions.Keys));
    }

    /// <summary>Whether one value can be better than another.</summary>
    public bool HasBest => Goal != "none";

    /// <summary>Those of some groups that have a value, the best first.</summary>
    internal RunGroup[] Ranked(IEnumerable<RunGroup> groups) => [.. groups.Where(group => group.Sample(Key).Count > 0).OrderBy(group => group.Sample(Key).Mean, Comparer<double>.Create(Compare))];

    /// <summary>Orders values, the better one first; the lower one where neither is better, and NaN last.</summary>
    public int Compare(double value, double other) => (double.IsNaN(value), double.IsNaN(other)) switch
    {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => -1,
        _ => Goal == "higher" ? other.CompareTo(value) : value.CompareTo(other),
    };
}
