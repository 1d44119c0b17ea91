using System.Globalization;
using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Whether a stored run agrees with itself: lists and pages show summaries, which must be those of the history.</summary>
static class HistoryCheck
{
    /// <summary>Name of the difference between the epochs that a run says it has and those that it has.</summary>
    public const string EpochsDone = "epochs_done";

    /// <summary>Nothing for a run that is still being trained, whose history grows meanwhile. Else metrics of epochs that cannot have them, then summaries that do not follow from the history ("computed" here).</summary>
    public static IEnumerable<Difference> Of(
        RunDetail run,
        IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series,
        IReadOnlyDictionary<string, MetricDefinitionRecord> definitions,
        ExperimentSpec spec,
        IReadOnlyList<MetricSummary> summaries)
    {
        if (run.Run.Status == RunStatus.Running)
            yield break;
        int last = run.Epochs[^1].Epoch;
        int? tested = spec.Eval.Weights == EvaluatedWeights.Best ? run.TestedEpoch : last;   // which is the best shows when it is trained again
        HashSet<int> epochs = [.. run.Epochs.Select(epoch => epoch.Epoch)];
        var orphans = from metric in series
                      from point in metric.Value
                      where !epochs.Contains(point.Epoch) || (metric.Key.Split == "test" && point.Epoch != tested)   // test images are measured once
                      select (point.Epoch, Difference: Bits.Difference(DifferenceKind.Metric, $"{metric.Key.FullName} of epoch {point.Epoch}", point.Value, null));
        foreach ((_, Difference orphan) in orphans.DistinctBy(orphan => orphan.Epoch))   // one of an epoch is enough
            yield return orphan;

        if (run.Run.Status == RunStatus.Completed && run.Run.EpochsDone != last)
            yield return new(DifferenceKind.Summary, EpochsDone, Whole(run.Run.EpochsDone), Whole(last));

        Dictionary<MetricKey, MetricSummary> shown = summaries.ToDictionary(summary => summary.Key);
        Dictionary<MetricKey, MetricSummary> derived = series.ToDictionary(
            metric => metric.Key, metric => MetricSummary.Of(metric.Key, metric.Value, definitions.GetValueOrDefault(metric.Key.Name)?.Goal));
        foreach (MetricKey key in derived.Keys.Union(shown.Keys))
        {
            foreach (Difference difference in Compare(key.FullName, shown.GetValueOrDefault(key), derived.GetValueOrDefault(key)))
                yield return difference;
        }
    }

    // Only the last value is stored with its kind: in the others −0 has become 0.
    static IEnumerable<Difference> Compare(string name, MetricSummary? shown, MetricSummary? derived)
    {
        if (shown is null || derived is null || !Bits.AreEqual(shown.Last, derived.Last))
            yield return Bits.Difference(DifferenceKind.Summary, $"last {name}", shown?.Last, derived?.Last);
        if (shown?.Best != derived?.Best)
            yield return Bits.Difference(DifferenceKind.Summary, $"best {name}", shown?.Best, derived?.Best);
        if (shown?.Min != derived?.Min)
            yield return Bits.Difference(DifferenceKind.Summary, $"least {name}", shown?.Min, derived?.Min);
        if (shown?.Max != derived?.Max)
            yield return Bits.Difference(DifferenceKind.Summary, $"greatest {name}", shown?.Max, derived?.Max);
        if (shown?.LastEpoch != derived?.LastEpoch)
            yield return new(DifferenceKind.Summary, $"last epoch of {name}", Whole(shown?.LastEpoch), Whole(derived?.LastEpoch));
        if (shown?.BestEpoch != derived?.BestEpoch)
            yield return new(DifferenceKind.Summary, $"best epoch of {name}", Whole(shown?.BestEpoch), Whole(derived?.BestEpoch));
    }

    static string? Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
