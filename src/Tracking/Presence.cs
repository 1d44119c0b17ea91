namespace AeVae.Tracking;

/// <summary>What is there. <see cref="File.Exists"/> and <see cref="Directory.Exists"/> say no, too, where nobody may look.</summary>
public static class Presence
{
    /// <summary>Whether a file or folder is there.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder above it may not be entered.</exception>
    public static bool IsThere(string path) => Of(path) is not null;

    /// <summary>Whether a folder is there.</summary>
    /// <exception cref="UnauthorizedAccessException">A folder above it may not be entered.</exception>
    public static bool IsFolder(string path) => Of(path) is { } found && found.HasFlag(FileAttributes.Directory);

    static FileAttributes? Of(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
