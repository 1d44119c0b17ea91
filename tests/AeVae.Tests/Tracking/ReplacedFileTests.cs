using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

/// <summary>The file is removed or replaced while a run is being stored, as `git checkout` or `git stash` does.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    readonly ResultsFolder _results = new();
    readonly List<string> _notices = [];
    readonly string _other;
    readonly RunStore _store;
    readonly string _id;

    public ReplacedFileTests()
    {
        using (RunStore earlier = _results.OpenStore())
            _other = earlier.BeginRun(ResultsFolder.Run("other"));
        Execute("update run set lease_host = 'elsewhere'");
        File.Copy(_results.Path, Committed);
        _store = _results.OpenStore();
        _store.Notice = _notices.Add;
        _id = _store.BeginRun(ResultsFolder.Run());
        _store.AppendEpoch(_id, ResultsFolder.Epoch(1));
    }

    string Committed => Path.Combine(_results.Folder, "committed");

    public void Dispose()
    {
        _store.Dispose();
        _results.Dispose();
    }

    [Fact]
    public void ARunGoesOnInTheFileThatIsThereNow()
    {
        Replace(File.ReadAllBytes(Committed));
        _store.AppendEpoch(_id, ResultsFolder.Epoch(2));
        _store.FinishRun(_id, RunStatus.Completed);
        _store.Dispose();

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(new HashSet<string> { _id, _other }, [.. queries.List(new RunFilter()).Select(run => run.Id)]);
        Assert.Equal((RunStatus.Completed, 2, 2), (queries.Get(_id).Run.Status, queries.Get(_id).Run.EpochsDone, queries.Get(_id).Epochs.Count));
        Assert.EndsWith("The runs of this process were brought into the file that is there now.", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.Equal(["committed", "results.db"], Names);
    }

    [Fact]
    public void WhatThisProcessStoredBeforeTheFileWentAwayIsInANewOne()
    {
        File.Delete(_results.Path);
        _store.Dispose();   // nothing more came

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([_id], queries.List(new RunFilter()).Select(run => run.Id));
        Assert.Single(queries.Get(_id).Epochs);
    }

    [Fact]
    public void WhatAnUnusableFileCannotTakeIsKeptBesideItAndInTheJournal()
    {
        Replace("no database"u8.ToArray());
        _store.AppendEpoch(_id, ResultsFolder.Epoch(2));
        Assert.True(_store.HasWaitingRecords);
        string copy = $"{_results.Path}.replaced";
        Assert.Contains($"it is not an SQLite database. Nothing was changed. Name another file with --db. They are in {copy}. When this process has ended: `runner merge {copy}`", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.Equal("no database", File.ReadAllText(_results.Path));

        File.Copy(Committed, _results.Path, overwrite: true);
        _store.AppendEpoch(_id, ResultsFolder.Epoch(3));   // it is usable again

        Assert.False(_store.HasWaitingRecords);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([1, 2, 3], queries.Get(_id).Epochs.Select(epoch => epoch.Epoch));
        Assert.False(File.Exists(copy));
    }

    string[] Names => [.. Directory.GetFileSystemEntries(_results.Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_results.Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    void Replace(byte[] content)
    {
        string next = _results.Path + ".next";
        File.WriteAllBytes(next, content);
        File.Move(next, _results.Path, overwrite: true);
    }
}
