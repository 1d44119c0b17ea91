using AeVae.Runner.Execution;
using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>Compares where two runs were made and from which data.</summary>
static class ProvenanceSections
{
    /// <summary>The data files by name.</summary>
    public static DiffSection Data(Provenance? a, Provenance? b) =>
        DiffSection.Of(DiffPart.Data, Files(a), Files(b));

    /// <summary>Machine, system, threads, packages and variables.</summary>
    public static DiffSection Environment(Provenance? a, Provenance? b) =>
        DiffSection.Of(DiffPart.Environment, Surroundings.Of(a), Surroundings.Of(b));

    static IEnumerable<KeyValuePair<string, string>> Files(Provenance? provenance) =>
        provenance?.DataFiles.Select(file => KeyValuePair.Create(file.Path, file.Sha256)) ?? [];
}
