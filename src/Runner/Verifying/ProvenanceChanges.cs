using AeVae.Runner.Execution;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Verifying;

/// <summary>What differs between where a run was made and where it is executed again.</summary>
static class ProvenanceChanges
{
    /// <summary>What differs in the machine and around it; null when nothing does.</summary>
    public static string? Machine(Provenance? made, Provenance here)
    {
        string[] facts = made is null ? [] : [.. Facts(made, here)];
        return facts.Length == 0 ? null : $"The machine differs: {string.Join("; ", facts)}. By the numeric contract none of this decides a bit: if it does, it is a bug of AeVae.";
    }

    /// <summary>How the code differs; null when it does not.</summary>
    public static string? Code(Provenance? made, Provenance here) => made is null ? "Where and from what the run was made is not stored." : CodeBetween(made, here);

    static string? CodeBetween(Provenance made, Provenance here)
    {
        bool programsAreKnown = made.ProgramSha256 is not null && here.ProgramSha256 is not null;
        if (programsAreKnown && made.ProgramSha256 == here.ProgramSha256)
            return null;   // the same program, whatever is checked out beside it
        if (made.GitCommit is { } before && here.GitCommit is { } now && before != now)
            return $"The code differs: the run was made at commit {ShortHash.Of(before)}{made.CodeState.Addition()}, this is {ShortHash.Of(now)}{here.CodeState.Addition()}. `git diff {ShortHash.Of(before)} {ShortHash.Of(now)} -- src` shows how.";
        if (made.GitCommit != here.GitCommit)
            return $"The code may differ: the run was made {Place(made)}, this is {Place(here)}.";
        if (made.GitDiffSha256 != here.GitDiffSha256)
            return $"The code differs: the run was made {(made.GitDiffSha256 is null ? "without" : "with")} changes to commit {ShortHash.Of(made.GitCommit ?? "")}, this is {(here.GitDiffSha256 is null ? "without any" : made.GitDiffSha256 is null ? "with some" : "with others")}.";
        return programsAreKnown ? "The code may differ: the program was built from other code, or in another way." : null;
    }

    static IEnumerable<string> Facts(Provenance made, Provenance here)
    {
        Dictionary<string, string> before = Surroundings.Of(made).ToDictionary(), now = Surroundings.Of(here).ToDictionary();
        return from name in before.Keys.Union(now.Keys)
               let was = before.GetValueOrDefault(name, "not there")
               let changed = now.GetValueOrDefault(name, "not there")
               where name != "host" && was != changed
               select $"{name} was {was}, is {changed}";
    }

    static string Place(Provenance code) => code.GitCommit is { } commit ? $"at commit {ShortHash.Of(commit)}{code.CodeState.Addition()}" : "outside of git";
}
