using System.Text;

namespace AeVae.Tracking;

/// <summary>Files that are there whole or not at all: another program may be reading what was there before, and a full disk leaves that.</summary>
public static class WholeFile
{
    /// <summary>Writes a file under a temporary name beside it, and renames it; its folder is made if need be, and a link stays one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="temporaryFolder">Where it lies until it is whole, on the same disk; null: beside the file.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static string Write(string path, Action<Stream> write, string? temporaryFolder = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (new FileInfo(path).LinkTarget is not null)
        {
            Write(File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName, write, temporaryFolder);
            return path;
        }

        string folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!).FullName;
        string temporary = Path.Combine(temporaryFolder ?? folder, $".{Path.GetRandomFileName()}.tmp");     // TensorBoard reads whatever has the name of an event file in its own
        try
        {
            using (FileStream file = File.Create(temporary))
                write(file);
            if (!OperatingSystem.IsWindows() && File.Exists(path))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes text in UTF-8.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream}, string?)"/>
    public static string Write(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));
}
