using System.Security.Cryptography;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

public sealed class RunStoreTests : IDisposable
{
    static readonly double[] AwkwardNumbers =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, double.Epsilon, -double.Epsilon, BitConverter.Int64BitsToDouble(0x000FFFFFFFFFFFFF),
        double.MaxValue, double.MinValue, 0.1, 1.0 / 3, 127.3, 1e15 + 0.5, 9007199254740993.0, 3,
    ];

    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void ARunThatIsOnlyWantedOnceDoesNotBeginBesideAnEqualOne()
    {
        using RunStore store = _results.OpenStore();
        string first = store.BeginRun(ResultsFolder.Run() with { KnownEquals = [] });
        Assert.Contains(first, Assert.Throws<RunTakenException>(() => store.BeginRun(ResultsFolder.Run() with { KnownEquals = [] })).Message, StringComparison.Ordinal);
        store.BeginRun(ResultsFolder.Run() with { KnownEquals = [first] });
        store.BeginRun(ResultsFolder.Run(configSha256: "another") with { KnownEquals = [] });
        store.BeginRun(ResultsFolder.Run());
    }

    [Fact]
    public void EveryDoubleComesBackBitForBit()
    {
        string id;
        using (RunStore store = _results.OpenStore())
        {
            id = store.BeginRun(ResultsFolder.Run());
            foreach ((int index, double value) in AwkwardNumbers.Index())
                store.AppendEpoch(id, ResultsFolder.Epoch(index + 1, new MetricRecord("train", "loss", value), new MetricRecord("test", "mse", value)));
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        IEnumerable<long> expected = AwkwardNumbers.Select(BitConverter.DoubleToInt64Bits);
        Assert.Equal(expected, queries.GetSeries(id)[new("train", "loss")].Select(point => BitConverter.DoubleToInt64Bits(point.Value)));
        Assert.Equal(expected, queries.GetSeries(id)[new("test", "mse")].Select(point => BitConverter.DoubleToInt64Bits(point.Value)));
        Assert.Equal(Enumerable.Range(1, AwkwardNumbers.Length), queries.GetSeries(id)[new("train", "loss")].Select(point => point.Epoch));
    }

    [Fact]
    public void TheLastValueOfASummaryIsExactEvenWhenItIsNotFinite()
    {
        using RunStore store = _results.OpenStore();
        foreach (double value in AwkwardNumbers)
        {
            string id = store.BeginRun(ResultsFolder.Run());
            store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("validation", "loss", value)));
            using RunQueries queries = RunQueries.Open(_results.Path);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(queries.Get(id).Metrics.Single().Last));
        }
    }

    [Fact]
    public void EverythingOfARunComesBack()
    {
        NewRun run = ResultsFolder.Run() with
        {
            Seed = ulong.MaxValue,
            Variant = "wide",
            Tags = ["s0", "keep"],
            Note = "first",
            EffectiveBeta = 0.1,
        };
        string id, child;
        using (RunStore store = _results.OpenStore())
        {
            id = store.BeginRun(run);
            child = store.BeginRun(ResultsFolder.Run() with { ParentRunId = id, Seed = 1UL << 63 });
            store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 150)));
            store.AppendFinalMetrics(id, 1, [new("test", "loss", 140)]);
            store.AddWarning(id, 1, "the posterior has collapsed");
            store.AddArtifact(id, new Artifact(ArtifactNames.KlPerDim, "array", NpyArray.MediaType, [1, 2, 3], "runs/x/kl.npy"));
            store.FinishRun(id, RunStatus.Failed, "loss is NaN", 1, ResultsFolder.Provenance);
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        RunDetail detail = queries.Get(id);
        Assert.Equal(run.Experiment, detail.Experiment);
        Assert.Equal((run.Name, "wide", ulong.MaxValue, RunStatus.Failed), (detail.Run.Name, detail.Run.Variant, detail.Run.Seed, detail.Run.Status));
        Assert.Equal(("loss is NaN", 1, 50, 1), (detail.Run.Reason, detail.Run.ReasonEpoch, detail.Run.EpochsPlanned, detail.Run.EpochsDone));
        Assert.Null(detail.Run.TaintedReason);
        Assert.InRange(detail.Run.FinishedAt!.Value, detail.Run.StartedAt, DateTimeOffset.UtcNow);
        Assert.Equal(["keep", "s0"], detail.Run.Tags);
        Assert.Equal((1, 0.1, 652824, "first"), (detail.NumericContract, detail.EffectiveBeta, detail.ParameterCount, detail.Note));
        Assert.Equal([new("seed", "42"), new("train.learning_rate", "0.0001")], detail.Parameters);
        Assert.Equal([new WarningRecord(1, "the posterior has collapsed")], detail.Warnings);
        Assert.Equal([new EpochSummary(1, "params1", "optimizer1", "order1", 2.5, 20_000.25)], detail.Epochs);
        Assert.Equal(["test", "train"], detail.Metrics.Select(metric => metric.Split));
        Assert.Equal([new ArtifactInfo(ArtifactNames.KlPerDim, "array", NpyArray.MediaType, 3, Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])), "runs/x/kl.npy")], detail.Artifacts);
        Assert.Equal([1, 2, 3], queries.GetArtifact(id, ArtifactNames.KlPerDim));
        Assert.Null(queries.GetArtifact(id, ArtifactNames.Samples));
        Assert.Equal((id, 1UL << 63), (queries.Get(child).ParentRunId, queries.Get(child).Run.Seed));
        Assert.Equal(ResultsFolder.Definitions.ToDictionary(metric => metric.Name), queries.Definitions);
        AssertSame(ResultsFolder.Provenance, detail.Provenance);
    }

    [Fact]
    public void AFailingEpochLeavesNothingBehind()
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 1)));
        string before = Dump();

        Assert.Throws<ArgumentException>(() => store.AppendEpoch(id, ResultsFolder.Epoch(2, new MetricRecord("train", "loss", 1), new MetricRecord("train", "undefined", 1))));
        Assert.Throws<InvalidOperationException>(() => store.AppendEpoch(id, ResultsFolder.Epoch(2, new MetricRecord("train", "loss", 1), new MetricRecord("training", "mse", 1))));
        Assert.Throws<InvalidOperationException>(() => store.AppendEpoch(id, ResultsFolder.Epoch(2, new MetricRecord("train", "loss", 1), new MetricRecord("train", "loss", 1))));

        Assert.Equal(before, Dump());
        store.AppendEpoch(id, ResultsFolder.Epoch(2, new MetricRecord("train", "loss", 1)));
    }

    [Fact]
    public void AnEpochIsStoredOnce()
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(1));

        var error = Assert.Throws<ArgumentException>(() => store.AppendEpoch(id, ResultsFolder.Epoch(1)));

        Assert.Contains($"run {id} already has epoch 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsStoredForARunThatIsNotThere()
    {
        using RunStore store = _results.OpenStore();
        Assert.Throws<NoSuchRunException>(() => store.AppendEpoch("none", ResultsFolder.Epoch(1)));
        Assert.Throws<NoSuchRunException>(() => store.AddWarning("none", 1, "!"));
        Assert.Throws<NoSuchRunException>(() => store.FinishRun("none", RunStatus.Completed));
    }

    [Fact]
    public void SummariesAreWhatTheHistoryGives()
    {
        double[] history = [3, double.NaN, 2, double.PositiveInfinity, 5, 2, 5, 4];
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        foreach ((int index, double value) in history.Index())
            store.AppendEpoch(id, ResultsFolder.Epoch(index + 1, [.. ResultsFolder.Definitions.Select(metric => new MetricRecord("validation", metric.Name, value))]));

        using RunQueries queries = RunQueries.Open(_results.Path);
        Dictionary<string, MetricSummary> summaries = queries.Get(id).Metrics.ToDictionary(summary => summary.Name);

        Assert.Equal(new MetricSummary("validation", "loss", 8, 4, BestEpoch: 3, Best: 2, Min: 2, Max: 5), summaries["loss"]);
        Assert.Equal(new MetricSummary("validation", "knn_accuracy", 8, 4, BestEpoch: 5, Best: 5, Min: 2, Max: 5), summaries["knn_accuracy"]);
        Assert.Equal(new MetricSummary("validation", "latent_radius", 8, 4, BestEpoch: null, Best: null, Min: 2, Max: 5), summaries["latent_radius"]);
    }

    [Fact]
    public void AMetricThatIsNeverFiniteHasNoBest()
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", double.NaN)));

        using RunQueries queries = RunQueries.Open(_results.Path);

        Assert.Equal(new MetricSummary("train", "loss", 1, double.NaN, null, null, null, null), queries.Get(id).Metrics.Single());
    }

    [Fact]
    public void RunsOfOneConfigurationShareTheirExperiment()
    {
        using RunStore store = _results.OpenStore();
        store.BeginRun(ResultsFolder.Run());
        store.BeginRun(ResultsFolder.Run());
        store.BeginRun(ResultsFolder.Run(configSha256: "other"));
        store.BeginRun(ResultsFolder.Run(file: "experiments/copy.yaml"));

        Assert.Equal(3L, Scalar("select count(*) from experiment"));
    }

    [Fact]
    public async Task FourWritersAtOnceLoseNothing()
    {
        const int writers = 4, epochs = 50;
        string[] ids = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(() =>
        {
            using RunStore store = _results.OpenStore();
            string id = store.BeginRun(ResultsFolder.Run());
            for (int epoch = 1; epoch <= epochs; epoch++)
                store.AppendEpoch(id, ResultsFolder.Epoch(epoch, new MetricRecord("train", "loss", epoch)));
            store.FinishRun(id, RunStatus.Completed);
            return id;
        })));

        Assert.Equal(writers, ids.Distinct().Count());
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.All(ids, id => Assert.Equal(Enumerable.Range(1, epochs).Select(epoch => new SeriesPoint(epoch, epoch)), queries.GetSeries(id)[new("train", "loss")]));
        Assert.Equal([_results.Path], Directory.GetFiles(_results.Folder));
    }

    [Fact]
    public void AReaderSeesWholeEpochsWhileAnotherIsBeingWritten()
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        using RunQueries queries = RunQueries.Open(_results.Path);
        for (int epoch = 1; epoch <= 5; epoch++)
        {
            store.AppendEpoch(id, ResultsFolder.Epoch(epoch, new MetricRecord("train", "loss", epoch)));
            Assert.Equal(epoch, queries.Get(id).Epochs.Count);
            Assert.Equal(epoch, queries.GetSeries(id)[new("train", "loss")].Count);
        }

        using var writer = new SqliteConnection($"Data Source={_results.Path};Pooling=False");
        writer.Open();
        using SqliteTransaction open = writer.BeginTransaction(deferred: false);
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = "delete from epoch_tensor";
        command.ExecuteNonQuery();
        Assert.Equal(5, queries.Get(id).Epochs.Count);
    }

    [Fact]
    public void AClosedStoreIsOneFile()
    {
        using (RunStore store = _results.OpenStore())
        {
            store.BeginRun(ResultsFolder.Run());
            Assert.True(File.Exists(_results.Path + "-wal"));
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Single(queries.List(new RunFilter()));
        Assert.Equal([_results.Path], Directory.GetFiles(_results.Folder));
    }

    [Fact]
    public void ARunIsTaintedWhenItsCodeExperimentOrDataChanged()
    {
        Provenance begin = ResultsFolder.Provenance;
        Assert.Equal("while it ran, commit was c0ffee, is beef", TaintOf(begin with { GitCommit = "beef", GitDiffSha256 = null, GitDiff = null }));
        Assert.Equal("while it ran, files were edited: src/new.cs, src/old.cs", TaintOf(begin with { GitDiffSha256 = "other", GitDiff = ResultsFolder.Patch("src/kept.cs", "src/new.cs") }));
        Assert.Equal("while it ran, files were edited: src/kept.cs, src/old.cs", TaintOf(begin with { GitDiffSha256 = null, GitDiff = null }));
        Assert.Equal("while it ran, files were edited", TaintOf(begin with { GitDiffSha256 = "other", GitDiff = null }));
        Assert.Equal("while it ran, the program was built again from other code", TaintOf(begin with { ProgramSha256 = "other" }));
        Assert.Equal("while it ran, experiment file experiments/base.yaml changed", TaintOf(begin with { ExperimentFiles = [begin.ExperimentFiles[0], new("experiments/base.yaml", "other")] }));
        Assert.Equal("while it ran, data file data/train changed", TaintOf(begin with { DataFiles = [new("data/train", 1, "other")] }));
        Assert.Equal("while it ran, commit was c0ffee, is none; experiment file experiments/base.yaml went away; data file data/train went away",
            TaintOf(begin with { GitCommit = null, ExperimentFiles = [begin.ExperimentFiles[0]], DataFiles = [] }));
        Assert.Equal("while it ran, the program went away", TaintOf(begin with { ProgramSha256 = null }));
        Assert.Null(TaintOf(begin with { Threads = 1, GitBranch = "other" }));
        Assert.Null(TaintOf(begin, begin with { ProgramSha256 = null }));   // as in files of schema version 1
        Assert.Null(TaintOf(null));
    }

    [Fact]
    public void ARunWithoutProvenanceCanBeReadAndFinished()
    {
        string id;
        using (RunStore store = _results.OpenStore())
        {
            id = store.BeginRun(ResultsFolder.Run());
            Execute("delete from provenance");
            Assert.Null(store.FinishRun(id, RunStatus.Completed, atEnd: ResultsFolder.Provenance));
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Null(queries.Get(id).Provenance);
    }

    [Fact]
    public void WhatSQLiteRolledBackItselfKeepsItsCause()
    {
        using SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        // As on a full disk: the commit fails, and no transaction is left to roll back.
        SqliteException failure = Assert.Throws<SqliteException>(() => connection.InTransaction(() => connection.Execute(Sql.Rollback)));
        Assert.Contains("cannot commit", failure.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => connection.InTransaction(() => throw new InvalidOperationException()));
        connection.InTransaction(() => { });
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public void ATagWithBlanksIsRefused(string tag)
    {
        using RunStore store = _results.OpenStore();
        Assert.Throws<ArgumentException>(() => store.BeginRun(ResultsFolder.Run() with { Tags = [tag] }));
    }

    string? TaintOf(Provenance? atEnd, Provenance? atBegin = null)
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run() with { Provenance = atBegin ?? ResultsFolder.Provenance });
        string? tainted = store.FinishRun(id, RunStatus.Completed, atEnd: atEnd);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(tainted, queries.Get(id).Run.TaintedReason);
        return tainted;
    }

    static void AssertSame(Provenance expected, Provenance? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.CommandLine, actual.CommandLine);
        Assert.Equal(expected.Environment, actual.Environment);
        Assert.Equal(expected.Packages, actual.Packages);
        Assert.Equal(expected.DataFiles, actual.DataFiles);
        Assert.Equal(expected.ExperimentFiles.OrderBy(file => file.Path, StringComparer.Ordinal), actual.ExperimentFiles);
        Assert.Equal(expected, actual with { CommandLine = expected.CommandLine, Environment = expected.Environment, Packages = expected.Packages, DataFiles = expected.DataFiles, ExperimentFiles = expected.ExperimentFiles });
    }

    string Dump() => $"{Scalar("select group_concat(id || status || epochs_done || heartbeat_utc) from run")}\n"
        + $"{Scalar("select group_concat(run_id || split || name || last_epoch || last_value || min_value) from metric_summary")}\n"
        + $"{Scalar("select count(*) from epoch")} {Scalar("select count(*) from epoch_tensor")} {Scalar("select count(*) from metric")}";

    void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_results.Path};Pooling=False;Foreign Keys=True");
        connection.Open();
        connection.Execute(sql);
    }

    object? Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_results.Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
