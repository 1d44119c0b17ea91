using AeVae.Reports;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
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
        string id;
        using (RunStore store = RunStore.Open(database))
            id = store.Add(FakeRun.Full(epochs: 3));
        using RunQueries queries = RunQueries.Open(database);

        ReportResult first = RunReport.Of(RunData.Read(queries, id)).WriteMarkdown(Path.Combine(folder, "first"), PageFormat.Svg);
        ReportResult second = RunReport.Of(RunData.Read(queries, id)).WriteMarkdown(Path.Combine(folder, "second"), PageFormat.Svg);

        Assert.Equal(11, first.Files.Count);
        Assert.Contains("Validation loss in epoch 3: **124.03**, its lowest.", File.ReadAllText(first.ReportPath), StringComparison.Ordinal);
        Assert.Equal(first.Files.Select(File.ReadAllBytes), second.Files.Select(File.ReadAllBytes));
    }
}
