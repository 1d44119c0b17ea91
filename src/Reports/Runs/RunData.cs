using System.Globalization;
using System.Text.Json;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Everything that a report says of one run, as it was stored.</summary>
/// <param name="Detail">The run.</param>
/// <param name="Series">History of every metric, by epoch; read when it is first asked for: of a run in training it may then be longer than <paramref name="Detail"/> says.</param>
/// <param name="Definitions">What each metric means.</param>
/// <param name="Artifact">The bytes of an artifact, null when the run has none of that name.</param>
sealed record RunData(
    RunDetail Detail,
    Lazy<IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>>> Series,
    IReadOnlyDictionary<string, MetricDefinitionRecord> Definitions,
    Func<string, byte[]?> Artifact)
{
    /// <summary>Reads one run.</summary>
    public static RunData Read(RunQueries queries, string runId) =>
        new(queries.Get(runId), new(() => queries.GetSeries(runId)), queries.Definitions, name => queries.GetArtifact(runId, name));

    public RunSummary Run => Detail.Run;

    /// <summary>Whether its numbers were edited since it was completed, where the report looked.</summary>
    public bool HasChanged { get; init; }

    /// <summary>The epoch whose values stand for those of the last one: in a comparison, that of the weights which the run is tested with. Null for the last one itself.</summary>
    public int? ValuesOfEpoch { get; init; }

    /// <summary>True for a variational autoencoder.</summary>
    public bool IsVae => Parameter("model.type") == "vae";

    /// <summary>Whether it is tested with the weights of its best epoch, and not with those of the last.</summary>
    public bool KeepsBestEpoch => Parameter("eval.weights") == "best";

    /// <summary>The epoch that <c>checkpoint.best</c> finds, the first with the best value after the warm-up of the KL weight; null where none is asked for, or was there yet.</summary>
    public int? BestEpochAfterWarmUp => MetricKey.Parse(Parameter("checkpoint.best") ?? "") is { } metric && Definitions.TryGetValue(metric.Name, out MetricDefinitionRecord? definition)
        && History(metric.Split, metric.Name) is { Count: > 0 } history ? MetricSummary.Of(metric, history, definition.Goal, bestAfter: Detail.KlWarmupEpochs).BestEpoch : null;

    /// <summary>The effective β that was asked for, and what was reached of it where that is less; null for a model without KL.</summary>
    public string? BetaInWords => Detail.EffectiveBeta is not { } beta ? null
        : Detail.ReachedBeta == beta ? Numbers.Chosen(beta) : $"{Numbers.Chosen(beta)}, of which {Numbers.Rounded(Detail.ReachedBeta!.Value)} was reached";

    /// <summary>Number of latents; null when it is not stored.</summary>
    public int? Latents => int.TryParse(Parameter("model.latent_dim"), NumberStyles.None, CultureInfo.InvariantCulture, out int latents) ? latents : null;

    /// <summary>The value of a dotted key of the configuration; null when it has none.</summary>
    public string? Parameter(string key) => Detail.Parameters.FirstOrDefault(p => p.Key == key).Value;

    /// <summary>The same; of a section whose keys are written one by one, all of them.</summary>
    public string? Setting(string key) => Parameter(key) ?? (Detail.Parameters.Where(p => p.Key.StartsWith($"{key}.", StringComparison.Ordinal)).Select(p => $"{p.Key[(key.Length + 1)..]}: {p.Value}").ToArray() is { Length: > 0 } keys ? $"{{{string.Join(", ", keys)}}}" : null);

    /// <summary>A metric's history in brief; null when it was never measured.</summary>
    public MetricSummary? Metric(string split, string name) => AtValuesOfEpoch(Detail.Metrics.FirstOrDefault(m => m.Split == split && m.Name == name));

    /// <summary>The same of a metric by its key.</summary>
    public MetricSummary? Metric(MetricKey metric) => Metric(metric.Split, metric.Name);

    /// <summary>The last value of a metric; null where it was never measured or is not finite.</summary>
    public double? Finite(MetricKey metric) => Metric(metric)?.Last is { } value && double.IsFinite(value) ? value : null;

    MetricSummary? AtValuesOfEpoch(MetricSummary? metric) => metric is not null && ValuesOfEpoch is { } epoch && metric.LastEpoch > epoch && History(metric.Split, metric.Name).FirstOrDefault(point => point.Epoch == epoch) is { Epoch: > 0 } at
        ? metric with { LastEpoch = epoch, Last = at.Value } : metric;

    /// <summary>A metric over the epochs; empty when it was never measured.</summary>
    public IReadOnlyList<SeriesPoint> History(string split, string name) => Series.Value.GetValueOrDefault(new(split, name), []);

    /// <summary>Those epochs of it whose values mean the same: of the loss, those after the KL weight has risen.</summary>
    public IReadOnlyList<SeriesPoint> ComparableHistory(string split, string name) => Detail.Comparable(name, History(split, name));

    /// <summary>When each epoch ended: the begin of the run and, from there, the seconds of training, since what stood between two epochs is not stored.</summary>
    public IEnumerable<(int Epoch, DateTimeOffset End)> EpochEnds
    {
        get
        {
            DateTimeOffset at = Run.StartedAt;
            foreach (EpochSummary epoch in Detail.Epochs)
                yield return (epoch.Epoch, at += TimeSpan.FromSeconds(epoch.Seconds));
        }
    }

    /// <summary>The unit of a metric; that of the loss follows from what this run minimises.</summary>
    public string Unit(string metric) =>
        metric == "loss" && LossKeys.UnitOfLoss(Parameter("loss.reconstruction"), Parameter("loss.reduction")) is { } unit ? unit
        : Definitions.TryGetValue(metric, out MetricDefinitionRecord? definition) ? definition.Unit : "unit not stored";

    const int MostClasses = 20, LongestClassName = 24;   // twice the colours that there are; a legend leaves room for the plot

    /// <summary>The names of the classes, cut where they are long; as many as the largest of <paramref name="labels"/> asks for. None where there is one, which tells nothing apart, and where there are more than 20, which no colours would.</summary>
    public IReadOnlyList<string> ClassNames(IReadOnlyCollection<byte> labels)
    {
        string[] stored = Artifact(ArtifactNames.ClassNames) is { } json ? JsonSerializer.Deserialize<string[]>(json) ?? [] : [];
        int classes = labels.Count == 0 ? 0 : Math.Max(stored.Length, labels.Max() + 1);
        return classes is < 2 or > MostClasses ? [] : [.. Enumerable.Range(0, classes).Select(label => Cut(label < stored.Length ? stored[label] : $"class {label}"))];

        static string Cut(string name) => name.Length <= LongestClassName ? name : name[..(LongestClassName - 1)] + "…";
    }
}
