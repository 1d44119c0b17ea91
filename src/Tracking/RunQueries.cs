namespace AeVae.Tracking;

/// <summary>The only reader of a results file.</summary>
public sealed class RunQueries : IDisposable
{
    RunQueries() { }

    /// <summary>What each metric means, by name.</summary>
    public IReadOnlyDictionary<string, MetricDefinitionRecord> Definitions => throw new NotImplementedException();

    /// <summary>Opens the file for reading.</summary>
    public static RunQueries Open(string path) => throw new NotImplementedException();

    /// <summary>Lists runs.</summary>
    public IReadOnlyList<RunSummary> List(RunFilter filter) => throw new NotImplementedException();

    /// <summary>Everything of one run.</summary>
    public RunDetail Get(string runId) => throw new NotImplementedException();

    /// <summary>Histories of all metrics.</summary>
    public IReadOnlyDictionary<(string Split, string Name), IReadOnlyList<SeriesPoint>> GetSeries(string runId) => throw new NotImplementedException();

    /// <summary>The bytes of an artifact.</summary>
    public byte[]? GetArtifact(string runId, string name) => throw new NotImplementedException();

    /// <summary>The ids that a selector means.</summary>
    public IReadOnlyList<string> Resolve(string selector) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
