namespace AeVae.Tracking;

/// <summary>Takes down where a run is made and from what.</summary>
public static class ProvenanceReader
{
    /// <summary>Takes it down now.</summary>
    public static Provenance Capture(string[] commandLine, string projectRoot, string simdPath, int threads, IReadOnlyList<DataFileRecord> dataFiles) => throw new NotImplementedException();
}
