using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AeVae.Tracking;

/// <summary>Opens the SQLite file and says in words what is wrong with it.</summary>
static class ResultsFile
{
    public const int SchemaVersion = 4;

    /// <summary>How long others may lock the file: eight writers take turns in milliseconds, and training must not stand still for minutes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    const int ApplicationId = 0x41655661;   // 'AeVa', as in Schema.sql
    const long BytesCheckedOnOpening = 64 << 20;   // a check reads the whole file: some 0.1 s at this size

    // Offsets in the file's first 100 bytes: https://www.sqlite.org/fileformat.html#the_database_header.
    const int HeaderLength = 100;
    const int UserVersionOffset = 60;
    const int ApplicationIdOffset = 68;

    // POSIX: closing any descriptor of a file gives up all locks that the process has on it, SQLite's too; another process could then take the file from under it.
    // So its header is read only while no connection of this process is open.
    static readonly Lock Opening = new();
    static readonly Dictionary<string, int> OpenHere = [];

    const string IsReadOnly = "the file is read-only. Make it writable, or name another file with --db.";

    static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    public static SqliteConnection OpenForWriting(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            throw new StorageException($"{path}: the folder {folder} does not exist. Create it, or name another file with --db.");
        RefuseForeignUnlessOpen(path);
        if (FileNames.Problem(path) is { } problem)
            throw new StorageException($"{path}: {problem}, or name another file with --db.");
        return Guard(path, () =>
        {
            SqliteConnection connection = Connect(path, path, SqliteOpenMode.ReadWriteCreate);
            try
            {
                PrepareForWriting(connection, path);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        });
    }

    public static SqliteConnection OpenForReading(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new StorageException($"{path} does not exist yet: it is created by the first `runner run FILE`. Name another file with --db.");
        RefuseForeignUnlessOpen(path);
        return Guard(path, () =>
        {
            SqliteConnection connection = ConnectForReading(path);
            if (Version(connection) == SchemaVersion)
                return connection;
            connection.Dispose();
            CloseWriter(OpenForWriting(path));   // brings an older file up to date
            return ConnectForReading(path);
        });
    }

    /// <summary>Opens the file for reading and leaves it as it is, of whatever version and however its last process ended.</summary>
    /// <exception cref="SqliteException">It cannot be read where it lies without writing to it.</exception>
    public static SqliteConnection OpenAsItIs(string path)
    {
        RefuseForeignUnlessOpen(path);
        return Probe(Connect(path, path, SqliteOpenMode.ReadOnly));
    }

    /// <summary>Whether a file begins as a results file does, of whatever version; one that may not be read could be one if it is called so.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            Span<byte> header = stackalloc byte[HeaderLength];
            return ReadHeader(path, header) == HeaderLength && header.StartsWith(Magic) && IsOurs(header);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Path.GetExtension(path) == ".db";
        }
    }

    /// <summary>Copies the file as it stands now, though others write to it.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The copy may not be written.</exception>
    public static void CopyTo(string path, string copy)
    {
        try
        {
            using SqliteConnection connection = OpenAsItIs(path);
            connection.Execute(Sql.CopyInto, ("$path", copy));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN)
        {
            // Its process was killed within a transaction, which only a writer can take back, or its folder is read-only. Either way nobody writes to it now.
            foreach (string end in (string[])["", "-journal", "-wal"])
            {
                if (!File.Exists(path + end))
                    continue;
                File.Copy(path + end, copy + end);
                File.SetAttributes(copy + end, FileAttributes.Normal);      // not read-only, as the other may be
            }
        }
    }

    /// <summary>Opens a file that a writer has open for a second connection, to which others can be attached by their URI.</summary>
    public static SqliteConnection OpenToAttach(string path) => Connect(path, UriOf(path), SqliteOpenMode.ReadWrite);

    /// <summary>A full path as a URI. <see cref="Uri"/> itself would decode what looks like an escape in a name, and lead to another file.</summary>
    public static string UriOf(string path) => $"file://{(OperatingSystem.IsWindows() ? "/" : "")}{string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString))}";

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static void RefuseDamaged(SqliteConnection connection, string path)
    {
        if (connection.Scalar(Sql.QuickCheck) is string found and not "ok")
            throw new StorageException($"{path}: {Damaged(found.ReplaceLineEndings(" "))}");
    }

    /// <summary>Version of the schema that the file has; 0 for an empty file.</summary>
    public static int Version(SqliteConnection connection) => (int)(long)connection.Scalar(Sql.UserVersion)!;

    /// <summary>Closes a writer so that the file stands alone, without <c>-wal</c> and <c>-shm</c> beside it, unless others have it open.</summary>
    public static void CloseWriter(SqliteConnection connection)
    {
        // Straight to SQLite: a command would wait for other writers, and the last of them does the same at its end.
        raw.sqlite3_exec(connection.Handle, Sql.JournalDelete);
        connection.Dispose();
    }

    /// <summary>Does something with the file and turns what SQLite says into words for people.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CONSTRAINT)
        {
            throw new InvalidOperationException($"{path} refuses what was to be stored: {exception.Message}", exception);
        }
        catch (SqliteException exception)
        {
            throw new StorageException($"{path}: {InWords(exception)}", exception)
            {
                CannotBeWritten = exception.SqliteErrorCode == raw.SQLITE_READONLY || (exception.SqliteErrorCode == raw.SQLITE_CANTOPEN && File.Exists(path)),
            };
        }
    }

    /// <summary>Reads values that stand as text or JSON in the file; another program may have changed them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is read: <c>trial 3 in sweep …</c>.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="StorageException">They cannot be understood.</exception>
    public static T Understood<T>(string path, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or InvalidCastException || e.GetType() == typeof(ArgumentException))     // the last is of a word that is none of an enumeration
        {
            throw new StorageException($"{path}: {what} is not as AeVae writes it: {e.Message} Nothing was changed. Restore the file from a backup or from git.", e);
        }
    }

    static string InWords(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_READONLY => IsReadOnly,
        raw.SQLITE_CANTOPEN => "the file cannot be opened, its folder is read-only, or there is no room for files beside it. Check permissions and room, or name another file with --db.",
        raw.SQLITE_FULL => "the disk is full. Make room (`runner gc RUN` frees that of checkpoints) and try again.",
        raw.SQLITE_IOERR => $"reading or writing failed: the disk may be full or broken. Make room and try again. SQLite reports: {exception.Message}",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"another program has locked the file for more than {Patience.TotalSeconds} s. Close it and try again.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Damaged(exception.Message),
        _ => $"SQLite reports: {exception.Message}",
    };

    static string Damaged(string found) =>
        $"the file is damaged ({found}). Nothing was changed. Restore it from a backup or from git, or save what is readable: sqlite3 FILE .recover";

    static SqliteConnection Connect(string path, string dataSource, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = dataSource,
            Mode = mode,
            Pooling = false,   // closing must close the file
            ForeignKeys = true,
            DefaultTimeout = (int)Patience.TotalSeconds,
        }.ConnectionString);
        lock (Opening)
            OpenHere[path] = OpenHere.GetValueOrDefault(path) + 1;
        bool isCounted = true;
        connection.Disposed += (_, _) =>
        {
            lock (Opening)
            {
                if (isCounted && --OpenHere[path] == 0)
                    OpenHere.Remove(path);
                isCounted = false;
            }
        };
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static SqliteConnection ConnectForReading(string path)
    {
        try
        {
            return Probe(Connect(path, path, SqliteOpenMode.ReadOnly));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_READONLY && IsNotEmpty(path + "-journal"))
        {
            // A process was killed within a transaction, at the creation of the file or while it was closed: only a writer can take that back.
            using (SqliteConnection writer = Connect(path, path, SqliteOpenMode.ReadWrite))
                Version(writer);
            if (!IsNotEmpty(path))
                CloseWriter(OpenForWriting(path));     // nothing was in it yet
            return Probe(Connect(path, path, SqliteOpenMode.ReadOnly));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && !IsNotEmpty(path + "-wal"))
        {
            // A file in write-ahead mode in a read-only folder: nobody can write it, so SQLite may read it without locks.
            return Probe(Connect(path, UriOf(path) + "?immutable=1", SqliteOpenMode.ReadOnly));
        }
    }

    static SqliteConnection Probe(SqliteConnection connection)
    {
        try
        {
            connection.Scalar(Sql.AnyRun);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    static void PrepareForWriting(SqliteConnection connection, string path)
    {
        connection.InTransaction(() =>
        {
            if (Version(connection) == 0)
                connection.ExecuteScript(Sql.Schema);
        });

        if (new FileInfo(path).Length <= BytesCheckedOnOpening)
            RefuseDamaged(connection, path);

        SchemaMigration.BringUpToDate(connection, path);

        // SQLite opens a file that may not be written for reading, and says so at the first row that is stored.
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
            throw new StorageException($"{path}: {IsReadOnly}") { CannotBeWritten = true };

        // Write-ahead logging shares memory between processes, which a network file system cannot.
        if (!IsOnNetwork(path))
            connection.Execute(Sql.JournalWal);
    }

    static void RefuseForeignUnlessOpen(string path)
    {
        lock (Opening)
        {
            if (!OpenHere.ContainsKey(path))
                RefuseForeign(path);
        }
    }

    // Reads the header itself: SQLite would create files beside another program's database.
    static void RefuseForeign(string path)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        int length = 0;
        if (Directory.Exists(path))
            throw new StorageException($"{path} is a folder. Name a file with --db.");
        try
        {
            if (!File.Exists(path))
                return;
            length = ReadHeader(path, header);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} cannot be read: {exception.Message} Name another file with --db.", exception);
        }

        if (length == 0)
            return;
        if (length < HeaderLength || !header.StartsWith(Magic))
            throw new StorageException($"{path} is no results file: it is not an SQLite database. Nothing was changed. Name another file with --db.");
        if (!IsOurs(header))
            throw new StorageException($"{path} is the SQLite database of another program. Nothing was changed. Name another file with --db.");
        int version = BinaryPrimitives.ReadInt32BigEndian(header[UserVersionOffset..]);
        if (version > SchemaVersion)
            throw new StorageException($"{path} has schema version {version}; this runner knows versions up to {SchemaVersion}. Nothing was changed. Use a newer runner, or name another file with --db.");
    }

    static int ReadHeader(string path, Span<byte> header)
    {
        // A pipe would have its reader wait for a writer; whatever is no file has no length.
        if (new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length == 0)
            return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
    }

    static bool IsOurs(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdOffset..]) == ApplicationId;

    // DriveInfo asks the file system's type on Unix and the drive's on Windows, and knows no \\server\share paths.
    static bool IsOnNetwork(string path) => path.StartsWith(@"\\", StringComparison.Ordinal) || new DriveInfo(path).DriveType == DriveType.Network;

    static bool IsNotEmpty(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
