using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>What is stored of one of two runs.</summary>
/// <param name="Detail">All but the histories.</param>
/// <param name="Series">The history of every metric.</param>
/// <param name="Epoch">One epoch with the digests of its tensors; null where the run has none.</param>
sealed record DiffSide(
    RunDetail Detail,
    IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> Series,
    Func<int, EpochRecord?> Epoch)
{
    /// <summary>Reads it.</summary>
    public static DiffSide Read(RunQueries queries, string runId) =>
        new(queries.Get(runId), queries.GetSeries(runId), epoch => queries.GetEpoch(runId, epoch));
}
