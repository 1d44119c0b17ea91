using AeVae.Runner.Invocation;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Commands;

/// <summary><c>--require-clean</c>: whoever checks out the commit has exactly the code of the run.</summary>
static class CleanCheckout
{
    const int NamedAtMost = 10;

    /// <summary>Does nothing when all files are as committed.</summary>
    /// <exception cref="CommandException">They are not, or nobody can tell.</exception>
    public static void Require(Globals globals)
    {
        string root = SourceFolder.Of(globals.ProjectRoot);
        GitState git = GitState.Read(root, globals.DatabasePath);
        if (Problem(git, root) is { } problem)
            throw new CommandException(ExitCodes.UserError, $"--require-clean: {problem}\nNothing was run. Without --require-clean the run is made, and its provenance says what the code was.");
    }

    static string? Problem(GitState git, string root) => git switch
    {
        { Absence: GitState.NoCheckout } => $"{root} is no git checkout. Make it one: git init && git add . && git commit",
        { Absence: { } absence } => $"whether {root} is clean cannot be told: {absence}.",
        { Commit: null } => $"{root} has no commit yet. Make one: git add . && git commit",
        { Changes: { Count: > 0 } changes } => $"{(changes.Count == 1 ? "1 file differs" : $"{changes.Count} files differ")} from the commit {ShortHash.Of(git.Commit)} in {root}:\n{List(changes)}\nCommit them (git add -A && git commit) or put them away (git stash --include-untracked).",
        _ => null,
    };

    static string List(IReadOnlyList<GitChange> changes)
    {
        IEnumerable<string> lines = changes.Take(NamedAtMost).Select(change => $"  {change.Kind,-11} {change.Path}");
        return string.Join('\n', changes.Count > NamedAtMost ? lines.Append($"  and {changes.Count - NamedAtMost} more") : lines);
    }
}
