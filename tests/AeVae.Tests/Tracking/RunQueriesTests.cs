using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

public sealed class RunQueriesTests : IDisposable
{
    readonly ResultsFolder _results = new();
    readonly RunStore _store;
    readonly string _ae, _vae, _newVae;

    public RunQueriesTests()
    {
        _store = _results.OpenStore();
        _ae = Add(ResultsFolder.Run("ae-lr1e-3", "ae", "experiments/ae-lr1e-3.yaml") with { Tags = ["s0"], Parameters = [new("train.learning_rate", "0.001"), new("model.type", "ae")] }, 1, 120);
        _vae = Add(ResultsFolder.Run() with { Tags = ["s0"], Parameters = [new("train.learning_rate", "0.0001"), new("loss.kl_weight", "1")] }, 2, 100);
        _newVae = Add(ResultsFolder.Run() with { Parameters = [new("train.learning_rate", "1E-05")] }, 3, 110);
    }

    public void Dispose()
    {
        _store.Dispose();
        _results.Dispose();
    }

    [Fact]
    public void RunsAreListedNewestFirst()
    {
        Assert.Equal([_newVae, _vae, _ae], List(new RunFilter()));
        Assert.Equal([_newVae], List(new RunFilter { Limit = 1 }));
        Assert.Equal([_newVae, _vae, _ae], List(new RunFilter { Limit = null }));
    }

    [Fact]
    public void RunsAreFilteredByNameTagAndStatus()
    {
        _store.FinishRun(_vae, RunStatus.Completed);
        Assert.Equal([_newVae, _vae], List(new RunFilter { Name = "vae-lr1e-4" }));
        Assert.Equal([_vae, _ae], List(new RunFilter { Tag = "s0" }));
        Assert.Equal([_vae], List(new RunFilter { Status = RunStatus.Completed }));
        Assert.Equal([_newVae, _ae], List(new RunFilter { Status = RunStatus.Running }));
        Assert.Empty(List(new RunFilter { Status = RunStatus.Failed, Tag = "s0" }));
    }

    [Theory]
    [InlineData("val.loss", "vae newVae ae")]
    [InlineData("-validation.loss", "ae newVae vae")]
    [InlineData("train.learning_rate", "newVae vae ae")]
    [InlineData("-train.learning_rate", "ae vae newVae")]
    [InlineData("loss.kl_weight", "vae newVae ae")]   // runs without a value come last, newest first
    public void RunsAreSortedByMetricOrParameter(string sort, string expected)
    {
        var names = new Dictionary<string, string> { [_ae] = "ae", [_vae] = "vae", [_newVae] = "newVae" };
        Assert.Equal(expected, string.Join(' ', List(new RunFilter { Sort = sort }).Select(id => names[id])));
    }

    [Fact]
    public void ColumnsAreMetricsAndParameters()
    {
        Execute("insert into metric_definition values ('learning_rate', '', '', 'none', '')", $"insert into metric_summary (run_id, split, name, last_epoch, last_value) values ('{_ae}', 'train', 'learning_rate', 1, 0.5)");
        using RunQueries queries = RunQueries.Open(_results.Path);
        RunSummary run = queries.List(new RunFilter { Name = "ae-lr1e-3", Columns = ["val.loss", "train.loss", "train.learning_rate", "loss.kl_weight"] }).Single();
        Assert.Equal(120, run.Metrics["val.loss"].Last);
        Assert.Equal("0.001", run.Parameters["train.learning_rate"]);
        Assert.Equal((1, 1), (run.Metrics.Count, run.Parameters.Count));
    }

