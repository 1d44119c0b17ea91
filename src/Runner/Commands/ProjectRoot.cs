namespace AeVae.Runner.Commands;

/// <summary>The folder that results, data and reports belong to.</summary>
static class ProjectRoot
{
    /// <summary>The nearest ancestor of <paramref name="workingFolder"/> that holds <c>AeVae.sln</c>, <c>experiments/</c> or <c>results.db</c>; else that folder itself.</summary>
    public static string Find(string workingFolder)
    {
        for (DirectoryInfo? folder = new(workingFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AeVae.sln"))
                || File.Exists(Path.Combine(folder.FullName, "results.db"))
                || Directory.Exists(Path.Combine(folder.FullName, "experiments")))
                return folder.FullName;
        }

        return Path.GetFullPath(workingFolder);
    }
}
