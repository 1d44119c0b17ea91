using System.Globalization;
using System.Runtime.InteropServices;
using AeVae.Tracking.Merging;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AeVae.Tracking;

/// <summary>A results file that was removed, or replaced by another as `git checkout` does, while this process had it open: SQLite goes on writing where nobody will ever read.</summary>
static partial class ReplacedFile
{
    const int PrimaryCode = 0xff;
    const int HasMoved = 20;   // SQLITE_FCNTL_HAS_MOVED; systems that keep open files from being replaced do not know it

    /// <summary>Whether the path leads elsewhere by now.</summary>
    public static bool Is(SqliteConnection connection) =>
        FileControl(connection.Handle!.DangerousGetHandle(), 0, HasMoved, out int moved) == raw.SQLITE_OK && moved != 0;

    /// <summary>Copies what nobody can open any more to a file beside the path: <c>results.db.replaced</c>.</summary>
    public static string Rescue(SqliteConnection connection, string path)
    {
        string copy = $"{path}.replaced";
        for (int number = 2; Path.Exists(copy); number++)
            copy = string.Create(CultureInfo.InvariantCulture, $"{path}.{number}.replaced");
        connection.Execute(Sql.CopyInto, ("$path", copy));
        return copy;
    }

    /// <summary>Opens the file that is at the path now, or creates one, with this process's runs and their sweeps from the copy.</summary>
    /// <exception cref="StorageException">It cannot be used, or cannot take them; it is as it was.</exception>
    public static SqliteConnection Follow(SqliteConnection left, string path, string copy)
    {
        // The log beside the path is of the old file; another file opened with it would be destroyed.
        // SQLite writes it back and removes it, and only then refuses to write a file that has moved.
        if (left.State == System.Data.ConnectionState.Open)
        {
            if ((raw.sqlite3_exec(left.Handle, Sql.JournalDelete) & PrimaryCode) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
                throw new StorageException("the old one is still open elsewhere.");
            left.Dispose();
        }

        SqliteConnection now = ResultsFile.OpenForWriting(path);
        try
        {
            using OtherFile other = OtherFile.Open(copy);
            ResultsMerge.Into(path, other, merge => merge.RunOwn());
            return now;
        }
        catch
        {
            ResultsFile.CloseWriter(now);
            throw;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    private static partial int FileControl(nint connection, nint mainDatabase, int operation, out int result);
}
