using AeVae.Tracking;
using AeVae.Tracking.Journals;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking.Journals;

public sealed class JournalTests : IDisposable
{
    readonly ResultsFolder _results = new();
    readonly List<string> _notices = [];
    readonly RunStore _store;
    readonly string _id;

    public JournalTests()
    {
        _store = _results.OpenStore();
        _store.Notice = _notices.Add;
        _id = _store.BeginRun(ResultsFolder.Run());
    }

    string JournalPath => Path.Combine(_results.Folder, "runs", _id, "journal.jsonl");

    public void Dispose()
    {
        _store.Dispose();
        _results.Dispose();
    }

    [Fact]
    public void WhatTheFileRefusesWaitsInTheJournalAndComesInWithTheNextWriteInOrder()
    {
        _store.AppendEpoch(_id, Epoch(1));
        Break();
        _store.AppendEpoch(_id, Epoch(2));
        _store.AddWarning(_id, 2, "the posterior has collapsed");
        _store.AppendEpoch(_id, Epoch(3));
        Assert.Equal(4, File.ReadAllLines(JournalPath).Length);   // with the warning that says so
        Assert.True(_store.HasWaitingRecords);
        Mend();
        Assert.Equal(1L, Scalar("select count(*) from epoch"));

        _store.AppendEpoch(_id, Epoch(4));

        Assert.Equal(Undisturbed(4), Dump());
        Assert.StartsWith("results were stored late from here on: ", (string)Scalar("select message from warning order by id")!, StringComparison.Ordinal);
        Assert.False(File.Exists(JournalPath));
        Assert.False(_store.HasWaitingRecords);
        Assert.Collection(_notices,
            notice => Assert.Contains($"Training goes on; its results wait in {JournalPath}", notice, StringComparison.Ordinal),
            notice => Assert.EndsWith("stored late: epochs 2 to 3.", notice, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatAProcessLeftWhenItDiedComesInWithTheNextWriter()
    {
        Provenance atEnd = ResultsFolder.Provenance with { GitCommit = "beef" };
        _store.AppendEpoch(_id, Epoch(1));
        Break();
        _store.AppendEpoch(_id, Epoch(2));
        _store.AppendFinalMetrics(_id, 2, [new("test", "loss", -0.0)]);
        _store.AddArtifact(_id, new Artifact("samples", "array", "application/x-npy", [0, 1, 255], null));
        Assert.Null(_store.FinishRun(_id, RunStatus.Completed, "stopped early", 2, atEnd));
        Mend();
        Die();

        RepairedRun repair = Assert.Single(Reopen());

        Assert.Equal(new RepairedRun(_id) { Stored = "epoch 2, the final metrics, an artifact and the end of the run" }, repair);
        Assert.False(File.Exists(JournalPath));
        using RunQueries queries = RunQueries.Open(_results.Path);
        RunDetail run = queries.Get(_id);
        Assert.Equal((RunStatus.Completed, "stopped early", 2, 2), (run.Run.Status, run.Run.Reason, run.Run.ReasonEpoch, run.Run.EpochsDone));
        Assert.Contains("c0ffee", run.Run.TaintedReason, StringComparison.Ordinal);
        Assert.Equal([0, 1, 255], queries.GetArtifact(_id, "samples"));
        Assert.True(double.IsNegative(queries.GetSeries(_id)[new("test", "loss")].Single().Value));
    }

    [Fact]
    public void AnUnfinishedRunOfADeadProcessCrashesAfterItsLastEpochInTheJournal()
    {
        LeaveInJournal(epochs: 3);

        RepairedRun repair = Assert.Single(Reopen());

        Assert.Equal("epochs 1 to 3", repair.Stored);
        Assert.EndsWith("ended without a word", repair.Death, StringComparison.Ordinal);
        using RunQueries queries = RunQueries.Open(_results.Path);
        RunSummary run = queries.Get(_id).Run;
        Assert.Equal((RunStatus.Crashed, 3, 3), (run.Status, run.ReasonEpoch, run.EpochsDone));
        Assert.Equal(Undisturbed(3), Dump());
    }

    [Fact]
    public void BringingAJournalInTwiceChangesNothing()
    {
        LeaveInJournal(epochs: 3);
        byte[] journal = File.ReadAllBytes(JournalPath);
        Reopen();
        string before = $"{Dump()}{Scalar("select group_concat(message) from warning")}{Scalar("select status || epochs_done || heartbeat_utc || finished_utc from run")}";

        File.WriteAllBytes(JournalPath, journal);
        Reopen();

        Assert.Equal(before, $"{Dump()}{Scalar("select group_concat(message) from warning")}{Scalar("select status || epochs_done || heartbeat_utc || finished_utc from run")}");
        Assert.False(File.Exists(JournalPath));
    }

    [Fact]
    public void ATornLastLineIsDroppedAtWhateverByteItBroke()
    {
        LeaveInJournal(epochs: 2);
        byte[] whole = File.ReadAllBytes(JournalPath);
        int beginOfLast = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int length = beginOfLast + 1; length < whole.Length - 1; length++)   // without only its line end it is whole
        {
            File.WriteAllBytes(JournalPath, whole[..length]);
            (IReadOnlyList<JournalLine> lines, int torn) = new RunJournal(_results.Path, _id).Read();
            Assert.Equal((2, 1), (lines.Count, torn));
        }

        Assert.Equal(("epoch 1", 1), Assert.Single(Reopen()) is var repair ? (repair.Stored, repair.TornLines) : default);
        Assert.Equal(Undisturbed(1), Dump());
    }

    [Fact]
    public void WhatFollowsADamagedLineIsTrainedAgainAndLeavesNoGap()
    {
        Break();
        for (int epoch = 1; epoch <= 3; epoch++)
            _store.AppendEpoch(_id, Epoch(epoch));
        _store.FinishRun(_id, RunStatus.Completed);
        Mend();
        Die();
        string text = File.ReadAllText(JournalPath);
        File.WriteAllText(JournalPath, text.Replace("params2", "params7", StringComparison.Ordinal));

        RepairedRun repair = Assert.Single(Reopen());

        Assert.Equal(("epoch 1", 3), (repair.Stored, repair.TornLines));
        Assert.EndsWith("ended without a word", repair.Death, StringComparison.Ordinal);
        Assert.Equal(Undisturbed(1), Dump());
    }

    [Fact]
    public void AfterATornLineTheJournalGoesOn()
    {
        Break();
        _store.AppendEpoch(_id, Epoch(1));
        File.AppendAllText(JournalPath, "{\"sha256\":\"00");
        _store.AppendEpoch(_id, Epoch(2));
        Mend();
        Die();
        Assert.Equal(("epochs 1 to 2", 0), Assert.Single(Reopen()) is var repair ? (repair.Stored, repair.TornLines) : default);
    }

    [Fact]
    public void WhatAProcessWroteAfterItsRunWasTakenOverIsDropped()
    {
        LeaveInJournal(epochs: 2);
        Execute("update run set lease_process_start = lease_process_start - 1");   // the successor, dead too

        Assert.Null(Assert.Single(Reopen()).Stored);

        Assert.Equal(0L, Scalar("select count(*) from epoch"));
        Assert.False(File.Exists(JournalPath));
    }

    [Fact]
    public void WhatWaitedForARunThatWasTakenOverIsForgotten()
    {
        _store.AppendEpoch(_id, Epoch(1));
        Break();
        _store.AppendEpoch(_id, Epoch(2));
        Mend();
        Execute("update run set lease_host = 'elsewhere'");
        Assert.Throws<RunTakenException>(() => _store.AppendEpoch(_id, Epoch(3)));
        Execute("update run set status = 'interrupted'");

        _store.ResumeRun(_id, 1, ResultsFolder.Provenance);
        _store.AppendEpoch(_id, Epoch(2));

        Assert.False(_store.HasWaitingRecords);
        Assert.Equal(2L, Scalar("select count(*) from epoch"));
    }

    [Fact]
    public void TheJournalOfALivingProcessAndOfAnotherFileAreLeftAlone()
    {
        Break();
        _store.AppendEpoch(_id, Epoch(1));
        Mend();
        string foreign = Path.Combine(_results.Folder, "runs", "of-another-file", "journal.jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        File.WriteAllText(foreign, "{}\n");

        Assert.Empty(Reopen());

        Assert.True(File.Exists(foreign));
        Assert.True(File.Exists(JournalPath));
        _store.AppendEpoch(_id, Epoch(2));
        Assert.Equal(Undisturbed(2), Dump());
    }

    [Fact]
    public void AJournalOfANewerProgramIsKeptAndKeepsNobodyFromWriting()
    {
        LeaveInJournal(epochs: 1);
        string line = "{\"host\":\"h\",\"boot_id\":\"\",\"process_id\":1,\"process_start\":1,\"record\":{\"kind\":\"hologram\"}}";
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line)));
        File.AppendAllText(JournalPath, $"{{\"sha256\":\"{digest}\",\"line\":{line}}}\n");

        RepairedRun repair = Assert.Single(Reopen());

        Assert.Contains("another version of the program", repair.Problem, StringComparison.Ordinal);
        Assert.True(File.Exists(JournalPath));
    }