    [Fact]
    public void AnUnknownColumnIsNamed()
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Contains("no run has a column 'val.los'", Assert.Throws<UnknownNameException>(() => queries.List(new RunFilter { Sort = "-val.los" })).Message, StringComparison.Ordinal);
        Assert.Throws<UnknownNameException>(() => queries.List(new RunFilter { Columns = ["lr"] }));
    }

    [Fact]
    public void ListingDoesNotRestOnHistories()
    {
        Execute("delete from metric");
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(3, queries.List(new RunFilter { Sort = "val.loss", Columns = ["val.loss", "train.learning_rate"], Tag = null }).Count);
    }

    [Fact]
    public void TenThousandRunsAreSortedAndCountedInFull()
    {
        Execute("""
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
            insert into run select 'x' || i, name, experiment_id, variant, seed, 'completed', reason, reason_epoch, failure, '2020' || substr(started_utc, 5), finished_utc, numeric_contract, parent_run_id,
                note, effective_beta, parameter_count, epochs_planned, epochs_done, tainted_reason, lease_host, lease_boot_id, lease_process_id, lease_process_start, heartbeat_utc, null, verification
            from run join n on run.id = (select id from run order by started_utc limit 1)
            """);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(_newVae, queries.List(new RunFilter { Columns = ["val.loss"] })[0].Id);
        Assert.Equal(_vae, queries.List(new RunFilter { Sort = "val.loss" })[0].Id);
        Assert.Equal(10_003, queries.List(new RunFilter { Limit = null }).Count);
    }

    [Fact]
    public void TheBestRunIsTheFirstOfTheList()
    {
        // Its lowest value is of an early epoch, and is not what it ended with.
        Execute($"update metric_summary set last_value = 130 where run_id = '{_vae}' and name = 'loss'", "delete from run_param where key in ('loss.kl_weight', 'model.type')");
        Assert.Equal(_newVae, Resolve("@best:val.loss"));
        Assert.Equal(_newVae, List(new RunFilter { Sort = "val.loss" })[0]);
    }

    [Fact]
    public void ALossOfAWarmUpIsNotTheBest()
    {
        Execute("delete from run_param where key in ('loss.kl_weight', 'model.type')", $"insert into run_param values ('{_vae}', 'loss.kl_warmup_epochs', '1000')");
        Assert.Equal(_newVae, Resolve("@best:val.loss"));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(1000, null)]
    public void TheBestLossOfARunIsOneAfterTheWarmUpHoweverItIsAskedFor(int warmUp, int? epoch)
    {
        Execute($"delete from metric where run_id = '{_vae}' and split = 'validation' and name = 'loss'", $"insert into metric (run_id, epoch, split, name, value) values ('{_vae}', 1, 'validation', 'loss', 3), ('{_vae}', 2, 'validation', 'loss', 1), ('{_vae}', 3, 'validation', 'loss', 2)",
            $"update metric_summary set best_epoch = 2, best_value = 1 where run_id = '{_vae}' and split = 'validation' and name = 'loss'", $"insert into run_param values ('{_vae}', 'loss.kl_warmup_epochs', '{warmUp}')");
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(epoch, queries.Get(_vae).Metrics.Single(metric => metric is { Split: "validation", Name: "loss" }).BestEpoch);
        foreach (string column in (string[])["val.loss", "best.val.loss"])
            Assert.Equal(epoch, queries.List(new RunFilter { Limit = null, Columns = [column] }).Single(run => run.Id == _vae).Metrics[column].BestEpoch);
    }

    [Fact]
    public void TextsAreSortedBothWays()
    {
        Execute($"insert or replace into run_param values ('{_vae}', 'model.type', 'vae')");
        Assert.Equal([_ae, _vae, _newVae], List(new RunFilter { Sort = "model.type" }));
        Assert.Equal([_vae, _ae, _newVae], List(new RunFilter { Sort = "-model.type" }));
    }

    [Fact]
    public void TheBestLossIsThatOfRunsWithOneObjective()
    {
        Execute("update run_param set value = 'vae' where key = 'model.type'; delete from run_param where key = 'loss.kl_weight'; insert or replace into run_param select id, 'model.type', 'vae' from run");
        Assert.Equal(_vae, Resolve("@best:val.loss"));
    }

    [Fact]
    public void SelectorsMeanWhatTheySay()
    {
        Assert.Equal(_newVae, Resolve("@last"));
        Assert.Equal(_newVae, Resolve("@1"));
        Assert.Equal(_ae, Resolve("@3"));
        Assert.Equal(_ae, Resolve("@best:validation.knn_accuracy"));
        Assert.Equal(_newVae, Resolve("vae-lr1e-4"));
        Assert.Equal(_ae, Resolve("experiments/ae-lr1e-3.yaml"));
        Assert.Equal(_ae, Resolve("./experiments/ae-lr1e-3.yaml"));
        Assert.Equal(_ae, Resolve(_ae));
        Assert.Equal(_ae, Resolve(_ae[..^1]));
        Assert.Equal(_vae, Resolve(_vae[^4..]));
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([_vae, _ae], queries.Resolve("tag:s0"));
    }

    [Fact]
    public void ABeginningOfSeveralIdsNamesThem()
    {
        Execute($"update run set id = '261121-071305-aaaa' where id = '{_ae}'", $"update run set id = '261121-071305-bbbb' where id = '{_vae}'", $"update run set id = '261121-081305-cccc' where id = '{_newVae}'");

        string message = Assert.Throws<NoSuchRunException>(() => Resolve("261121-07")).Message;

        Assert.Contains("'261121-07' means 2 runs", message, StringComparison.Ordinal);
        Assert.Contains("261121-071305-aaaa", message, StringComparison.Ordinal);
        Assert.DoesNotContain("cccc", message, StringComparison.Ordinal);
        Assert.Equal("261121-081305-cccc", Resolve("261121-08"));
        Assert.Equal("261121-071305-bbbb", Resolve("bbbb"));
        Assert.Throws<NoSuchRunException>(() => Resolve("bbb"));
    }

    [Theory]
    [InlineData("vae-lr1e4", "Did you mean vae-lr1e-4")]
    [InlineData("lr1e", "vae-lr1e-4")]
    [InlineData("tag:s1", "Did you mean tag:s0?")]
    [InlineData("completely-different-thing", "`runner list` shows")]
    [InlineData("@4", "not that many runs")]
    [InlineData("@0", "Write @last")]
    [InlineData("@best", "Write @last")]
    [InlineData("@best:val.los", "NAME is one of knn_accuracy, latent_radius, loss, mse")]
    [InlineData("@best:loss", "Write train.NAME")]
    [InlineData("@best:val.loss", "minimise different losses, or on different images, so the lowest is not the best. On the same images bce and mse mean the same in all: @best:val.bce")]
    [InlineData("@best:test.loss", "no run has a value")]
    [InlineData("@best:val.latent_radius", "no run is the best")]
    [InlineData("", "`runner list` shows")]
    public void ASelectorThatMeansNothingSaysWhatComesNear(string selector, string hint) =>
        Assert.Contains(hint, Assert.Throws<NoSuchRunException>(() => Resolve(selector)).Message, StringComparison.Ordinal);

    string Add(NewRun run, int epochs, double loss)
    {
        string id = _store.BeginRun(run);
        for (int epoch = 1; epoch <= epochs; epoch++)
            _store.AppendEpoch(id, ResultsFolder.Epoch(epoch, new MetricRecord("validation", "loss", loss + epochs - epoch), new MetricRecord("validation", "knn_accuracy", 1.0 / epochs)));
        return id;
    }

    string[] List(RunFilter filter)
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        return [.. queries.List(filter).Select(run => run.Id)];
    }

    string Resolve(string selector)
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        return queries.Resolve(selector).Single();
    }

    void Execute(params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={_results.Path};Pooling=False;Foreign Keys=False");
        connection.Open();
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}
