using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AeVae.Tracking.Code;

/// <summary>The code that a program was built from.</summary>
/// <param name="Commit">Full hash of the commit; where git refuses to answer, that of the build; null where neither knows one.</param>
/// <param name="Branch">The branch; null when none is checked out.</param>
/// <param name="Dirty">Whether files differed from the commit; null where git does not say.</param>
/// <param name="DiffSha256">Digest of the differences; null when there are none.</param>
/// <param name="Diff">The differences; null when there are none, or they are too long.</param>
/// <param name="ProgramSha256">Digest of the program's own assemblies (<see cref="ProgramDigest"/>); null when it is in one file.</param>
public sealed record ProgramCode(string? Commit, string? Branch, bool? Dirty, string? DiffSha256, string? Diff, string? ProgramSha256)
{
    const string CopiedFile = "code.json";

    /// <summary>Why git refused to answer for a checkout; null where it answered, and where there is no checkout.</summary>
    public string? Refusal { get; init; }

    /// <summary>What a run lacks therefore, and why; null when it lacks nothing.</summary>
    [JsonIgnore]
    public string? Warning => Refusal is null ? null
        : $"{(Commit is null ? "the commit of the code is not known, nor whether its files are as committed" : $"the commit of the code, {ShortHash.Of(Commit)}, is that of the build; whether its files are as committed is not known")}: {Refusal}";

    /// <summary>The code of this program: as it is now, or as it was when the program was copied.</summary>
    /// <param name="sourceFolder">The folder that it was built from; asked of git.</param>
    /// <param name="databasePath">The results file, which does not make that folder look edited.</param>
    public static ProgramCode Read(string sourceFolder, string databasePath) => ReadCopied(AppContext.BaseDirectory) ?? Now(sourceFolder, databasePath);

    /// <summary>Writes it into the folder of a copied program, whose sources may change before it is executed.</summary>
    public void WriteInto(string folder) => File.WriteAllText(Path.Combine(folder, CopiedFile), JsonSerializer.Serialize(this));

    /// <summary>What <see cref="WriteInto"/> wrote; null where it wrote nothing.</summary>
    /// <exception cref="JsonException">The file is damaged.</exception>
    public static ProgramCode? ReadCopied(string folder) => Path.Combine(folder, CopiedFile) is var file && File.Exists(file) ? JsonSerializer.Deserialize<ProgramCode>(File.ReadAllText(file)) : null;

    static ProgramCode Now(string sourceFolder, string databasePath)
    {
        GitState git = GitState.Read(sourceFolder, databasePath);
        string? refusal = git.Absence is null or GitState.NoCheckout || !IsCheckout(sourceFolder) ? null : git.Absence;
        return new(refusal is null ? git.Commit : CommitOfBuild(), git.Branch, git.Absence is not null || IsUnread(git) ? null : git.Changes.Count > 0, git.Patch?.Sha256, git.Patch?.Text, ProgramDigest.Compute()) { Refusal = refusal };
    }

    // Without git, nobody else could say.
    static bool IsCheckout(string folder)
    {
        for (string? parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (Path.Exists(Path.Combine(parent, ".git")))
                return true;
        }

        return false;
    }

    // The build reads it from the checkout by itself, and writes it behind the version.
    static string? CommitOfBuild() => typeof(ProgramCode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit : null;

    // Git was too slow with the differences, or could not say them.
    static bool IsUnread(GitState git) => git is { Commit: not null, Patch: null } && git.Changes.Any(change => change.Kind != "new");
}
