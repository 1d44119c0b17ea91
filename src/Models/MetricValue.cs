namespace AeVae.Models;

/// <summary>One measured number; its unit and definition stand in <see cref="Metrics"/>.</summary>
/// <param name="Split">Images it was computed on.</param>
/// <param name="Name">Name in <see cref="Metrics.All"/>.</param>
/// <param name="Value">Value in the metric's unit.</param>
public readonly record struct MetricValue(Split Split, string Name, double Value);

/// <summary>Looks measured numbers up.</summary>
public static class MetricValues
{
    /// <summary>The value of a metric on a split; null when it was not measured.</summary>
    public static double? Find(this IReadOnlyList<MetricValue> metrics, Split split, string name)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        foreach (MetricValue metric in metrics)
        {
            if (metric.Split == split && metric.Name == name)
                return metric.Value;
        }

        return null;
    }
}
