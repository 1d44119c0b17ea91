using System.Buffers.Binary;
using System.Diagnostics;
using System.Text.RegularExpressions;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

public sealed class ResultsFileTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    /// <summary>A process that is killed while it creates or closes the file leaves a rollback journal, which a reader alone cannot take back.</summary>
    [Fact]
    public void AReaderSeesNothingOfATransactionThatAKillInterrupted()
    {
        using (RunStore store = _results.OpenStore())
            store.FinishRun(store.BeginRun(ResultsFolder.Run()), RunStatus.Completed);
        string killed = Path.Combine(_results.Folder, "killed.db");
        using (SqliteConnection connection = new($"Data Source={_results.Path};Pooling=False"))
        {
            connection.Open();
            // With room for two pages, a transaction is in the file before it is committed.
            connection.Execute("pragma cache_size = 2");
            connection.Execute("begin");
            connection.Execute("create table filler as with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000) select i, hex(randomblob(50)) as noise from n");
            connection.Execute("update run set name = 'half-written'");
            File.Copy(_results.Path, killed);
            File.Copy(_results.Path + "-journal", killed + "-journal");
            connection.Execute("rollback");
        }

        using RunQueries queries = RunQueries.Open(killed);

        Assert.Equal("vae-lr1e-4", queries.List(new RunFilter()).Single().Name);
        Assert.Equal(File.ReadAllBytes(_results.Path).Length, File.ReadAllBytes(killed).Length);
    }

    /// <summary>A process that is killed at its first transaction leaves a file that is empty once that is taken back.</summary>
    [Fact]
    public void AFileThatWasBeingCreatedWhenItsProcessWasKilledHoldsNoRuns()
    {
        RunStore.Open(_results.Path).Dispose();
        string killed = Path.Combine(_results.Folder, "killed.db");
        File.Copy(_results.Path, killed);
        byte[] journal = new byte[512];     // https://www.sqlite.org/fileformat.html#the_rollback_journal: of a file that had no page
        new byte[] { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 }.CopyTo(journal, 0);
        BinaryPrimitives.WriteInt32BigEndian(journal.AsSpan(20), journal.Length);
        BinaryPrimitives.WriteInt32BigEndian(journal.AsSpan(24), 4096);
        File.WriteAllBytes(killed + "-journal", journal);

        using RunQueries queries = RunQueries.Open(killed);

        Assert.Empty(queries.List(new RunFilter()));
    }

    /// <summary>Under another name nobody finds what SQLite has not yet written into the file itself.</summary>
    [SkippableFact]
    public void AFileOfTwoNamesIsNotWritten()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "hard links are asked for on Linux");
        RunStore.Open(_results.Path).Dispose();
        string other = Path.Combine(_results.Folder, "other.db");
        using (Process link = Process.Start("ln", [_results.Path, other])) link.WaitForExit();

        Assert.All([_results.Path, other], path =>
            Assert.Contains($"{path}: the file has 2 names (hard links)", Assert.Throws<StorageException>(() => RunStore.Open(path)).Message, StringComparison.Ordinal));
        File.Delete(other);
        RunStore.Open(_results.Path).Dispose();
    }

    [Fact]
    public void AMissingFileIsCreatedByAWriterAndNamedByAReader()
    {
        Assert.Contains("does not exist yet", Assert.Throws<StorageException>(() => RunQueries.Open(_results.Path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_results.Folder));

        RunStore.Open(_results.Path).Dispose();

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Empty(queries.List(new RunFilter()));
    }

    [Fact]
    public void AMissingFolderIsNotCreated()
    {
        string path = Path.Combine(_results.Folder, "elsewhere", "results.db");
        Assert.Contains("does not exist. Create it", Assert.Throws<StorageException>(() => RunStore.Open(path)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void AnEmptyFileBecomesAResultsFile()
    {
        File.Create(_results.Path).Dispose();
        RunStore.Open(_results.Path).Dispose();
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Empty(queries.List(new RunFilter()));
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsLeftAlone()
    {
        File.WriteAllText(_results.Path, "dear diary");
        AssertRefusedAndUntouched("is not an SQLite database");
    }

    [Fact]
    public void TheDatabaseOfAnotherProgramIsLeftAlone()
    {
        Execute("create table bookmarks (url text)");
        AssertRefusedAndUntouched("is the SQLite database of another program");
    }

    [Fact]
    public void ANewerSchemaIsRefusedWithBothVersions()
    {
        RunStore.Open(_results.Path).Dispose();
        Execute("pragma user_version = 7");
        AssertRefusedAndUntouched("has schema version 7; this runner knows versions up to 4");
    }

    [Fact]
    public void ADamagedFileIsNamedAndLeftAlone()
    {
        using (RunStore store = _results.OpenStore())
        {
            string id = store.BeginRun(ResultsFolder.Run());
            store.AddArtifact(id, new Artifact("samples", "array", "application/x-npy", new byte[100_000], null));
        }

        byte[] bytes = File.ReadAllBytes(_results.Path);
        bytes.AsSpan(4096, 16 * 4096).Fill(0x5A);   // every page of tables but the first
        File.WriteAllBytes(_results.Path, bytes);
        AssertRefusedAndUntouched("the file is damaged");
    }

    [Fact]
    public void ATruncatedFileIsNamedAndLeftAlone()
    {
        using (RunStore store = _results.OpenStore())
            store.BeginRun(ResultsFolder.Run());
        using (FileStream file = File.OpenWrite(_results.Path))
            file.SetLength(3 * 4096);
        AssertRefusedAndUntouched("the file is damaged");
    }

    [Fact]
    public void AFolderIsNoFile()
    {
        Directory.CreateDirectory(_results.Path);
        Assert.Contains("is a folder", Assert.Throws<StorageException>(() => RunStore.Open(_results.Path)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void AReadOnlyFileIsReadAndNotWritten()
    {
        string id = StoreOneRun();
        SetMode(_results.Path, UnixFileMode.UserRead);
        SkipWhereNothingIsReadOnly(() => File.OpenWrite(_results.Path).Dispose());

        using RunQueries queries = RunQueries.Open(_results.Path);

        Assert.Equal(id, queries.List(new RunFilter()).Single().Id);
        Assert.Contains("the file is read-only", Assert.Throws<StorageException>(() => RunStore.Open(_results.Path)).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("delete")]
    [InlineData("wal")]
    public void AReadOnlyFolderIsReadAndNotWritten(string journalMode)
    {
        string id = StoreOneRun();
        Execute($"pragma journal_mode = {journalMode}");
        SetMode(_results.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            SkipWhereNothingIsReadOnly(() => File.Create(Path.Combine(_results.Folder, "new")).Dispose());

            using RunQueries queries = RunQueries.Open(_results.Path);

            Assert.Equal(id, queries.List(new RunFilter()).Single().Id);
            Assert.Contains("read-only", Assert.Throws<StorageException>(() => RunStore.Open(_results.Path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            SetMode(_results.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>On POSIX a process that closes any descriptor of a file gives up all its locks on it: another could then end write-ahead mode under it.</summary>
    [SkippableFact]
    public void AReaderLeavesThisProcessItsLocksOnTheFile()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux tells a process its locks");
        using RunStore store = _results.OpenStore();
        using RunQueries first = RunQueries.Open(_results.Path);
        string[] before = Locks();

        RunQueries.Open(_results.Path).Dispose();

        Assert.NotEmpty(before);
        Assert.Equal(before, Locks());

        string[] Locks() => [.. Directory.GetFiles("/proc/self/fd").Where(fd => new FileInfo(fd).LinkTarget == _results.Path)
            .SelectMany(fd => File.ReadAllLines($"/proc/self/fdinfo/{Path.GetFileName(fd)}")).Where(line => line.StartsWith("lock:", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("POSIX", StringComparison.Ordinal)..]).Order()];
    }

    [Theory]
    [InlineData("blank and ünïcode")]
    [InlineData("100%?x=1#y;Mode=Memory")]
    public void AFolderMayHaveAnyName(string name)
    {
        string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_results.Folder, name)).FullName, "results.db");
        RunStore.Open(path).Dispose();
        using RunQueries queries = RunQueries.Open(path);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void EveryTableAndColumnSaysWhatItIs()
    {
        string[] lines = Sql.Schema.Split('\n');
        foreach ((int i, string line) in lines.Index())
        {
            if (line.StartsWith("create table", StringComparison.Ordinal))
                Assert.StartsWith("-- ", lines[i - 1], StringComparison.Ordinal);
            if (Regex.IsMatch(line, "^    [a-z0-9_]+ +(text|integer|real|blob)"))
                Assert.Matches(" (--|references) ", line);
        }
    }

    string StoreOneRun()
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.FinishRun(id, RunStatus.Completed);
        return id;
    }

    void AssertRefusedAndUntouched(string message)
    {
        byte[] before = File.ReadAllBytes(_results.Path);

        StorageException[] errors = [Assert.Throws<StorageException>(() => RunStore.Open(_results.Path)), Assert.Throws<StorageException>(() => RunQueries.Open(_results.Path))];

        Assert.All(errors, error => Assert.StartsWith(_results.Path, error.Message, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains(message, error.Message, StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllBytes(_results.Path));
        Assert.Equal([_results.Path], Directory.GetFiles(_results.Folder));
    }

    void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_results.Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static void SetMode(string path, UnixFileMode mode)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has other permissions");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    // Root may write anything.
    static void SkipWhereNothingIsReadOnly(Action write)
    {
        try
        {
            write();
        }
        catch (UnauthorizedAccessException)
        {
            return;
        }

        Skip.If(true, "this user may write read-only files");
    }
}
