using System.Diagnostics;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

public sealed class LeaseTests : IDisposable
{
    readonly ResultsFolder _results = new();
    readonly RunStore _store;
    readonly string _id;

    public LeaseTests()
    {
        _store = _results.OpenStore();
        _id = _store.BeginRun(ResultsFolder.Run());
        _store.AppendEpoch(_id, ResultsFolder.Epoch(1));
    }

    public void Dispose()
    {
        _store.Dispose();
        _results.Dispose();
    }

    [Fact]
    public void ADeadProcessOfThisMachineIsSeenAtOnceAndStoredByTheNextWriter()
    {
        Set("lease_process_start = lease_process_start - 1");   // a process of this number that started at another time is another process
        string reason = $"process {Environment.ProcessId} on {Environment.MachineName} ended without a word";
        AssertCrashed(reason);
        Assert.Equal("running", Stored("status"));

        RunStore.Open(_results.Path).Dispose();

        Assert.Equal("crashed", Stored("status"));
        AssertCrashed(reason);
    }

    [Theory]
    [InlineData("lease_host = 'other'")]
    [InlineData("lease_boot_id = 'other'")]
    [InlineData("lease_boot_id = substr(lease_boot_id, 1, instr(lease_boot_id, ' ')) || 'pid:[1]'")]
    public void AProcessOutOfSightIsDeadWhenItHasBeenSilentForTwoMinutes(string elsewhere)
    {
        Set($"{elsewhere}, lease_process_id = 0");
        HeartbeatWas(TimeSpan.FromSeconds(90));
        Assert.Equal(RunStatus.Running, Shown().Status);

        HeartbeatWas(TimeSpan.FromSeconds(130));

        AssertCrashed($"process 0 on {Stored("lease_host")} has been silent for more than 2 min");
    }

    [Fact]
    public void AProcessOutOfSightWhoseClockWasDaysAheadDoesNotStayRunningUntilThen()
    {
        Set("lease_host = 'other', lease_process_id = 0");
        HeartbeatWas(-TimeSpan.FromHours(23));   // a clock in another zone
        Assert.Equal(RunStatus.Running, Shown().Status);

        HeartbeatWas(-TimeSpan.FromDays(365));

        Assert.Equal(RunStatus.Crashed, Shown().Status);
        Assert.Matches("^process 0 on other last wrote at [0-9: -]+ UTC, which is yet to come: a clock is wrong$", Shown().Reason);
    }

    [Fact]
    public void WhatRanBeforeTheMachineWasStartedAgainIsDeadAtOnce()
    {
        Set("lease_boot_id = 'earlier'");
        HeartbeatWas(TimeSpan.FromMilliseconds(Environment.TickCount64 + 10_000));
        AssertCrashed($"process {Environment.ProcessId} on {Environment.MachineName} ended without a word");
    }

    [Fact]
    public void ARunOfAnOlderFileWithoutProcessNamespaceIsJudgedByItsProcess()
    {
        Set("lease_boot_id = substr(lease_boot_id, 1, instr(lease_boot_id || ' ', ' ') - 1)");
        HeartbeatWas(TimeSpan.FromDays(1));
        Assert.Equal(RunStatus.Running, Shown().Status);
        Set("lease_process_start = lease_process_start - 1");
        Assert.Equal(RunStatus.Crashed, Shown().Status);
    }

    [Fact]
    public void AProcessThatWasTakenForDeadAndWritesAgainIsAlive()
    {
        Set("status = 'crashed', reason = 'silent', reason_epoch = 1, finished_utc = heartbeat_utc");

        _store.AppendEpoch(_id, ResultsFolder.Epoch(2));

        RunSummary run = Shown();
        Assert.Equal((RunStatus.Running, null, null, null, 2), (run.Status, run.Reason, run.ReasonEpoch, run.FinishedAt, run.EpochsDone));
    }

    [Fact]
    public void AProcessWhoseRunWasTakenOverWritesNothingMore()
    {
        Set("lease_host = 'successor', lease_process_id = 7");
        Action[] writes =
        [
            () => _store.AppendEpoch(_id, ResultsFolder.Epoch(2)),
            () => _store.AppendFinalMetrics(_id, 1, [new("test", "loss", 1)]),
            () => _store.AddWarning(_id, 1, "!"),
            () => _store.AddArtifact(_id, new Artifact("samples", "array", "application/x-npy", [1], null)),
            () => _store.FinishRun(_id, RunStatus.Completed),
        ];

        Assert.All(writes, write => Assert.Contains($"run {_id} was taken over by process 7 on successor", Assert.Throws<RunTakenException>(write).Message, StringComparison.Ordinal));

        using RunQueries queries = RunQueries.Open(_results.Path);
        RunDetail run = queries.Get(_id);
        Assert.Equal((RunStatus.Running, 1), (run.Run.Status, run.Run.EpochsDone));
        Assert.Empty(run.Metrics);
        Assert.Empty(run.Warnings);
        Assert.Empty(run.Artifacts);
    }

    [Fact]
    public void TheProgramSaysThatItIsAliveBetweenEpochsAndAfterTheFileWasLocked()
    {
        using RunStore store = RunStore.Open(_results.Path, TimeSpan.FromMilliseconds(20));
        AwaitBeat();
        using (SqliteConnection other = Connect())
        using (other.BeginTransaction(deferred: false))
            Thread.Sleep(1_500);   // longer than a beat waits
        AwaitBeat();

        Set("lease_host = 'successor'");
        string taken = Stored("heartbeat_utc");
        Thread.Sleep(100);
        Assert.Equal(taken, Stored("heartbeat_utc"));
    }

    void AwaitBeat()
    {
        HeartbeatWas(TimeSpan.FromHours(1));
        string before = Stored("heartbeat_utc");
        var watch = Stopwatch.StartNew();
        while (Stored("heartbeat_utc") == before)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "no beat came");
            Thread.Sleep(5);
        }
    }

    void AssertCrashed(string reason)
    {
        RunSummary run = Shown();
        Assert.Equal((RunStatus.Crashed, reason, 1), (run.Status, run.Reason, run.ReasonEpoch));
        Assert.Equal(Stored("heartbeat_utc"), StoredValues.FromTime(run.FinishedAt!.Value));
    }

    RunSummary Shown()
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        RunSummary listed = queries.List(new RunFilter()).Single();
        Assert.Equal(listed.Status, queries.Get(_id).Run.Status);
        Assert.Single(queries.List(new RunFilter { Status = listed.Status }));
        return listed;
    }

    void HeartbeatWas(TimeSpan ago) => Set($"heartbeat_utc = '{StoredValues.FromTime(DateTimeOffset.UtcNow - ago)}'");

    void Set(string columns)
    {
        using SqliteConnection connection = Connect();
        Assert.Equal(1, connection.Execute($"update run set {columns}"));
    }

    string Stored(string column)
    {
        using SqliteConnection connection = Connect();
        return (string)connection.Scalar($"select {column} from run")!;
    }

    SqliteConnection Connect()
    {
        SqliteConnection connection = new($"Data Source={_results.Path};Pooling=False");
        connection.Open();
        return connection;
    }
}
