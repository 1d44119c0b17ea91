using System.Text.RegularExpressions;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

/// <summary>The stored file of every older version is opened, and is then like a new one with the old rows in it.</summary>
public sealed partial class SchemaMigrationTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AMigratedFileHasTheSchemaOfANewOne(int version)
    {
        WriteStored(version);
        RunStore.Open(_results.Path).Dispose();

        string fresh = Path.Combine(_results.Folder, "fresh.db");
        RunStore.Open(fresh).Dispose();
        Assert.Equal(SchemaOf(fresh), SchemaOf(_results.Path));
        Assert.Equal(["ok"], Query(_results.Path, "pragma integrity_check"));
        Assert.Empty(Query(_results.Path, "pragma foreign_key_check"));
        Assert.Equal(Query(fresh, "pragma user_version"), Query(_results.Path, "pragma user_version"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NothingIsLostAndTheFormerFileStaysBesideIt(int version)
    {
        WriteStored(version);
        string[] before = Dump(_results.Path, _results.Path);

        CloseWithoutRepair();

        string backup = $"{_results.Path}.v{version}.bak";
        Assert.Equal(before, Dump(backup, backup));
        Assert.Equal([$"{version}"], Query(backup, "pragma user_version"));
        Assert.Equal(before, Dump(_results.Path, columnsOf: backup));
        Assert.Equal([_results.Path, backup], Directory.GetFiles(_results.Folder).Order());
    }

    [Fact]
    public void AReaderMigratesToo()
    {
        WriteStored(1);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(3, queries.List(new RunFilter { Verifications = true }).Count);
        Assert.Equal("first", queries.Get("261121-093248-rxk6").Note);
        Assert.True(File.Exists(_results.Path + ".v1.bak"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void CompletedRunsOfOlderFilesAreSealedAsTheyAre(int version)
    {
        WriteStored(version);
        string[] completed = Query(_results.Path, "select id from run where status = 'completed'");
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.NotEmpty(completed);
        Assert.All(completed, run => Assert.Equal(queries.GetSeal(run).Now, queries.GetSeal(run).Stored));
        Assert.Equal(completed.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Query(_results.Path, "select cast(count(seal_sha256) as text) from run")[0]);
    }

    [Fact]
    public void AnotherBackupIsNeverOverwritten()
    {
        WriteStored(1);
        File.WriteAllText(_results.Path + ".v1.bak", "an older backup");
        RunStore.Open(_results.Path).Dispose();
        RunStore.Open(_results.Path).Dispose();
        Assert.Equal("an older backup", File.ReadAllText(_results.Path + ".v1.bak"));
        Assert.Equal(["1"], Query(_results.Path + ".v1.2.bak", "pragma user_version"));
        Assert.Equal(3, Directory.GetFiles(_results.Folder).Length);
    }

    [Fact]
    public void AMigrationThatFailsLeavesTheFileAsItWas()
    {
        WriteStored(1);
        Query(_results.Path, "create table resumption (mine text)");
        byte[] before = File.ReadAllBytes(_results.Path);

        StorageException error = Assert.Throws<StorageException>(() => RunQueries.Open(_results.Path));

        Assert.Contains("has schema version 1 and could not be brought to 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("table resumption already exists", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_results.Path));
        Assert.Equal([_results.Path], Directory.GetFiles(_results.Folder));
    }

    [Fact]
    public async Task ManyWhoOpenAnOlderFileAtOnceMigrateItOnce()
    {
        WriteStored(1);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => RunQueries.Open(_results.Path).Dispose())));
        Assert.Equal(["4"], Query(_results.Path, "pragma user_version"));
        Assert.Equal([_results.Path, _results.Path + ".v1.bak"], Directory.GetFiles(_results.Folder).Order());
    }

    void CloseWithoutRepair() => ResultsFile.CloseWriter(ResultsFile.OpenForWriting(_results.Path));

    void WriteStored(int version) => Query(_results.Path, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tracking", "fixtures", $"results-v{version}.sql")));

    static string[] SchemaOf(string path) =>
    [
        .. Query(path, "select type || ' ' || name || ' on ' || tbl_name || ': ' || coalesce(sql, 'automatic') from sqlite_schema")
            .Select(entry => Normal(Blank().Replace(Comment().Replace(entry, ""), " ")))
            .Order(StringComparer.Ordinal),
    ];

    // A column added later stands last, so the definitions within the outer brackets are put in alphabetic order.
    static string Normal(string sql)
    {
        int open = sql.IndexOf('(', StringComparison.Ordinal), close = sql.LastIndexOf(')'), depth = 0, start = open + 1;
        if (open < 0)
            return sql;
        List<string> definitions = [];
        for (int i = open + 1; i <= close; i++)
        {
            if ((sql[i] == ',' && depth == 0) || i == close)
            {
                definitions.Add(sql[start..i].Trim());
                start = i + 1;
            }

            depth += sql[i] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return $"{sql[..open].Trim()} ({string.Join(", ", definitions.Order(StringComparer.Ordinal))}) {sql[(close + 1)..].Trim()}";
    }

    static string[] Dump(string path, string columnsOf) =>
    [
        .. from table in Query(columnsOf, "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name")
           let columns = Query(columnsOf, $"select name from pragma_table_info('{table}') order by cid")
           let row = string.Join(" || '|' || ", columns.Select(column => $"quote({column})"))
           from values in Query(path, $"select {row} from {table} order by 1")
           select $"{table}: {values}",
    ];

    static string[] Query(string path, string sql)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return [.. connection.Query(sql, row => row.GetString(0))];
    }

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
