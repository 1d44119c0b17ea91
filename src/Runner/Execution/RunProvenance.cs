using AeVae.Compute;
using AeVae.Data;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Execution;

/// <summary>Where and from what this process computes a run.</summary>
sealed class RunProvenance(RunRequest request, Splits splits, string projectRoot, string databasePath)
{
    readonly string sourceFolder = SourceFolder.Of(projectRoot);     // a commit is of files below it

    /// <summary>What <see cref="AtBegin"/> could not take down of the code, and why; null when it could all.</summary>
    public string? Warning { get; private set; }

    /// <summary>Takes it down before the first step; the digests of files are those of the bytes that were read.</summary>
    public Provenance AtBegin()
    {
        ProgramCode code = Code();
        Warning = code.Warning;
        return Capture(splits.Files, code, request.Files);
    }

    /// <summary>Takes it down after the last step; a file that is gone is left out.</summary>
    /// <remarks>Of a trial, data files alone can have changed: its configuration is frozen, and its program was started before it.</remarks>
    public Provenance AtEnd() => Capture(
        splits.Files.Select(file => file.Again()).OfType<DataFile>(),
        Code(),
        request.Trial is null ? request.Files.Select(Again).OfType<SpecText>() : request.Files);

    ProgramCode Code() => request.Trial?.Code ?? ProgramCode.Read(sourceFolder, databasePath);

    static SpecText? Again(SpecText file) =>
        file.IsPipe ? file
        : SpecFile.ReadText(file.Path).Text is { } text ? file with { Text = text }
        : null;

    Provenance Capture(IEnumerable<DataFile> dataFiles, ProgramCode code, IEnumerable<SpecText> experimentFiles) =>
        ProvenanceReader.Capture(
            request.CommandLine,
            code,
            Simd.Path.ToString().ToLowerInvariant(),
            request.Threads,
            [.. dataFiles.Select(file => new DataFileRecord(file.Name, file.Bytes, file.Sha256))]) with
        {
            ExperimentFiles = [.. experimentFiles.Select(file => new ExperimentFileRecord(ProjectPath.Of(file.Path, sourceFolder), TextSha256.Of(file.Text)))],
        };

    /// <summary>Digests of the files that an experiment is read from, as they are stored with a run.</summary>
    public static IEnumerable<string> Digests(IEnumerable<SpecText> files) => files.Select(file => TextSha256.Of(file.Text));
}
