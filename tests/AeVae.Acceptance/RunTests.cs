using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class RunTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [Fact]
    public void ARunEndsWithAReportItsFiguresAndItsEpochsInTheDatabase()
    {
        Finished run = _runner.Run("run", _runner.WriteExperiment());
        Assert.True(run.ExitCode == 0, run.ToString());
        string runId = run.Lines[0].Split(' ')[1];
        Assert.Equal($"run {runId} started", run.Lines[0]);
        Assert.StartsWith($"run {runId} completed after ", run.Lines[^1], StringComparison.Ordinal);

        string report = Assert.Single(Directory.GetFiles(Path.Combine(_runner.Folder, "reports"), "report.md", SearchOption.AllDirectories));
        string[] figures = [.. Directory.GetFiles(Path.GetDirectoryName(report)!, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".png" or ".svg")];
        Assert.NotEmpty(figures);
        string markdown = File.ReadAllText(report);
        Assert.All(figures, figure => Assert.Contains(Path.GetFileName(figure), markdown, StringComparison.Ordinal));

        using JsonDocument shown = JsonDocument.Parse(_runner.Run("show", runId[^4..], "--json").Output);
        Assert.Equal("completed", shown.RootElement.GetProperty("run").GetProperty("status").GetString());
        Assert.Equal(2, shown.RootElement.GetProperty("epochs").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(_runner.Folder, "runs", runId, "log.jsonl")));
        Assert.True(File.Exists(Path.Combine(_runner.Folder, "runs", runId, "epoch-0002.safetensors")));

        Finished list = _runner.Run("list");
        Assert.Contains(runId[^4..], list.Output, StringComparison.Ordinal);
        Assert.Contains("completed", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportCanBeWrittenAgainFromTheDatabaseAlone()
    {
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(epochs: 1), "--no-report").ExitCode);
        Assert.False(Directory.Exists(Path.Combine(_runner.Folder, "reports")));
        Directory.Delete(Path.Combine(_runner.Folder, "runs"), recursive: true);
        Finished report = _runner.Run("report", "@last", "-o", "again");
        Assert.True(report.ExitCode == 0, report.ToString());
        Assert.True(File.Exists(Path.Combine(_runner.Folder, "again", "report.md")));
    }

    [Fact]
    public void WithJsonStandardOutputIsOneObjectPerLine()
    {
        Finished run = _runner.Run("run", _runner.WriteExperiment(), "--json", "--no-report");
        JsonElement[] events = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["start", "epoch", "epoch", "result"], events.Select(line => line.GetProperty("event").GetString()));
        Assert.Single(events.Select(line => line.GetProperty("run_id").GetString()).Distinct());
        Assert.Equal([1, 2], events[1..3].Select(line => line.GetProperty("epoch").GetInt32()));
        Assert.True(events[2].GetProperty("validation.loss").GetDouble() > 0);
        Assert.Equal(64, events[2].GetProperty("parameters_sha256").GetString()!.Length);
        Assert.Equal("completed", events[3].GetProperty("status").GetString());
    }

    [Fact]
    public void QuietPrintsTheRunIdAlone()
    {
        Finished run = _runner.Run("run", _runner.WriteExperiment(epochs: 1), "--quiet", "--no-report");
        Assert.Matches("^[0-9]{6}-[0-9]{6}-[0-9a-z]{4}$", Assert.Single(run.Lines));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void WithoutATerminalEveryEpochIsOneLineOfStandardError()
    {
        Finished run = _runner.Run("run", _runner.WriteExperiment(), "--no-report");
        Assert.Equal(["epoch 1/2", "epoch 2/2"], run.Error.Split('\n').Where(line => line.StartsWith("epoch", StringComparison.Ordinal)).Select(line => line[..9]));
        Assert.DoesNotContain("\e", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ADryRunPrintsEveryKeyAndStoresNothing()
    {
        Finished run = _runner.Run("run", _runner.WriteExperiment(), "--dry-run", "--set", "train.epochs=9");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches(@"train\.epochs +9", run.Output);
        Assert.False(File.Exists(_runner.Database));
    }

    public void Dispose() => _runner.Dispose();
}
