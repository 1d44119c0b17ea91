using AeVae.Tracking.Code;

namespace AeVae.Tracking;

/// <summary>Where a run was made and from what; taken before the first step and compared at the end.</summary>
public sealed record Provenance
{
    /// <summary>The command and its arguments.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>Full hash of the commit that is checked out; null outside of git.</summary>
    public string? GitCommit { get; init; }

    /// <summary>The branch; null outside of git or when no branch is checked out.</summary>
    public string? GitBranch { get; init; }

    /// <summary>Whether files differ from the commit, new files included; stored results, reports and data do not count.</summary>
    public bool? GitDirty { get; init; }

    /// <summary>SHA-256 of the differences from the commit, with the same exceptions: tracked files, and new files that the program is built from; null when there are none.</summary>
    public string? GitDiffSha256 { get; init; }

    /// <summary>The differences themselves, fit for <c>git apply</c>; null when there are none or they are larger than a mebibyte.</summary>
    public string? GitDiff { get; init; }

    /// <summary>What <see cref="GitDirty"/> and <see cref="GitDiffSha256"/> say together.</summary>
    public CodeState CodeState => this switch
    {
        { GitDiffSha256: not null } => CodeState.Changed,
        { GitDirty: true } => CodeState.NewFilesBeside,
        { GitDirty: false } => CodeState.AsCommitted,
        _ => CodeState.Unknown,
    };

    /// <summary>Digest of the program's own assemblies: tells code apart where git is absent.</summary>
    public string? ProgramSha256 { get; init; }

    /// <summary>The machine's name.</summary>
    public required string Host { get; init; }

    /// <summary>Operating system and its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor's name as it gives it.</summary>
    public required string CpuModel { get; init; }

    /// <summary>Logical processors that the process may use.</summary>
    public required int LogicalProcessors { get; init; }

    /// <summary>The vector instructions that the kernels used, such as <c>vector512</c>.</summary>
    public required string SimdPath { get; init; }

    /// <summary>Threads that the kernels used.</summary>
    public required int Threads { get; init; }

    /// <summary>Version of the .NET runtime.</summary>
    public required string DotnetVersion { get; init; }

    /// <summary>Locale of the user's environment, such as <c>de_DE.UTF-8</c>.</summary>
    public required string Locale { get; init; }

    /// <summary>The local time zone's id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Environment variables that can change how a run behaves.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Packages of the program and their versions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Packages { get; init; } = [];

    /// <summary>The data files that the run reads.</summary>
    public IReadOnlyList<DataFileRecord> DataFiles { get; init; } = [];

    /// <summary>The experiment file and those that it extends; empty when the configuration came from a stored run.</summary>
    public IReadOnlyList<ExperimentFileRecord> ExperimentFiles { get; init; } = [];
}

/// <summary>A data file and what it held.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hex.</param>
public sealed record DataFileRecord(string Path, long Bytes, string Sha256);

/// <summary>A file that an experiment was read from.</summary>
/// <param name="Path">Relative to the project root where it lies below it, with forward slashes.</param>
/// <param name="Sha256">SHA-256 of its text in UTF-8, lower-case hex.</param>
public sealed record ExperimentFileRecord(string Path, string Sha256);
