using AeVae.Reports;
using AeVae.Tracking;

namespace AeVae.Tests.Reports;

public sealed class StoredRunReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-report").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AReportIsRebuiltFromTheResultsFileAloneAndIsTheSameTwice()
    {
        string database = Path.Combine(folder, "results.db");
        string id = Store(database);
        using RunQueries queries = RunQueries.Open(database);

        ReportResult first = RunReport.Write(queries, id, Path.Combine(folder, "first"), ChartFormat.Svg);
        ReportResult second = RunReport.Write(queries, id, Path.Combine(folder, "second"), ChartFormat.Svg);

        Assert.Equal(8, first.Files.Count);
        Assert.Contains("Validation loss in epoch 3: **124.03**, its lowest.", File.ReadAllText(first.MarkdownPath), StringComparison.Ordinal);
        Assert.Equal(first.Files.Select(File.ReadAllBytes), second.Files.Select(File.ReadAllBytes));
    }

    static string Store(string database)
    {
        AeVae.Reports.Runs.RunData run = FakeRun.Full(epochs: 3);
        using RunStore store = RunStore.Open(database);
        store.DefineMetrics(run.Definitions.Values);
        string id = store.BeginRun(new NewRun
        {
            Experiment = run.Detail.Experiment,
            Name = run.Run.Name,
            Seed = run.Run.Seed,
            NumericContract = run.Detail.NumericContract,
            Parameters = run.Detail.Parameters,
            Provenance = run.Detail.Provenance!,
            EffectiveBeta = run.Detail.EffectiveBeta,
            ParameterCount = run.Detail.ParameterCount,
            EpochsPlanned = 3,
        });
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            MetricRecord[] metrics = [.. run.Series.Where(s => s.Key.Split != "test").Select(s => new MetricRecord(s.Key.Split, s.Key.Name, s.Value[epoch - 1].Value))];
            store.AppendEpoch(id, new EpochRecord(epoch, metrics, new string('d', 64), new string('e', 64), new string('f', 64), [], 2.5, 20_000));
        }

        store.AppendFinalMetrics(id, 3, [.. run.Series.Where(s => s.Key.Split == "test").Select(s => new MetricRecord("test", s.Key.Name, s.Value[^1].Value))]);
        foreach (string name in FakeRun.VaeArtifacts)
            store.AddArtifact(id, new Artifact(name, "array", NpyArray.MediaType, run.Artifact(name)!, null));
        store.FinishRun(id, RunStatus.Completed);
        return id;
    }
}
