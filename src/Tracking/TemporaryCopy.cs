using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>A copy of a results file among the system's temporary files, up to date and writable; removed with this.</summary>
public sealed class TemporaryCopy : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aevae-");

    TemporaryCopy()
    {
    }

    /// <summary>The copy.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "results.db");

    /// <summary>Copies a file as it stands now, though others write to it; it may be read-only and of an older version.</summary>
    /// <exception cref="StorageException">It cannot be read, or there is no room for the copy.</exception>
    public static TemporaryCopy Of(string path)
    {
        TemporaryCopy? copy = null;
        try
        {
            copy = new TemporaryCopy();
            ResultsFile.CopyTo(path, copy.Path);
            ResultsFile.CloseWriter(ResultsFile.OpenForWriting(copy.Path));   // brings it up to date
            return copy;
        }
        catch (Exception e) when (e is StorageException or SqliteException or IOException or UnauthorizedAccessException)
        {
            string why = e.Message.Replace(copy?.Path ?? path, path, StringComparison.Ordinal);
            copy?.Dispose();
            throw new StorageException($"{path} is read from a temporary copy in {System.IO.Path.GetTempPath()}, and that failed: {why} Another folder for the copy: TMPDIR=FOLDER", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system clears its folder of temporary files.
        }
    }
}
