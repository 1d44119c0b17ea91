namespace AeVae.Runner.Invocation;

/// <summary>Paths as people type them.</summary>
static class PathText
{
    /// <summary>Relative to the working folder when that is shorter, else in full.</summary>
    /// <param name="path">A full path.</param>
    public static string Of(string path)
    {
        string relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.Length < path.Length ? relative : path;
    }
}
