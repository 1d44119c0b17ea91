namespace AeVae.Runner.Execution;

/// <summary>Paths as they are stored: alike on every machine.</summary>
static class ProjectPath
{
    /// <summary>Relative to the project root where the file lies below it, else in full; with forward slashes.</summary>
    public static string Of(string path, string projectRoot)
    {
        string full = Path.GetFullPath(path);
        string relative = Path.GetRelativePath(projectRoot, full).Replace('\\', '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? full.Replace('\\', '/') : relative;
    }
}
