using System.Globalization;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Diffing;

/// <summary>The comparison of the code that two runs were made with.</summary>
sealed record CodeSection(int Compared, IReadOnlyList<Discrepancy> Discrepancies) : DiffSection(DiffPart.Code, Compared, Discrepancies)
{
    /// <summary>Name of the discrepancy between digests of changes that were not committed.</summary>
    public const string Changes = "changes";

    const string Program = "program";

    /// <summary>Files whose changes against the commit were not the same, by path; empty when the patches are equal or were not stored.</summary>
    public IReadOnlyList<(string Path, PatchFile? A, PatchFile? B)> Files { get; init; } = [];

    /// <summary>Whether the changes of a run are stored, or there were none.</summary>
    public static bool IsKnown(Provenance? provenance) => provenance is not null && (provenance.GitDiffSha256 is null || provenance.GitDiff is not null);

    /// <summary>Compares commits, changes, programs and contracts; the branch's name is no code.</summary>
    public static CodeSection Of(RunDetail a, RunDetail b)
    {
        DiffSection section = DiffSection.Of(DiffPart.Code, Code(a), Code(b));
        // Files of schema version 1 have no digest of the program: what is unknown is no difference.
        bool isUnknown = a.Provenance?.ProgramSha256 is null || b.Provenance?.ProgramSha256 is null;
        return new(section.Compared, [.. section.Discrepancies.Where(pair => !(isUnknown && pair.What == Program))]) { Files = ChangedFiles(a.Provenance, b.Provenance) };
    }

    static IEnumerable<KeyValuePair<string, string>> Code(RunDetail run)
    {
        yield return new("contract", string.Create(CultureInfo.InvariantCulture, $"NC-{run.NumericContract}"));
        if (run.Provenance is not { } provenance)
            yield break;
        yield return new("commit", provenance.GitCommit ?? "not in git");
        if (provenance.GitCommit is not null)
            yield return new(Changes, provenance.GitDiffSha256 ?? "none");
        if (provenance.ProgramSha256 is { } program)
            yield return new(Program, program);
    }

    static IReadOnlyList<(string Path, PatchFile? A, PatchFile? B)> ChangedFiles(Provenance? a, Provenance? b)
    {
        Dictionary<string, PatchFile> filesOfA = Files(a), filesOfB = Files(b);
        return [.. filesOfA.Keys.Union(filesOfB.Keys).Order(StringComparer.Ordinal)
            .Select(path => (path, filesOfA.GetValueOrDefault(path), filesOfB.GetValueOrDefault(path)))
            .Where(file => file.Item2 != file.Item3)];

        static Dictionary<string, PatchFile> Files(Provenance? provenance) => PatchFile.Split(provenance?.GitDiff ?? "").ToDictionary(file => file.Path);
    }
}
