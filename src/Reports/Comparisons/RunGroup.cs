using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>Runs that differ in the seed alone, or have the same values of some chosen keys.</summary>
public sealed class RunGroup
{
    /// <summary>What tells it from the others: a variant, a name or the values of keys.</summary>
    public required string Label { get; init; }

    /// <summary>The values behind a label that is a mere name, since they are too long for one; else null.</summary>
    internal string? Settings { get; init; }

    /// <summary>Its variant; null when there are none.</summary>
    public string? Variant { get; init; }

    /// <summary>The keys that the groups differ in and their values in this one; null where it has none.</summary>
    public required IReadOnlyList<KeyValuePair<string, string?>> Values { get; init; }

    /// <summary>Every run, by seed.</summary>
    internal IReadOnlyList<RunData> Members { get; init; } = [];

    /// <summary>The runs that numbers are taken from: the completed ones; where there is none, all that have trained an epoch.</summary>
    internal IReadOnlyList<RunData> Counted => field ??= Members.Any(IsCompletedRun) ? [.. Members.Where(IsCompletedRun)] : [.. Members.Where(run => run.Run.EpochsDone > 0)];

    /// <summary>Every run, by seed.</summary>
    public IReadOnlyList<RunSummary> Runs => field ??= [.. Members.Select(run => run.Run)];

    /// <summary>Settings in which its runs differ; none unless it was made of chosen keys.</summary>
    internal IReadOnlyList<string> MixedKeys => field ??= DifferingKeys.Of(Members);

    /// <summary>What its means are over: <c>seeds</c>, or <c>runs</c> where these differ in more.</summary>
    internal string Repeats => MixedKeys.Count > 0 ? "runs" : "seeds";

    /// <summary>Whether its numbers are those of completed runs.</summary>
    public bool IsCompleted => Members.Any(IsCompletedRun);

    /// <summary>The last finite value of a metric for each seed that has one; their mean where runs of several settings are put together.</summary>
    public IReadOnlyDictionary<ulong, double> ValuesBySeed(MetricKey metric) =>
        (from run in Counted
         let value = run.Finite(metric)
         where value is not null
         group value.Value by run.Run.Seed).ToDictionary(seed => seed.Key, seed => Statistics.Sample.Of([.. seed]).Mean);

    /// <summary>Mean and spread of a metric over its runs.</summary>
    public Sample Sample(MetricKey metric) => Of(run => run.Finite(metric));

    /// <summary>Its values minus those of another group, by the seeds that both have.</summary>
    /// <param name="other">The other group.</param>
    /// <param name="metric">What is taken of this one.</param>
    /// <param name="ofOther">What is taken of the other; null: the same.</param>
    internal Sample DifferenceTo(RunGroup other, MetricKey metric, MetricKey? ofOther = null)
    {
        IReadOnlyDictionary<ulong, double> own = ValuesBySeed(metric), its = other.ValuesBySeed(ofOther ?? metric);
        ulong[] common = [.. own.Keys.Where(its.ContainsKey).Order()];
        return Statistics.Sample.OfDifferences([.. common.Select(seed => own[seed])], [.. common.Select(seed => its[seed])]);
    }

    /// <summary>An error of the test images that simple models, which draw no noise, compare with: of a VAE that at z = μ.</summary>
    /// <param name="name"><c>mse</c> or <c>bce</c>.</param>
    internal (MetricKey Key, Sample Sample) WithoutNoise(string name)
    {
        MetricKey atMean = new("test", $"{name}_mean"), error = new("test", name);
        return Sample(atMean) is { Count: > 0 } sample ? (atMean, sample) : (error, Sample(error));
    }

    /// <summary>Mean and spread of a number over its runs, as far as it is finite.</summary>
    internal Sample Of(Func<RunData, double?> number) => Statistics.Sample.Of([.. Counted.Select(number).OfType<double>().Where(double.IsFinite)]);

    /// <summary>Its best run; null when none has a value.</summary>
    public RunSummary? Best(ComparedMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Counted.Where(run => run.Finite(metric.Key) is not null).OrderBy(run => run.Finite(metric.Key)!.Value, Comparer<double>.Create(metric.Compare)).FirstOrDefault()?.Run;
    }

    /// <summary>The value of a key, or the variant, of all of its runs; of a section, its keys together. Null where they have none.</summary>
    public string? Value(string key) =>
        Values.FirstOrDefault(own => own.Key == key) is { Key: not null } own ? own.Value : key == "variant" ? Variant : Members[0].Setting(key);

    /// <summary>The value of a key as a number; null where it is none.</summary>
    internal double? Number(string key) =>
        double.TryParse(Value(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    static bool IsCompletedRun(RunData run) => run.Run.Status == RunStatus.Completed;
}