    [Fact]
    public void WithoutAJournalResultsWaitInMemory()
    {
        BlockJournal();
        Break();
        _store.AppendEpoch(_id, Epoch(1));
        _store.AppendEpoch(_id, Epoch(2));
        Assert.Contains("wait in memory", Assert.Single(_notices), StringComparison.Ordinal);
        UnblockJournal();
        _store.AppendEpoch(_id, Epoch(3));
        Assert.Equal(4, File.ReadAllLines(JournalPath).Length);
        Assert.Contains($"wait in {JournalPath}", _notices[^1], StringComparison.Ordinal);
        Mend();
        _store.FinishRun(_id, RunStatus.Completed);

        Assert.Equal(Undisturbed(3), Dump());
        Assert.Equal("completed", Scalar("select status from run"));
        Assert.Equal(3, _notices.Count);
    }

    [Fact]
    public void WhenNothingTakesTheEndTheMessageSaysWhatIsLost()
    {
        _store.AppendEpoch(_id, Epoch(1));
        BlockJournal();
        Break();
        _store.AppendEpoch(_id, Epoch(2));
        _store.AppendEpoch(_id, Epoch(3));

        StorageException lost = Assert.Throws<StorageException>(() => _store.FinishRun(_id, RunStatus.Completed));

        Assert.StartsWith($"run {_id}: neither the database nor the journal took epochs 2 to 3 and the end of the run; that is lost.", lost.Message, StringComparison.Ordinal);
        Assert.Contains("no such table", lost.Message, StringComparison.Ordinal);
        Assert.Contains($"runner resume {_id}", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MistakesOfTheProgramAreNoTroubleWithTheDisk()
    {
        _store.AppendEpoch(_id, Epoch(1));
        Assert.Throws<ArgumentException>(() => _store.AppendEpoch(_id, Epoch(1)));
        Assert.Throws<InvalidOperationException>(() => _store.AppendFinalMetrics(_id, 1, [new("tests", "loss", 1)]));
        Assert.False(_store.HasWaitingRecords);
    }

    static EpochRecord Epoch(int epoch) => ResultsFolder.Epoch(epoch,
        new("train", "loss", epoch switch { 1 => double.NaN, 2 => double.NegativeInfinity, 3 => -0.0, _ => 0.1 }),
        new("validation", "mse", BitConverter.Int64BitsToDouble(epoch)));

    void LeaveInJournal(int epochs)
    {
        Break();
        for (int epoch = 1; epoch <= epochs; epoch++)
            _store.AppendEpoch(_id, Epoch(epoch));
        Mend();
        Die();
    }

    // Its process is now one that is gone: same number, other start.
    void Die()
    {
        Execute("update run set lease_process_start = lease_process_start - 1");
        JournalLine[] lines = [.. new RunJournal(_results.Path, _id).Read().Lines.Select(line => line with { ProcessStart = line.ProcessStart - 1 })];
        File.WriteAllBytes(JournalPath, [.. lines.SelectMany(line => line.ToBytes())]);
    }

    IReadOnlyList<RepairedRun> Reopen()
    {
        using RunStore store = RunStore.Open(_results.Path);
        return store.Repairs;
    }

    // As far as the store can tell, any error of SQLite but a violated constraint is trouble with the disk.
    void Break() => Execute("alter table metric_definition rename to elsewhere");

    void Mend() => Execute("alter table elsewhere rename to metric_definition");

    void BlockJournal()
    {
        Directory.CreateDirectory(Path.Combine(_results.Folder, "runs"));
        File.WriteAllText(Path.Combine(_results.Folder, "runs", _id), "in the way");
    }

    void UnblockJournal() => File.Delete(Path.Combine(_results.Folder, "runs", _id));

    // What a store that is never refused leaves behind.
    static string Undisturbed(int epochs)
    {
        using ResultsFolder other = new();
        using RunStore store = other.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        for (int epoch = 1; epoch <= epochs; epoch++)
            store.AppendEpoch(id, Epoch(epoch));
        return Dump(other.Path);
    }

    string Dump() => Dump(_results.Path);

    static string Dump(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return string.Join('\n', ((string[])["metric", "metric_summary", "epoch", "epoch_tensor", "artifact"]).SelectMany(table =>
        {
            string columns = string.Join(" || '|' || ", connection.Query($"select name from pragma_table_info('{table}') where name <> 'run_id'", row => $"quote({row.GetString(0)})"));
            return connection.Query($"select {columns} from {table} order by 1", row => $"{table} {row.GetString(0)}");
        }));
    }

    void Execute(string sql) => Scalar(sql);

    object? Scalar(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_results.Path};Pooling=False");
        connection.Open();
        return connection.Scalar(sql);
    }
}
