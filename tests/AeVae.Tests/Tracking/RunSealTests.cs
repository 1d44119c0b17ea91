using System.Security.Cryptography;
using System.Text;
using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class RunSealTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void TheSealIsTheDigestOfEveryEpochTensorMetricAndArtifact()
    {
        string id = Complete(RunStatus.Completed);
        // 2.5, 20,000.25, 0.5, −0 and NaN by IEEE 754; the artifact's one byte is 1.
        const string Held = """
            epoch 1 params1 optimizer1 order1 4004000000000000 40d3881000000000
            tensor 1 decoder.0.weight d1
            tensor 1 encoder.0.weight e1
            metric test mse 1 fff8000000000000
            metric train loss 1 3fe0000000000000
            metric train mse 1 8000000000000000
            artifact samples 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a

            """;
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Held)));
        Assert.Equal((digest, digest), Seal(id));
    }

    [Theory]
    [InlineData("update metric set value = 0.25 where name = 'loss'")]
    [InlineData("update metric set value = 0, kind = null where kind = '-0'")]
    [InlineData("update epoch set images_per_second = 1e6")]
    [InlineData("delete from epoch_tensor where tensor = 'encoder.0.weight'")]
    [InlineData("update artifact set sha256 = 'ab'")]
    public void NothingOfItCanBeChangedWithoutBreakingIt(string edit)
    {
        string id = Complete(RunStatus.Completed);
        _results.Execute(edit);
        (string? stored, string now) = Seal(id);
        Assert.NotNull(stored);
        Assert.NotEqual(stored, now);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.True(queries.HasChanged(queries.Get(id), queries.GetSeries(id)));
    }

    [Fact]
    public void OnlyACompletedRunIsSealed()
    {
        string id = Complete(RunStatus.Interrupted), completed = Complete(RunStatus.Completed);
        Assert.Null(Seal(id).Stored);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.False(queries.HasChanged(queries.Get(id), queries.GetSeries(id)));
        Assert.False(queries.HasChanged(queries.Get(completed), queries.GetSeries(completed)));
    }

    [Theory]
    [InlineData("update metric_summary set last_value = 0.25 where name = 'loss'")]
    [InlineData("update metric_summary set best_value = 0.25 where name = 'loss'")]
    [InlineData("update metric_summary set last_epoch = 7 where name = 'loss'")]
    [InlineData("delete from metric_summary where name = 'loss'")]
    public void ASummaryThatIsNotThatOfItsHistoryIsAChangeToo(string edit)
    {
        string id = Complete(RunStatus.Completed);
        _results.Execute(edit);
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.True(queries.HasChanged(queries.Get(id), queries.GetSeries(id)));
    }

    [Fact]
    public void ABestValueWithinTheWarmUpThatWasEditedIsAChangeThoughNobodyIsShownIt()
    {
        string id = Complete(RunStatus.Completed);
        _results.Execute($"insert into run_param values ('{id}', 'loss.kl_warmup_epochs', '1000')");
        using (RunQueries queries = RunQueries.Open(_results.Path))
            Assert.False(queries.HasChanged(queries.Get(id), queries.GetSeries(id)));
        _results.Execute("update metric_summary set best_value = 0.25 where name = 'loss'");
        using (RunQueries queries = RunQueries.Open(_results.Path))
            Assert.True(queries.HasChanged(queries.Get(id), queries.GetSeries(id)));
    }

    string Complete(RunStatus status)
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 0.5), new MetricRecord("train", "mse", -0.0)));
        store.AppendFinalMetrics(id, 1, [new("test", "mse", double.NaN)]);
        store.AddArtifact(id, new Artifact(ArtifactNames.Samples, "array", NpyArray.MediaType, [1], null));
        store.FinishRun(id, status);
        return id;
    }

    (string? Stored, string Now) Seal(string id)
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        return queries.GetSeal(id);
    }
}
