using System.Globalization;
using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>Compares where two runs were made and from which data.</summary>
static class ProvenanceSections
{
    // The launcher's, so that the program can suggest commands as they were typed.
    const string HowItWasTyped = "RUNNER_COMMAND";

    /// <summary>The data files by name.</summary>
    public static DiffSection Data(Provenance? a, Provenance? b) =>
        DiffSection.Of(DiffPart.Data, Files(a), Files(b));

    /// <summary>Machine, system, threads, packages and variables.</summary>
    public static DiffSection Environment(Provenance? a, Provenance? b) =>
        DiffSection.Of(DiffPart.Environment, Surroundings(a), Surroundings(b));

    static IEnumerable<KeyValuePair<string, string>> Files(Provenance? provenance) =>
        provenance?.DataFiles.Select(file => KeyValuePair.Create(file.Path, file.Sha256)) ?? [];

    static IEnumerable<KeyValuePair<string, string>> Surroundings(Provenance? provenance) => provenance is null ? [] :
    [
        new("host", provenance.Host),
        new("system", provenance.OperatingSystem),
        new("processor", provenance.CpuModel),
        new("processors", provenance.LogicalProcessors.ToString(CultureInfo.InvariantCulture)),
        new("arithmetic", provenance.SimdPath),
        new("threads", provenance.Threads.ToString(CultureInfo.InvariantCulture)),
        new(".NET", provenance.DotnetVersion),
        new("locale", provenance.Locale),
        new("time zone", provenance.TimeZone),
        .. provenance.Environment.Where(variable => variable.Key != HowItWasTyped).Select(variable => KeyValuePair.Create($"${variable.Key}", variable.Value)),
        .. provenance.Packages.Select(package => KeyValuePair.Create($"package {package.Key}", package.Value)),
    ];
}
