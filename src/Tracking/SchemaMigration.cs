using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Brings an older file to the present schema, all of it or nothing, and leaves a copy of what it was beside it.</summary>
static class SchemaMigration
{
    /// <summary>Does nothing to a file of the present version.</summary>
    public static void BringUpToDate(SqliteConnection connection, string path)
    {
        int version = ResultsFile.Version(connection);
        if (version == ResultsFile.SchemaVersion)
            return;

        string copy = $"{path}.{Path.GetRandomFileName()}.copying";   // others may do the same at the same time
        string? backup = null;
        try
        {
            // SQLite copies outside of transactions only, so the version is asked again inside of one.
            connection.Execute(Sql.CopyInto, ("$path", copy));
            FlushToDisk(copy);
            connection.InTransaction(() =>
            {
                if (ResultsFile.Version(connection) != version)
                    return;   // another process was faster
                for (int from = version; from < ResultsFile.SchemaVersion; from++)
                    connection.ExecuteScript(Sql.Migration(from));
                RunSeal.SealCompleted(connection);   // of older versions: as they are now
                backup = Keep(copy, path, version);
            });
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (backup is not null)
                File.Delete(backup);
            throw new StorageException($"{path} has schema version {version} and could not be brought to {ResultsFile.SchemaVersion}, which this runner needs: {exception.Message} "
                + "Nothing was changed. Make the file and its folder writable and see that the disk has room for a copy, or name another file with --db.", exception);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    // Never over an older backup: the second one is results.db.v1.2.bak.
    static string Keep(string copy, string path, int version)
    {
        for (int number = 1; ; number++)
        {
            string backup = string.Create(CultureInfo.InvariantCulture, $"{path}.v{version}{(number == 1 ? "" : $".{number}")}.bak");
            if (Path.Exists(backup))
                continue;
            File.Move(copy, backup, overwrite: false);
            return backup;
        }
    }

    static void FlushToDisk(string path)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
