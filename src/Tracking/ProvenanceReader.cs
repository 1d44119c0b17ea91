using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using AeVae.Tracking.Code;

namespace AeVae.Tracking;

/// <summary>Takes down where a run is made and from what.</summary>
public static class ProvenanceReader
{
    // What can change numbers, speed or output. The .NET SDK's own settings (DOTNET_CLI_…, DOTNET_NOLOGO) cannot.
    static readonly string[] Prefixes =
    [
        "DOTNET_Enable", "DOTNET_Preferred", "DOTNET_MaxVector", "DOTNET_Tiered", "DOTNET_TC_", "DOTNET_OSR", "DOTNET_JIT", "DOTNET_ReadyToRun", "DOTNET_GC", "DOTNET_PROCESSOR_COUNT",
        "DOTNET_SYSTEM_GLOBALIZATION_", "COMPlus_", "RUNNER_", "LC_",
    ];

    static readonly string[] Names = ["GLIBC_TUNABLES", "LANG", "LANGUAGE", "NO_COLOR", "TZ"];
    static readonly string[] LocaleNames = ["LC_ALL", "LANG"];
    static readonly string[] Secrets = ["TOKEN", "KEY", "SECRET", "PASSWORD", "CREDENTIAL"];

    static readonly PackageList Packages = new((AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';').FirstOrDefault());

    /// <summary>The file that names the program's packages and could not be read, so that what was taken down has none; null when nothing is missing.</summary>
    public static string? UnreadPackageList => Packages.Unread;

    /// <summary>Takes it down now.</summary>
    /// <param name="commandLine">The command and its arguments.</param>
    /// <param name="code">The code that is executed.</param>
    /// <param name="simdPath">The vector instructions that the kernels use.</param>
    /// <param name="threads">Threads that the kernels use.</param>
    /// <param name="dataFiles">The data files that the run reads, with their digests of now.</param>
    public static Provenance Capture(string[] commandLine, ProgramCode code, string simdPath, int threads, IReadOnlyList<DataFileRecord> dataFiles) => new()
    {
        CommandLine = commandLine,
        GitCommit = code.Commit,
        GitBranch = code.Branch,
        GitDirty = code.Dirty,
        GitDiffSha256 = code.DiffSha256,
        GitDiff = code.Diff,
        ProgramSha256 = code.ProgramSha256,
        Host = Environment.MachineName,
        OperatingSystem = RuntimeInformation.OSDescription,
        CpuModel = CpuModel(),
        LogicalProcessors = Environment.ProcessorCount,
        SimdPath = simdPath,
        Threads = threads,
        DotnetVersion = Environment.Version.ToString(),
        Locale = Locale(),
        TimeZone = TimeZoneInfo.Local.Id,
        Environment = RelevantEnvironment(),
        Packages = Packages.Read(),
        DataFiles = dataFiles,
    };

    /// <summary>What the processor calls itself, or its architecture where nobody says.</summary>
    public static string CpuModel()
    {
        const string linux = "/proc/cpuinfo";
        string? line = File.Exists(linux) ? File.ReadLines(linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")   // Windows
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    // The program's own culture is invariant, so the user's stands in the environment only (POSIX: LC_ALL before LANG).
    static string Locale() =>
        LocaleNames.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value))
        ?? (CultureInfo.CurrentCulture.Name is { Length: > 0 } name ? name : "C");

    static List<KeyValuePair<string, string>> RelevantEnvironment() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))
            .Where(variable => IsRelevant(variable.Key))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)];

    static bool IsRelevant(string name) =>
        (Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        && name != SourceFolder.Variable    // of which the commit tells more
        && !Secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));
}
