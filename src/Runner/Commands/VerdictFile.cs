using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Where verifications store their runs and verdicts: the database, or for one that cannot be written a copy that ends with this.</summary>
sealed class VerdictFile : IDisposable
{
    readonly DirectoryInfo? copyFolder;

    VerdictFile(RunStore store, DirectoryInfo? copyFolder = null) => (Store, this.copyFolder) = (store, copyFolder);

    /// <summary>Open for writing.</summary>
    public RunStore Store { get; }

    /// <summary>Why verdicts are not kept; null where they are.</summary>
    public string? NotKept => copyFolder is null ? null : "The database cannot be written.";

    /// <summary>Opens the database, or a copy.</summary>
    /// <exception cref="StorageException">It can be neither written nor copied.</exception>
    public static VerdictFile Open(Globals globals)
    {
        try
        {
            return new VerdictFile(DatabaseFile.OpenForWriting(globals));
        }
        catch (StorageException e) when (e.CannotBeWritten)
        {
            VerdictFile copy = Copy(globals.DatabasePath, e);
            globals.Error.WriteLine($"note: {globals.DatabasePath} cannot be written: verdicts are shown, and stored nowhere");
            return copy;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        Remove(copyFolder);
    }

    static VerdictFile Copy(string database, StorageException refused)
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("aevae-verify-");
            return new VerdictFile(RunStore.OpenCopy(database, Path.Combine(folder.FullName, Path.GetFileName(database))), folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            Remove(folder);
            string why = e.Message.Replace(folder?.FullName ?? "\0", Path.GetDirectoryName(database), StringComparison.Ordinal);
            throw new StorageException($"{refused.Message} A temporary copy in {Path.GetTempPath()} (another folder: TMPDIR=FOLDER) failed, too: {why}", e);
        }
    }

    static void Remove(DirectoryInfo? folder)
    {
        try
        {
            folder?.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system clears its folder of temporary files; the verdict matters more.
        }
    }
}
