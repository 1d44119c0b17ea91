namespace AeVae.Runner.Commands;

/// <summary>Where a file lies once all links are followed: two names of one file have the same.</summary>
static class RealPath
{
    /// <summary>Follows the links of the file and of the folders above it.</summary>
    /// <param name="path">A full path; the file may be missing.</param>
    public static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
            return path;
        string real = Path.Combine(Of(folder), Path.GetFileName(path));
        return OfFile(real) is var target && target != real ? Of(target) : real;
    }

    /// <summary>Follows the links of the file alone: the names of the folders above it may mean more than where they lead to, as on the nodes of a cluster.</summary>
    /// <param name="path">A full path; the file may be missing.</param>
    public static string OfFile(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
}
