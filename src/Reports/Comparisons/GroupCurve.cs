using AeVae.Reports.Charts;

namespace AeVae.Reports.Comparisons;

/// <summary>A metric over epochs: the mean over the runs of a group, and from their lowest to their highest value.</summary>
sealed record GroupCurve(IReadOnlyList<(int Epoch, double Value)> Mean, IReadOnlyList<(int Epoch, double Low, double High)> Range)
{
    /// <summary>Null when no epoch has a finite value.</summary>
    public static GroupCurve? Of(RunGroup group, string split, string metric)
    {
        (int Epoch, double[] Values)[] epochs = [.. group.Counted
            .SelectMany(run => run.History(split, metric))
            .Where(point => double.IsFinite(point.Value))
            .GroupBy(point => point.Epoch, point => point.Value)
            .OrderBy(epoch => epoch.Key)
            .Select(epoch => (epoch.Key, epoch.ToArray()))];
        return epochs.Length == 0 ? null : new GroupCurve(
            [.. epochs.Select(epoch => (epoch.Epoch, epoch.Values.Average()))],
            group.Counted.Count < 2 ? [] : [.. epochs.Select(epoch => (epoch.Epoch, epoch.Values.Min(), epoch.Values.Max()))]);
    }

    /// <summary>Training solid and without a name, validation dashed with the group's.</summary>
    public static IEnumerable<LineSeries> Lines(ShownGroup shown, string metric)
    {
        if (Of(shown.Group, "train", metric) is { } train)
            yield return new LineSeries("", shown.Colour, false, train.Mean) { Band = train.Range };
        if (Of(shown.Group, "validation", metric) is { } validation)
            yield return new LineSeries(shown.Group.Label, shown.Colour, true, validation.Mean) { Band = validation.Range };
    }
}
