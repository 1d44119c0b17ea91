using AeVae.Reports.Charts;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>A metric over epochs: the mean over the runs of a group, and from their lowest to their highest value. It ends with the first run that ends, since a mean of others would jump there.</summary>
sealed record GroupCurve(IReadOnlyList<(int Epoch, double Value)> Mean, IReadOnlyList<(int Epoch, double Low, double High)> Range)
{
    /// <summary>Null when no epoch has a finite value.</summary>
    public static GroupCurve? Of(RunGroup group, string split, string metric)
    {
        SeriesPoint[][] histories = [.. group.Counted.Select(run => run.History(split, metric).ToArray()).Where(history => history.Length > 0)];
        int last = histories.Length == 0 ? 0 : histories.Min(history => history[^1].Epoch);
        (int Epoch, double[] Values)[] epochs = [.. histories
            .SelectMany(history => history)
            .Where(point => point.Epoch <= last && double.IsFinite(point.Value))
            .GroupBy(point => point.Epoch, point => point.Value)
            .OrderBy(epoch => epoch.Key)
            .Select(epoch => (epoch.Key, epoch.ToArray()))];
        return epochs.Length == 0 ? null : new GroupCurve(
            [.. epochs.Select(epoch => (epoch.Epoch, epoch.Values.Average()))],
            group.Counted.Count < 2 ? [] : [.. epochs.Select(epoch => (epoch.Epoch, epoch.Values.Min(), epoch.Values.Max()))]);
    }

    /// <summary>Whether a run of the group went on after the end of its curve.</summary>
    public static bool IsCutShort(RunGroup group, string metric) =>
        group.Counted.Select(run => run.History("validation", metric)).Where(history => history.Count > 0).Select(history => history[^1].Epoch).Distinct().Count() > 1;

    /// <summary>Training solid and without a name, validation dashed with the group's; or validation alone, solid.</summary>
    public static IEnumerable<LineSeries> Lines(ShownGroup shown, string metric, bool isValidationAlone)
    {
        if (!isValidationAlone && Of(shown.Group, "train", metric) is { } train)
            yield return new LineSeries("", shown.Colour, false, train.Mean) { Band = train.Range };
        if (Of(shown.Group, "validation", metric) is { } validation)
            yield return new LineSeries(shown.Group.Label, shown.Colour, !isValidationAlone, validation.Mean) { Band = validation.Range };
    }
}
