using System.Globalization;
using AeVae.Runner.Execution;
using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>The comparison of what came out of two runs.</summary>
sealed record ResultSection(int Compared, IReadOnlyList<Discrepancy> Discrepancies) : DiffSection(DiffPart.Results, Compared, Discrepancies)
{
    /// <summary>Epochs that both runs have.</summary>
    public required int CommonEpochs { get; init; }

    /// <summary>The first epoch in which something differs; null when the epochs that both have are equal.</summary>
    public required FirstDifference? First { get; init; }

    /// <summary>Metrics with another last or best value.</summary>
    public required IReadOnlyList<MetricPair> Metrics { get; init; }

    /// <summary>Artifacts that differ, or that one run has alone, by their digests.</summary>
    public required IReadOnlyList<Discrepancy> Artifacts { get; init; }

    /// <inheritdoc/>
    public override bool IsSame => base.IsSame && First is null && Metrics.Count == 0 && Artifacts.Count == 0;

    /// <summary>Compares epochs, metrics and artifacts to the last bit.</summary>
    /// <param name="a">The one run.</param>
    /// <param name="b">The other.</param>
    /// <param name="epoch">An epoch of a run with the digests of its tensors; null where it has none.</param>
    public static ResultSection Of(StoredRun a, StoredRun b, Func<string, int, EpochRecord?> epoch)
    {
        DiffSection epochs = Of(DiffPart.Results, Epochs(a), Epochs(b)), artifacts = Of(DiffPart.Results, Digests(a), Digests(b));
        MetricPair[] metrics = [.. MetricPair.Of(a.Detail.Metrics, b.Detail.Metrics)];
        return new(metrics.Length + artifacts.Compared, epochs.Discrepancies)
        {
            CommonEpochs = a.Detail.Epochs.Select(one => one.Epoch).Intersect(b.Detail.Epochs.Select(one => one.Epoch)).Count(),
            First = FirstDifference.Between(a, b, epoch),
            Metrics = [.. metrics.Where(metric => !metric.IsSame)],
            Artifacts = artifacts.Discrepancies,
        };
    }

    static IEnumerable<KeyValuePair<string, string>> Epochs(StoredRun run) => [new("epochs", run.Detail.Run.EpochsDone.ToString(CultureInfo.InvariantCulture))];

    // Where the final weights lie depends on the run's id; what they are is compared epoch by epoch.
    static IEnumerable<KeyValuePair<string, string>> Digests(StoredRun run) =>
        run.Detail.Artifacts.Where(artifact => artifact.Name != ArtifactNames.FinalWeights).Select(artifact => KeyValuePair.Create(artifact.Name, artifact.Sha256));
}
