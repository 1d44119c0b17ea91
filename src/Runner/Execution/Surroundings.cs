using System.Globalization;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>The machine that a run was made on, and what the program found around it.</summary>
static class Surroundings
{
    // The launcher's, so that the program can suggest commands as they were typed.
    const string HowItWasTyped = "RUNNER_COMMAND";

    /// <summary>Every fact with its name, in one order; none where they are not stored.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(Provenance? provenance) => provenance is null ? [] :
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
