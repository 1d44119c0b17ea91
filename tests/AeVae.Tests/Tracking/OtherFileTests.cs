using AeVae.Tracking;
using AeVae.Tracking.Merging;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

/// <summary>The file that is merged is read as it lies there: nobody who owns it notices.</summary>
public sealed class OtherFileTests : IDisposable
{
    readonly ResultsFolder _here = new();
    readonly ResultsFolder _there = new();

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnOlderFileIsMergedAndStaysOld(int version)
    {
        _there.Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tracking", "fixtures", $"results-v{version}.sql")));

        Assert.NotEmpty(MergeAndLeaveAlone().Runs.Added);
        Assert.Empty(Merge(_there.Path).Runs.Added);
    }

    [Fact]
    public void WhatLooksLikeAnEscapeInAPathIsItsName()
    {
        string[] files = [.. ((string[])["a%41 ?#", "aA ?#"]).Select(name => Path.Combine(Directory.CreateDirectory(Path.Combine(_there.Folder, name)).FullName, "results.db"))];
        foreach (string file in files)
            RunStore.Open(file).Dispose();
        Train();

        using (RunStore store = RunStore.Open(files[0]))
            Assert.Single(store.Merge(_there.Path).Runs.Added);
        Assert.Single(Merge(files[0]).Runs.Added);

        using RunQueries other = RunQueries.Open(files[1]);
        Assert.Empty(other.List(new RunFilter()));
    }

    [Fact]
    public void AFileWhoseProcessWasKilledWithinATransactionIsMergedAndNotTakenBack()
    {
        string id = Train();
        string killed = Path.Combine(_there.Folder, "killed.db");
        using (SqliteConnection connection = new($"Data Source={_there.Path};Pooling=False"))
        {
            connection.Open();
            connection.Execute("pragma cache_size = 2");   // so that the file is written before the transaction is committed
            connection.Execute("begin");
            connection.Execute("create table filler as with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000) select i, hex(randomblob(50)) as noise from n");
            connection.Execute("update run set name = 'half-written'");
            File.Copy(_there.Path, killed);
            File.Copy(_there.Path + "-journal", killed + "-journal");
            connection.Execute("rollback");
        }

        Assert.Equal([id], MergeAndLeaveAlone(killed).Runs.Added);
        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Equal("vae-lr1e-4", queries.Get(id).Run.Name);
    }

    [Fact]
    public void AProcessMayWriteToItMeanwhile()
    {
        using RunStore training = _there.OpenStore();
        string id = training.BeginRun(ResultsFolder.Run());
        using SqliteConnection writer = new($"Data Source={_there.Path};Pooling=False");
        writer.Open();
        writer.Execute("begin immediate");
        writer.Execute("update run set name = 'not yet committed'");

        Assert.Equal([id], Merge(_there.Path).Runs.Added);   // would wait for half a minute if it asked for the write lock

        writer.Execute("commit");
        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Equal("vae-lr1e-4", queries.Get(id).Run.Name);
    }

    [Fact]
    public void ItsFolderMayHaveAnyName()
    {
        string id = Train(), folder = Directory.CreateDirectory(Path.Combine(_there.Folder, "100%?x=1#y;Mode=ünïcode &c")).FullName;
        File.Move(_there.Path, Path.Combine(folder, "results.db"));
        Assert.Equal([id], MergeAndLeaveAlone(Path.Combine(folder, "results.db")).Runs.Added);
    }

    [Theory]
    [InlineData("pragma user_version = 9", "has schema version 9; this runner knows versions up to 4")]
    [InlineData("pragma application_id = 7", "is the SQLite database of another program")]
    [InlineData("pragma foreign_keys = off; update run set experiment_id = 77", "contradict")]
    public void AFileThatCannotBeMergedIsNamed(string edit, string message)
    {
        Train();
        _there.Execute(edit);
        AssertRefused(message);
    }

    [Fact]
    public void ADamagedFileIsNamedAndNotTheOneToMergeInto()
    {
        Train();
        byte[] bytes = File.ReadAllBytes(_there.Path);
        bytes.AsSpan(bytes.Length / 2 / 4096 * 4096, 4096).Reverse();
        File.WriteAllBytes(_there.Path, bytes);
        AssertRefused("the file is damaged");
    }

    [Fact]
    public void AnEmptyFileIsNamed()
    {
        File.Create(_there.Path).Dispose();
        AssertRefused("is empty");
    }

    void AssertRefused(string message)
    {
        byte[] before = File.ReadAllBytes(_there.Path);
        MergeRefusedException refusal = Assert.Throws<MergeRefusedException>(() => Merge(_there.Path));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(_there.Path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--db", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_there.Path));
    }

    MergeResult MergeAndLeaveAlone(string? path = null)
    {
        path ??= _there.Path;
        string[] files = [.. Directory.GetFiles(Path.GetDirectoryName(path)!).Order()];
        byte[][] before = [.. files.Select(File.ReadAllBytes)];
        MergeResult result = Merge(path);
        Assert.Equal(files, Directory.GetFiles(Path.GetDirectoryName(path)!).Order());
        Assert.Equal(before, files.Select(File.ReadAllBytes));
        return result;
    }

    MergeResult Merge(string path)
    {
        using RunStore store = _here.OpenStore();
        return store.Merge(path);
    }

    string Train()
    {
        using RunStore store = _there.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 1)));
        store.FinishRun(id, RunStatus.Completed);
        return id;
    }
}
