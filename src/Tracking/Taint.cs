using AeVae.Tracking.Code;

namespace AeVae.Tracking;

/// <summary>What changed under a run while it ran.</summary>
static class Taint
{
    const int NamedAtMost = 5;

    /// <summary>The changes in words; null when there are none.</summary>
    public static string? Between(Provenance begin, Provenance end) => Changes(begin, end) is { Count: > 0 } changes ? "while it ran, " + string.Join("; ", changes) : null;

    /// <summary>What differs between the code and data of a run's begin and those that it goes on with; null when nothing does.</summary>
    public static string? OfResuming(Provenance begin, Provenance now, int epoch) =>
        Changes(begin with { ExperimentFiles = [] }, now) is { Count: > 0 } changes ? $"{(epoch == 0 ? "begun anew" : $"resumed after epoch {epoch}")} although {string.Join("; ", changes)}" : null;

    static List<string> Changes(Provenance begin, Provenance end) =>
    [
        .. Code(begin, end),
        .. Files("experiment file", begin.ExperimentFiles.Select(file => (file.Path, file.Sha256)), end.ExperimentFiles.ToDictionary(file => file.Path, file => file.Sha256)),
        .. Files("data file", begin.DataFiles.Select(file => (file.Path, file.Sha256)), end.DataFiles.ToDictionary(file => file.Path, file => file.Sha256)),
    ];

    static IEnumerable<string> Code(Provenance begin, Provenance end)
    {
        // Where git was too slow, or is not to be had by now, the program's own digest tells.
        bool isKnown = end.GitDirty is not null || begin.GitDirty is null;
        if (isKnown && begin.GitCommit != end.GitCommit)
            yield return $"commit was {Short(begin.GitCommit)}, is {Short(end.GitCommit)}";
        else if (isKnown && begin.GitDiffSha256 != end.GitDiffSha256)
            yield return $"files were edited{Named(EditedFiles(begin, end))}";
        // Files of schema version 1 have no digest of the program.
        if (begin.ProgramSha256 is { } program && program != end.ProgramSha256)
            yield return end.ProgramSha256 is null ? "the program went away" : "the program was built again from other code";
    }

    // Files whose own part of the patch is another one; unknown when a patch was too large to be kept.
    static string[] EditedFiles(Provenance begin, Provenance end)
    {
        if ((begin.GitDiffSha256 is not null && begin.GitDiff is null) || (end.GitDiffSha256 is not null && end.GitDiff is null))
            return [];
        IEnumerable<PatchFile> before = PatchFile.Split(begin.GitDiff ?? ""), after = PatchFile.Split(end.GitDiff ?? "");
        return [.. before.Except(after).Concat(after.Except(before)).Select(file => file.Path).Distinct().Order(StringComparer.Ordinal)];
    }

    static IEnumerable<string> Files(string what, IEnumerable<(string Path, string Sha256)> begin, Dictionary<string, string> end)
    {
        foreach ((string path, string sha256) in begin)
        {
            string? now = end.GetValueOrDefault(path);
            if (now != sha256)
                yield return $"{what} {path} {(now is null ? "went away" : "changed")}";
        }
    }

    static string Named(string[] paths) =>
        paths.Length == 0 ? "" : $": {string.Join(", ", paths.Take(NamedAtMost))}{(paths.Length > NamedAtMost ? $" and {paths.Length - NamedAtMost} more" : "")}";

    static string Short(string? commit) => commit is null ? "none" : ShortHash.Of(commit);
}
