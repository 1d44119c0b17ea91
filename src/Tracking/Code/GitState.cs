using System.Text;

namespace AeVae.Tracking.Code;

/// <summary>What git says of a project.</summary>
public sealed record GitState
{
    /// <summary>What <see cref="Absence"/> says of a folder outside of git.</summary>
    public const string NoCheckout = "it is no git checkout";

    // What a run itself writes must not make the next one look edited.
    static readonly string[] Project =
    [
        "--", ".", ":(exclude)results.db*", ":(exclude)reports", ":(exclude)exports", ":(exclude)experiments/reports", ":(exclude)runs", ":(exclude)data",
    ];

    /// <summary>Why git says nothing, such as that the folder is no checkout; null when it does.</summary>
    public string? Absence { get; init; }

    /// <summary>Full hash of the commit that is checked out; null before the first.</summary>
    public string? Commit { get; init; }

    /// <summary>The branch; null when none is checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>What differs from the commit, new files included; stored results, reports and data do not count.</summary>
    public IReadOnlyList<GitChange> Changes { get; init; } = [];

    /// <summary>The differences themselves; null without a commit, and when neither a tracked file nor a source file differs.</summary>
    public GitPatch? Patch { get; init; }

    /// <summary>Asks git.</summary>
    /// <param name="projectRoot">Folder of the project.</param>
    /// <param name="databasePath">The results file: it and what lies beside it with its runs do not count either.</param>
    public static GitState Read(string projectRoot, string? databasePath = null)
    {
        var git = new GitProgram(projectRoot);
        string[] where = [.. Project, .. databasePath is null ? [] : WrittenBeside(databasePath, projectRoot)];
        using var output = new MemoryStream();
        if (git.Ask(["-c", "core.quotePath=false", "status", "--porcelain=v2", "--branch", "--untracked-files=normal", "--no-renames", .. where], output.Write) is { } failure)
            return new GitState { Absence = Reworded(failure) };

        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? commit = Header(lines, "# branch.oid ", absent: "(initial)");
        List<GitChange> changes = [.. lines.Where(line => line[0] != '#').Select(GitChange.Parse)];
        return new GitState
        {
            Commit = commit,
            Branch = Header(lines, "# branch.head ", absent: "(detached)"),
            Changes = changes,
            Patch = commit is null || changes.Count == 0 ? null : GitPatch.Read(git, projectRoot, where),
        };
    }

    static string Reworded(string failure) =>
        failure.Contains("not a git repository", StringComparison.Ordinal) ? NoCheckout
        : failure.StartsWith("git ", StringComparison.Ordinal) ? failure
        : $"git says: {string.Join(' ', failure.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}";

    static string? Header(string[] lines, string key, string absent) =>
        lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) is { } line && line[key.Length..] != absent ? line[key.Length..] : null;

    // Of another results file than the usual one; git refuses names outside of the project.
    static IEnumerable<string> WrittenBeside(string databasePath, string projectRoot)
    {
        string file = Path.GetRelativePath(projectRoot, databasePath).Replace('\\', '/');
        if (file.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(file))
            return [];
        string folder = file[..(file.LastIndexOf('/') + 1)];
        return [$":(exclude,glob){Literal(file)}*", $":(exclude,literal){folder}runs", $":(exclude,literal){folder}reports", $":(exclude,literal){folder}exports"];
    }

    static string Literal(string path) => string.Concat(path.Select(letter => "*?[]\\".Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : $"{letter}"));
}
