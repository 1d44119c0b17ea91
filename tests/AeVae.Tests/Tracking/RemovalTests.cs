using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

public sealed class RemovalTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void NothingOfARemovedRunStays()
    {
        using (RunStore store = _results.OpenStore())
        {
            string run = Full(store), verifying = Run(store, ResultsFolder.Run() with { ParentRunId = run });
            store.AddVerification(new Verification { RunId = run, VerifyingRunId = verifying, Verdict = Verdict.Verified, EpochsCompared = 1, EpochsStored = 1 });

            RemovedRuns removed = store.RemoveRuns([run], []);
            Assert.Equal([run], removed.Runs);
            Assert.Equal([verifying], removed.Verifying);
        }

        Assert.Equal(["metric_definition"], TablesWithRows());
    }

    [Fact]
    public void OtherRunsKeepAllThatTheyHave()
    {
        string kept;
        using (RunStore store = _results.OpenStore())
        {
            kept = Full(store);
            string[] before = TablesWithRows();
            store.RemoveRuns([Full(store)], []);
            Assert.Equal(before, TablesWithRows());
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([kept], queries.List(new RunFilter()).Select(run => run.Id));
        Assert.Equal((1, 1), (queries.Get(kept).Epochs.Count, queries.Get(kept).Artifacts.Count));
    }

    [Fact]
    public void WhereAProcessTrainsOneOfThemAllStay()
    {
        using RunStore store = _results.OpenStore();
        string ended = Run(store, ResultsFolder.Run()), living = store.BeginRun(ResultsFolder.Run());

        Assert.Contains(living, Assert.Throws<RunTakenException>(() => store.RemoveRuns([ended, living], [])).Message, StringComparison.Ordinal);

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(2, queries.List(new RunFilter()).Count);
    }

    [Fact]
    public void ASweepStaysOfWhichAProcessTrainsATrial()
    {
        using RunStore store = _results.OpenStore();
        string sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
        store.BeginRun(ResultsFolder.Run() with { Trial = new TrialKey(sweep, 1) });

        Assert.Throws<RunTakenException>(() => store.RemoveRuns([], [sweep]));

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(1, queries.GetSweep(sweep).Trials.Count(trial => trial.RunId is not null));
    }

    [Fact]
    public void ATrialWhoseRunIsRemovedIsAsIfItHadNotBegun()
    {
        string sweep;
        using (RunStore store = _results.OpenStore())
        {
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
            string run = Run(store, ResultsFolder.Run() with { Trial = new TrialKey(sweep, 2) });
            store.JudgeClaims(sweep, [SweepStoreTests.Verdict(ClaimOutcome.Holds)]);
            Assert.Equal([sweep], store.RemoveRuns([run], []).SweepsLeft);
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        SweepDetail left = queries.GetSweep(sweep);
        Assert.All(left.Trials, trial => Assert.Equal((RunStatus.Queued, null), (trial.Status, trial.RunId)));
        Assert.Empty(left.Claims);
    }

    [Fact]
    public void ASweepOwnsTheRunsThatItBeganAndNoOtherHas()
    {
        using RunStore store = _results.OpenStore();
        string earlier = Run(store, ResultsFolder.Run());
        string sweep = store.BeginSweep(SweepStoreTests.Sweep("beta")), other = store.BeginSweep(SweepStoreTests.Sweep("lr"));
        store.SetRunOfTrial(new TrialKey(sweep, 1), earlier);
        string own = Run(store, ResultsFolder.Run() with { Trial = new TrialKey(sweep, 2) }), shared = Run(store, ResultsFolder.Run() with { Trial = new TrialKey(sweep, 3) });
        store.SetRunOfTrial(new TrialKey(other, 1), shared);
        using (RunQueries queries = RunQueries.Open(_results.Path))
            Assert.Equal([own], queries.OwnRunsOf(sweep));

        store.RemoveRuns([], [sweep]);

        using RunQueries after = RunQueries.Open(_results.Path);
        Assert.Equal([shared, earlier], after.List(new RunFilter()).Select(run => run.Id));
        Assert.Throws<NoSuchRunException>(() => after.GetSweep(sweep));
        Assert.Equal(shared, after.GetSweep(other).Trials[0].RunId);
    }

    [Fact]
    public void TheFileBecomesSmaller()
    {
        using RunStore store = _results.OpenStore();
        string run = store.BeginRun(ResultsFolder.Run());
        store.AddArtifact(run, new Artifact("codes", "array", "application/octet-stream", new byte[4 << 20], null));
        store.FinishRun(run, RunStatus.Completed);
        store.RemoveRuns([run], []);
        store.Dispose();
        Assert.InRange(new FileInfo(_results.Path).Length, 1, 1 << 20);
    }

    [Fact]
    public void TagsAndNotesChange()
    {
        using RunStore store = _results.OpenStore();
        string run = Run(store, ResultsFolder.Run() with { Tags = ["old", "kept"], Note = "first" });
        store.ChangeTags(run, ["new", "kept"], ["old", "missing"]);
        store.SetNote(run, "second");
        using (RunQueries queries = RunQueries.Open(_results.Path))
            Assert.Equal(("kept new", "second"), (string.Join(' ', queries.Get(run).Run.Tags), queries.Get(run).Note));
        store.SetNote(run, null);
        using (RunQueries queries = RunQueries.Open(_results.Path))
            Assert.Null(queries.Get(run).Note);

        Assert.Throws<ArgumentException>(() => store.ChangeTags(run, ["two words"], []));
        Assert.Throws<NoSuchRunException>(() => store.ChangeTags("nobody", ["new"], []));
        Assert.Throws<NoSuchRunException>(() => store.SetNote("nobody", "text"));
    }

    static string Run(RunStore store, NewRun run)
    {
        string id = store.BeginRun(run);
        store.FinishRun(id, RunStatus.Completed);
        return id;
    }

    // A row in every table that belongs to a run.
    static string Full(RunStore store)
    {
        string id = store.BeginRun(ResultsFolder.Run() with { Tags = ["tag"] });
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 1)));
        store.AddArtifact(id, new Artifact("codes", "array", "application/octet-stream", [1, 2, 3], null));
        store.AddWarning(id, 1, "warning");
        store.FinishRun(id, RunStatus.Interrupted);
        store.ResumeRun(id, 1, ResultsFolder.Provenance);
        store.AddArtifact(id, new Artifact("codes", "array", "application/octet-stream", [1, 2, 3], null));
        store.FinishRun(id, RunStatus.Completed);
        return id;
    }

    string[] TablesWithRows()
    {
        using var connection = new SqliteConnection($"Data Source={_results.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        List<string> tables = Texts("select name from sqlite_schema where type = 'table' and name not like 'sqlite%' order by name");
        return [.. tables.Where(table => Texts($"select 'row' from {table} limit 1").Count > 0)];

        List<string> Texts(string sql)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            using SqliteDataReader reader = command.ExecuteReader();
            List<string> texts = [];
            while (reader.Read())
                texts.Add(reader.GetString(0));
            return texts;
        }
    }
}
