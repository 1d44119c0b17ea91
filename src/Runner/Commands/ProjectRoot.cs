namespace AeVae.Runner.Commands;

/// <summary>The folder that results, data and reports belong to.</summary>
static class ProjectRoot
{
    /// <summary>The nearest ancestor of <paramref name="workingFolder"/> that holds <c>AeVae.sln</c>, <c>experiments/</c> or <c>results.db</c>; else that folder itself.</summary>
    public static string Find(string workingFolder) => Nearest(workingFolder) ?? Path.GetFullPath(workingFolder);

    /// <summary>The root that the stored path of an experiment file is relative to: that of the current folder, and where this lies in no project, that of the project which the file lies in.</summary>
    /// <remarks>Not the file's own in any case: two checkouts have files of the same names.</remarks>
    public static string OfFile(string path) => OfFile(path, Directory.GetCurrentDirectory());

    /// <summary>The same for another current folder.</summary>
    internal static string OfFile(string path, string workingFolder) =>
        Nearest(workingFolder) ?? Nearest(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path) ?? Path.GetFullPath(workingFolder);

    static string? Nearest(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AeVae.sln"))
                || File.Exists(Path.Combine(folder.FullName, "results.db"))
                || Directory.Exists(Path.Combine(folder.FullName, "experiments")))
                return folder.FullName;
        }

        return null;
    }
}
