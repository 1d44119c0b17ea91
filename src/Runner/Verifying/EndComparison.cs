using System.Text.Json;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Compares what a run left behind at its end: test metrics and artifacts.</summary>
static class EndComparison
{
    /// <summary>Test metrics that differ.</summary>
    /// <param name="series">The stored histories; a test metric has one point.</param>
    /// <param name="epoch">The epoch whose parameters were measured.</param>
    /// <param name="computed">What was measured now.</param>
    /// <param name="isCompleted">The run reached its end: it must have test metrics, and each that its validation images have.</param>
    /// <param name="hadAll">If it reached its end, it had all that is computed now.</param>
    public static IEnumerable<Difference> Metrics(
        IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series, int epoch, IReadOnlyList<MetricRecord> computed, bool isCompleted, bool hadAll)
    {
        List<MetricRecord> stored = [.. from pair in series
                                        where pair.Key.Split == "test"
                                        from point in pair.Value
                                        where point.Epoch == epoch
                                        select new MetricRecord(pair.Key.Split, pair.Key.Name, point.Value)];
        HashSet<MetricKey> measured = [.. series.Keys];
        if (isCompleted)
            measured.UnionWith(computed.Where(metric => hadAll || stored.Count == 0 || series.ContainsKey(new("validation", metric.Name))).Select(metric => metric.Key));
        return EpochComparison.Metrics(stored, computed, measured);
    }

    /// <summary>Artifacts whose bytes differ or that are missing; not those whose bytes contradict their own digest, which is known before.</summary>
    /// <param name="stored">The run's artifacts.</param>
    /// <param name="content">Their bytes, by name.</param>
    /// <param name="computed">Those of now.</param>
    /// <param name="parametersSha256">Digest of the parameters that were measured now: the final weights name it, and a file that verifying does not write.</param>
    /// <param name="isCompleted">The run reached its end: it must name its final weights.</param>
    /// <param name="hadAll">If it reached its end, it had all that is made now.</param>
    public static IEnumerable<Difference> Artifacts(IReadOnlyList<ArtifactInfo> stored, Func<string, byte[]?> content, IReadOnlyList<Artifact> computed, string parametersSha256, bool isCompleted, bool hadAll)
    {
        Dictionary<string, string> now = computed.ToDictionary(artifact => artifact.Name, artifact => SealCheck.Digest(artifact.Content));
        foreach (ArtifactInfo artifact in stored)
        {
            byte[] bytes = content(artifact.Name) ?? [];
            string actual = SealCheck.Digest(bytes);
            if (artifact.Sha256 != actual)
                continue;
            if (artifact.Name == ArtifactNames.FinalWeights)
            {
                if (WeightsOf(bytes) is var digest && digest != parametersSha256)
                    yield return new(DifferenceKind.Artifact, artifact.Name, digest, parametersSha256);
            }
            else if (now.GetValueOrDefault(artifact.Name) != actual)
                yield return new(DifferenceKind.Artifact, artifact.Name, actual, now.GetValueOrDefault(artifact.Name));
        }

        if (!isCompleted)
            yield break;
        now[ArtifactNames.FinalWeights] = parametersSha256;
        IEnumerable<string> expected = hadAll ? now.Keys : [ArtifactNames.FinalWeights];
        foreach (string missing in expected.Except(stored.Select(artifact => artifact.Name)))
            yield return new(DifferenceKind.Artifact, missing, null, now[missing]);
    }

    static string? WeightsOf(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty("parameters_sha256").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
