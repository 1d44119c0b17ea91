using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Where verifications store their runs and verdicts: the database, or for one that cannot be written a copy that ends with this.</summary>
sealed class VerdictFile : IDisposable
{
    readonly TemporaryCopy? copy;

    VerdictFile(RunStore store, TemporaryCopy? copy = null) => (Store, this.copy) = (store, copy);

    /// <summary>Open for writing.</summary>
    public RunStore Store { get; }

    /// <summary>Why verdicts are not kept; null where they are.</summary>
    public string? NotKept => copy is null ? null : "The database cannot be written.";

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
            globals.Note($"{globals.DatabasePath} cannot be written: verdicts are shown, and stored nowhere");
            return copy;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        copy?.Dispose();
    }

    static VerdictFile Copy(string database, StorageException refused)
    {
        TemporaryCopy? copy = null;
        try
        {
            copy = TemporaryCopy.Of(database);
            return new VerdictFile(RunStore.Open(copy.Path), copy);
        }
        catch (StorageException e)
        {
            string why = e.Message.Replace(copy?.Path ?? database, database, StringComparison.Ordinal);
            copy?.Dispose();
            throw new StorageException($"{refused.Message} A temporary copy (its folder: TMPDIR) failed, too: {why}", e);
        }
        catch
        {
            copy?.Dispose();
            throw;
        }
    }
}
