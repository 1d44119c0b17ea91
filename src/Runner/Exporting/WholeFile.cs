namespace AeVae.Runner.Exporting;

/// <summary>Files that are there whole or not at all: another program may be reading what was there before.</summary>
static class WholeFile
{
    /// <summary>Writes a file under a temporary name beside it, and renames it; its folder is made if need be.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path, Action<Stream> write)
    {
        string folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        string temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");     // TensorBoard reads whatever has the name of an event file in its own
        try
        {
            using (FileStream file = File.Create(temporary))
                write(file);
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
