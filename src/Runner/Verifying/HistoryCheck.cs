using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Whether a stored run agrees with itself: lists and pages show summaries, which must be those of the history.</summary>
static class HistoryCheck
{
    /// <summary>Nothing for a run that is still being trained, whose history grows meanwhile. Else summaries that do not follow from the history ("computed" here), and metrics of epochs that the run does not have.</summary>
    public static IEnumerable<Difference> Of(
        RunDetail run,
        IReadOnlyDictionary<(string Split, string Name), IReadOnlyList<SeriesPoint>> series,
        IReadOnlyDictionary<string, MetricDefinitionRecord> definitions)
    {
        if (run.Run.Status == RunStatus.Running)
            yield break;
        HashSet<int> epochs = [.. run.Epochs.Select(epoch => epoch.Epoch)];
        var orphans = from metric in series
                      from point in metric.Value
                      where epochs.Add(point.Epoch)   // one of an epoch is enough
                      select Bits.Difference(DifferenceKind.Metric, $"{metric.Key.Split}.{metric.Key.Name} of epoch {point.Epoch}", point.Value, null);
        foreach (Difference orphan in orphans)
            yield return orphan;

        foreach (MetricSummary summary in run.Metrics)
        {
            string name = $"{summary.Split}.{summary.Name}";
            double? last = null, best = null;
            if (series.TryGetValue((summary.Split, summary.Name), out IReadOnlyList<SeriesPoint>? points))
            {
                last = points[^1].Value;
                best = Best(points, definitions[summary.Name].Goal);
            }

            if (last is null || !Bits.AreEqual(summary.Last, last.Value))
                yield return Bits.Difference(DifferenceKind.Summary, $"last {name}", summary.Last, last);
            if (summary.Best is { } shown && (best is null || !Bits.AreEqual(shown, best.Value)))
                yield return Bits.Difference(DifferenceKind.Summary, $"best {name}", shown, best);
        }
    }

    static double? Best(IReadOnlyList<SeriesPoint> points, string goal)
    {
        IEnumerable<double?> finite = points.Select(point => point.Value).Where(double.IsFinite).Cast<double?>();
        return goal switch { "lower" => finite.Min(), "higher" => finite.Max(), _ => null };
    }
}
