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
        return new FileInfo(real).LinkTarget is null ? real : Of(File.ResolveLinkTarget(real, returnFinalTarget: true)!.FullName);
    }
}
