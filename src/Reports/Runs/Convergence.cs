using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>How soon a metric comes near its best.</summary>
static class Convergence
{
    /// <summary>Share of the best value within which a metric has converged.</summary>
    public const double Tolerance = 0.01;

    /// <summary>The first epoch in which the metric is within 1 % of its best; null when it has no finite value or no better direction.</summary>
    public static double? Epoch(RunData run, MetricKey metric)
    {
        if (run.Metric(metric)?.Best is not { } best) return null;
        bool isLowerBetter = run.Definitions.GetValueOrDefault(metric.Name)?.Goal == "lower";
        double border = isLowerBetter ? best + Tolerance * Math.Abs(best) : best - Tolerance * Math.Abs(best);
        return run.ComparableHistory(metric.Split, metric.Name).Where(point => isLowerBetter ? point.Value <= border : point.Value >= border).Select(point => (double?)point.Epoch).FirstOrDefault();
    }
}
