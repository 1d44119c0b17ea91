using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>Tells which epochs are the best so far by a metric.</summary>
/// <param name="metric">As <c>checkpoint.best</c> names it: <c>val.loss</c>.</param>
sealed class BestSoFar(string metric)
{
    readonly (Split Split, MetricDefinition Definition) watched = MetricName.Parse(metric, "checkpoint.best");
    double best = double.NaN;

    /// <summary>Whether no epoch before was as good; false where the metric was not measured.</summary>
    public bool IsBest(EpochResult result) => result.Metrics.Find(watched.Split, watched.Definition.Name) is { } value && IsBest(value);

    /// <summary>Whether no value before was as good; call it for each in order.</summary>
    public bool IsBest(double value)
    {
        if (!watched.Definition.IsBetter(value, best))
            return false;
        best = value;
        return true;
    }
}
