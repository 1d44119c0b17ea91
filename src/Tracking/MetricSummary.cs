using System.Text.Json.Serialization;

namespace AeVae.Tracking;

/// <summary>A metric's history in brief, kept up to date as epochs arrive.</summary>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Name">The metric.</param>
/// <param name="LastEpoch">The last epoch that has it.</param>
/// <param name="Last">Its value there, exactly as it was.</param>
/// <param name="BestEpoch">The first epoch with the best value; null when the metric has no goal or was never finite.</param>
/// <param name="Best">The best finite value by the metric's goal.</param>
/// <param name="Min">The least finite value; null when there is none.</param>
/// <param name="Max">The greatest finite value; null when there is none.</param>
public sealed record MetricSummary(string Split, string Name, int LastEpoch, double Last, int? BestEpoch, double? Best, double? Min, double? Max)
{
    /// <summary>Its split and name.</summary>
    [JsonIgnore]
    public MetricKey Key => new(Split, Name);

    /// <summary>What the store keeps of a history.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="history">In order of epochs, at least one.</param>
    /// <param name="goal"><see cref="MetricDefinitionRecord.Goal"/>; null when it is not known.</param>
    /// <param name="bestAfter">Epochs up to this one are not among the best.</param>
    public static MetricSummary Of(MetricKey metric, IReadOnlyList<SeriesPoint> history, string? goal, int bestAfter = 0)
    {
        ArgumentNullException.ThrowIfNull(history);
        SeriesPoint[] finite = [.. history.Where(point => double.IsFinite(point.Value))];
        SeriesPoint[] candidates = [.. finite.Where(point => point.Epoch > bestAfter)];
        SeriesPoint? best = goal switch
        {
            _ when candidates.Length == 0 => null,
            "lower" => candidates.MinBy(point => point.Value),   // the first of equals
            "higher" => candidates.MaxBy(point => point.Value),
            _ => null,
        };
        return new(metric.Split, metric.Name, history[^1].Epoch, history[^1].Value, best?.Epoch, best?.Value, finite.Min(point => (double?)point.Value), finite.Max(point => (double?)point.Value));
    }
}
