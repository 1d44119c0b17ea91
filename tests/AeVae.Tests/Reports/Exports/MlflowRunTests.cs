using System.Globalization;
using System.Text;
using AeVae.Reports.Exports;
using AeVae.Reports.Runs;
using AeVae.Tracking;
using YamlDotNet.RepresentationModel;

namespace AeVae.Tests.Reports.Exports;

/// <summary>MLflow's folders, as its <c>FileStore</c> reads them: names by the same rules, lines of metrics taken apart the same way.</summary>
public sealed class MlflowRunTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-mlflow-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EveryMetricHasItsValueOfEveryEpochToTheLastBit()
    {
        RunData run = FakeRun.Full(3);
        Dictionary<string, string> files = Files(run);
        (string, int, long)[] written = [.. files.Where(file => file.Key.StartsWith("metrics/", StringComparison.Ordinal)).SelectMany(file => file.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            string[] parts = line.Split(' ');   // milliseconds, value, step
            return (file.Key["metrics/".Length..], int.Parse(parts[2], CultureInfo.InvariantCulture), BitConverter.DoubleToInt64Bits(double.Parse(parts[1], CultureInfo.InvariantCulture)));
        }))];

        Assert.Equal(run.Series.Value.SelectMany(series => series.Value.Select(point => (series.Key.ToString(), point.Epoch, BitConverter.DoubleToInt64Bits(point.Value)))).Order(), written.Order());
        long[] times = [.. files["metrics/train.loss"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))];
        Assert.Equal([2500, 2500, 2500], times.Zip(times.Prepend(long.Parse(Scalar(files, "start_time"), CultureInfo.InvariantCulture)), (time, before) => time - before));    // FakeRunStore
    }

    [Fact]
    public void WhatIsNotFiniteIsWrittenAsPythonReadsIt()
    {
        RunData run = FakeRun.Full(3);
        run = run with { Series = new(new Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> { [new("train", "loss")] = [new(1, double.NaN), new(2, double.NegativeInfinity), new(3, 1e-300)] }) };

        Assert.Equal(["NaN", "-Infinity", "1E-300"], Files(run)["metrics/train.loss"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void TheConfigurationIsParametersAndTheStateIsTags()
    {
        Dictionary<string, string> files = Files(FakeRun.Full(2));

        Assert.Equal(("1e-4", "[400]", "42"), (files["params/train.learning_rate"], files["params/model.encoder"], files["params/seed"]));
        Assert.DoesNotContain("params/data.train_limit", files.Keys);   // null
        Assert.Equal(("vae-lr1e-4", "completed", "2"), (files["tags/mlflow.runName"], files["tags/aevae.status"], files["tags/aevae.epochs_done"]));
        Assert.DoesNotContain("tags/aevae.reason", files.Keys);
        Assert.All(files.Keys.Where(file => file.Split('/')[0] is "params" or "metrics" or "tags"), file => Assert.Matches(@"^\w+/[\w.\- ]{1,250}$", file));
    }

    [Theory]
    [InlineData("completed", 3)]
    [InlineData("not finite", 4)]
    [InlineData("interrupted", 5)]
    public void HowTheRunEndedIsSaid(string end, int status)
    {
        Dictionary<string, string> files = Files(end switch { "completed" => FakeRun.Full(2), "not finite" => FakeRun.NotFinite(), _ => FakeRun.Interrupted(1) });

        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), Scalar(files, "status"));
    }

    [Fact]
    public void TheRunIsFoundUnderItsIdWithItsArtifacts()
    {
        Dictionary<string, string> files = Files(FakeRun.Full(2));

        Assert.Matches("^[a-zA-Z0-9][\\w-]{0,255}$", Scalar(files, "run_id"));    // MLflow's rule
        Assert.Equal(Scalar(files, "run_id"), Scalar(files, "run_uuid"));
        Assert.Equal(Path.Combine(folder, "run's é", "artifacts"), new Uri(Scalar(files, "artifact_uri")).LocalPath);
        Assert.Equal(["config.json", "experiment.yaml", "reconstructions.png", "samples.png"], files.Keys.Where(file => file.StartsWith("artifacts/", StringComparison.Ordinal)).Select(file => file["artifacts/".Length..]).Order());
        Assert.Equal("meta.yaml", files.Keys.Last());
    }

    [Fact]
    public void AnExperimentsIdIsThatOfItsName()
    {
        Assert.Equal("298278634844962250", MlflowRun.ExperimentId("a"));    // of SHA-256, computed apart: another one would part runs of one experiment
        Assert.NotEqual(MlflowRun.ExperimentId("a"), MlflowRun.ExperimentId("b"));
        Assert.All(["", "a", "vae-lr1e-4", "ünïcode"], name => Assert.InRange(long.Parse(MlflowRun.ExperimentId(name), CultureInfo.InvariantCulture), 100_000_000_000_000_000, 999_999_999_999_999_999));
    }

    static string Scalar(Dictionary<string, string> files, string key)
    {
        YamlStream yaml = [];
        yaml.Load(new StringReader(files["meta.yaml"]));
        return ((YamlScalarNode)yaml.Documents.Single().RootNode[key]).Value!;
    }

    Dictionary<string, string> Files(RunData run)
    {
        string database = Path.Combine(folder, "results.db");
        string id;
        using (RunStore store = RunStore.Open(database))
            id = store.Add(run);
        using RunQueries queries = RunQueries.Open(database);
        List<string> notes = [];
        Dictionary<string, string> files = MlflowRun.Files(queries, id, "1", Path.Combine(folder, "run's é"), notes).ToDictionary(file => file.Path, file => Encoding.UTF8.GetString(file.Content));
        Assert.Empty(notes);
        return files;
    }
}
