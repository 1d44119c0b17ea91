namespace AeVae.Tracking;

/// <summary>The only writer of a results file.</summary>
public sealed class RunStore : IDisposable
{
    RunStore() { }

    /// <summary>Opens the file, or creates it.</summary>
    public static RunStore Open(string path) => throw new NotImplementedException();

    /// <summary>Says what metrics mean.</summary>
    public void DefineMetrics(IEnumerable<MetricDefinitionRecord> definitions) => throw new NotImplementedException();

    /// <summary>Stores a run that starts now.</summary>
    public string BeginRun(NewRun run) => throw new NotImplementedException();

    /// <summary>Stores an epoch.</summary>
    public void AppendEpoch(string runId, EpochRecord epoch) => throw new NotImplementedException();

    /// <summary>Stores metrics taken after training.</summary>
    public void AppendFinalMetrics(string runId, int epoch, IReadOnlyList<MetricRecord> metrics) => throw new NotImplementedException();

    /// <summary>Stores an artifact.</summary>
    public void AddArtifact(string runId, Artifact artifact) => throw new NotImplementedException();

    /// <summary>Stores a warning.</summary>
    public void AddWarning(string runId, int epoch, string message) => throw new NotImplementedException();

    /// <summary>Ends a run.</summary>
    public void FinishRun(string runId, RunStatus status, string? reason = null, int? reasonEpoch = null, Provenance? atEnd = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() { }
}
