namespace AeVae.Tracking;

/// <summary>A run that had stopped went on.</summary>
/// <param name="Epoch">The epoch whose state it went on from; 0 when it began anew.</param>
/// <param name="EpochsCut">Stored epochs after that, which were removed to be trained again.</param>
/// <param name="ResumedAt">When, UTC.</param>
/// <param name="PreviousStatus">Status of the run before.</param>
/// <param name="CommandLine">The command and its arguments.</param>
/// <param name="GitCommit">Full hash of the commit that was checked out; null outside of git.</param>
/// <param name="GitDiffSha256">Digest of the differences from it; null when tracked files were as committed.</param>
/// <param name="GitDiff">The differences themselves, as in <see cref="Provenance.GitDiff"/>.</param>
/// <param name="ProgramSha256">Digest of the program's own assemblies.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="CpuModel">The processor's name as it gives it.</param>
/// <param name="SimdPath">The vector instructions that the kernels used.</param>
/// <param name="Threads">Threads that the kernels used.</param>
/// <param name="DotnetVersion">Version of the .NET runtime.</param>
public sealed record Resumption(
    int Epoch,
    int EpochsCut,
    DateTimeOffset ResumedAt,
    RunStatus PreviousStatus,
    IReadOnlyList<string> CommandLine,
    string? GitCommit,
    string? GitDiffSha256,
    string? GitDiff,
    string? ProgramSha256,
    string Host,
    string CpuModel,
    string SimdPath,
    int Threads,
    string DotnetVersion);

/// <summary>What it took to go on with a run.</summary>
/// <param name="EpochsCut">Stored epochs that were removed, to be trained again.</param>
/// <param name="Changes">What differs from the code that the run was begun with, and taints it; null when nothing does.</param>
public readonly record struct ResumedRun(int EpochsCut, string? Changes);
