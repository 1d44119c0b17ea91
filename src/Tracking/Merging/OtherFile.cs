using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AeVae.Tracking.Merging;

/// <summary>Another results file, which stays as it is: what cannot be read there without writing to it, or is of an older version, is read from a temporary copy.</summary>
sealed class OtherFile : IDisposable
{
    readonly string path;
    readonly TemporaryCopy? copy;

    OtherFile(string path, TemporaryCopy? copy = null) => (this.path, this.copy) = (path, copy);

    /// <summary>Opens the file and reads it once to see that it is whole.</summary>
    /// <exception cref="MergeRefusedException">It is missing, no results file, damaged, or written by a newer version.</exception>
    public static OtherFile Open(string path) => Guard(path, () =>
    {
        if (new FileInfo(path) is { Exists: false } && !Directory.Exists(path))
            throw new StorageException($"{path} does not exist.");
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            throw new StorageException($"{path} is empty: no run was ever stored in it.");
        try
        {
            using SqliteConnection connection = ResultsFile.OpenAsItIs(path);
            ResultsFile.RefuseDamaged(connection, path);
            if (ResultsFile.Version(connection) == ResultsFile.SchemaVersion)
                return new OtherFile(path);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN)
        {
            // Cannot be read where it lies.
        }

        return new OtherFile(path, TemporaryCopy.Of(path));
    });

    /// <summary>Makes it the database <c>other</c> of a connection.</summary>
    public void AttachTo(SqliteConnection connection) => Guard(path, () => connection.Execute(Sql.Attach, ("$path", $"{ResultsFile.UriOf(copy?.Path ?? path)}?mode=ro")));

    /// <summary>What no writer stores: rows that name others which are not there.</summary>
    public MergeRefusedException Contradiction(SqliteException found) =>
        new($"{path}: its rows contradict each other ({found.Message}); it was edited. Nothing was merged. What it should hold: sqlite3 FILE 'pragma foreign_key_check'", found);

    /// <inheritdoc/>
    public void Dispose() => copy?.Dispose();

    static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return ResultsFile.Guard(path, action);
        }
        catch (StorageException e)
        {
            throw new MergeRefusedException(e.Message.Replace(" with --db", "", StringComparison.Ordinal), e);   // --db is the file to merge into
        }
    }
}
