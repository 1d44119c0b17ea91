using AeVae.Models;
using AeVae.Reports.Comparisons;
using AeVae.Runner.Execution;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Orders trials by the metric of their sweep.</summary>
static class SweepRanking
{
    /// <summary>Whether one value of a metric is better than another; NaN is worse than any number.</summary>
    public static bool IsBetter(string metric, double value, double other) => MetricName.Parse(metric, "sweep.metric").Metric.IsBetter(value, other);

    /// <summary>The metric after the last epoch that has it; null when none has.</summary>
    public static double? Value(RunQueries queries, string runId, string metric) => Value(queries.Get(runId), metric);

    /// <summary>The same of a run that was read.</summary>
    public static double? Value(RunDetail run, string metric)
    {
        (Split split, MetricDefinition definition) = MetricName.Parse(metric, "sweep.metric");
        return run.Metrics.FirstOrDefault(summary => summary.Split == SplitName.Of(split) && summary.Name == definition.Name)?.Last;
    }

    /// <summary>The metric after an epoch; null when it was not measured.</summary>
    public static double? Value(EpochResult result, string metric)
    {
        (Split split, MetricDefinition definition) = MetricName.Parse(metric, "sweep.metric");
        return result.Metrics.Find(split, definition.Name);
    }

    /// <summary>The completed trial with the best value, whatever its group; null when none is completed.</summary>
    public static BestTrial? BestAlone(RunQueries queries, SweepDetail sweep) =>
        sweep.Trials.Where(trial => trial.Status == RunStatus.Completed)
            .Select(trial => Value(queries, trial.RunId!, sweep.Sweep.Metric) is { } value ? new BestTrial(trial, trial.RunId!, value) : null).OfType<BestTrial>()
            .Aggregate((BestTrial?)null, (best, trial) => best is null || IsBetter(sweep.Sweep.Metric, trial.Value, best.Value) ? trial : best);

    /// <summary>The best trial of the best group, with the value that it is compared by; null when none is completed, or when their losses are of several objectives.</summary>
    public static BestTrial? Best(RunQueries queries, SweepDetail sweep)
    {
        Dictionary<string, FrozenTrial> completed = sweep.Trials.Where(trial => trial.Status == RunStatus.Completed).DistinctBy(trial => trial.RunId).ToDictionary(trial => trial.RunId!);
        return completed.Count > 0 && ComparedRuns.Read(queries, [.. completed.Keys], new ComparisonOptions { Sweep = sweep, Metric = sweep.Sweep.Metric }) is { Best: { } best, BestValue: { } value } compared
            ? new BestTrial(completed[best.Id], best.Id, value, compared.BestOf)
            : null;
    }
}
