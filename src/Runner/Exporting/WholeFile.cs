namespace AeVae.Runner.Exporting;

/// <summary>Files that are there whole or not at all: another program may be reading what was there before.</summary>
static class WholeFile
{
    /// <summary>Writes a file under a temporary name beside it, and renames it; its folder is made if need be.</summary>
    /// <returns>The path.</returns>
    public static string Write(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = path + ".tmp";
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
