using System.Diagnostics;
using System.Text.Json;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tests.Tracking;
using AeVae.Tracking;

namespace AeVae.Tests.Runner;

/// <summary><c>gc</c>: what goes, and above all what stays.</summary>
public sealed class GcCommandTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void WhatWasLeftHalfWrittenLongAgoGoes()
    {
        string stopped = Train(RunStatus.Interrupted), running = Train(RunStatus.Running), half = Write(stopped, "epoch-0002.safetensors.x1y2.z3w.tmp");
        string[] kept = [Write(stopped, "epoch-0001.safetensors"), Write(stopped, "best.safetensors.tmp", hours: 0), Write(stopped, "notes.tmp"), Write(running, "epoch-0001.safetensors.tmp")];

        (int exitCode, string output, _) = Run("gc", stopped, running, "--dry-run");
        Assert.Equal((ExitCodes.Ok, true), (exitCode, output.EndsWith("would remove 1 file, 7 B\n", StringComparison.Ordinal)));
        Assert.True(File.Exists(half));

        Assert.Contains("removed 1 file, 7 B", Run("gc", stopped, running, "--yes").Output, StringComparison.Ordinal);
        Assert.False(File.Exists(half));
        Assert.All(kept, path => Assert.True(File.Exists(path)));
        Assert.Contains("nothing to remove", Run("gc", stopped).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckpointsGoOfCompletedRunsAlone()
    {
        string completed = Train(), stopped = Train(RunStatus.Interrupted), other = Train();
        string[] gone = [Write(completed, "best.safetensors"), Write(completed, "epoch-0001.safetensors")];
        string[] kept = [Write(completed, "log.jsonl"), Write(completed, "epoch-0000.safetensors"), Write(completed, "mine.safetensors"), Write(stopped, "epoch-0001.safetensors"), Write(other, "epoch-0001.safetensors")];

        (int exitCode, _, string error) = Run("gc", completed, stopped);
        Assert.Equal(ExitCodes.UserError, exitCode);    // nobody can be asked
        Assert.Contains("2 files, 14 B would be removed", error, StringComparison.Ordinal);
        Assert.All(gone, path => Assert.True(File.Exists(path)));

        (exitCode, string output, error) = Run("gc", completed, stopped, "--yes", "--json");
        Assert.Equal(ExitCodes.Ok, exitCode);
        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal((true, 14, 2), (json.GetProperty("removed").GetBoolean(), json.GetProperty("bytes").GetInt32(), json.GetProperty("files").GetArrayLength()));
        Assert.Contains($"run {stopped} keeps its checkpoints: it is interrupted, not completed", error, StringComparison.Ordinal);
        Assert.All(gone, path => Assert.False(File.Exists(path)));
        Assert.All(kept, path => Assert.True(File.Exists(path)));
    }

    [SkippableFact]
    public void APipeBesideTheDatabaseIsNotWaitedFor()
    {
        Skip.If(OperatingSystem.IsWindows(), "mkfifo");
        string completed = Train();
        Write(completed, "epoch-0001.safetensors");
        Process.Start("mkfifo", [Path.Combine(_results.Folder, "pipe")]).WaitForExit();
        File.CreateSymbolicLink(Path.Combine(_results.Folder, "link"), "pipe");

        Task<string> output = Task.Run(() => Run("gc", completed, "--yes").Output);

        Assert.True(output.Wait(TimeSpan.FromMinutes(1)));
        Assert.Contains("removed 1 file", output.Result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update run set numeric_contract = 7", "NC-7")]
    [InlineData("update experiment set config_json = '{}'", "the stored configuration of run")]
    [InlineData("update run set verification = 'mismatch'", "executed again, it came out otherwise")]
    [InlineData(null, "another database beside this one has it")]
    public void WeightsStayThatCouldNotBeRestored(string? edit, string why)
    {
        string weights = Write(Train(), "epoch-0001.safetensors");
        if (edit is not null)
            _results.Execute(edit);
        else
            File.Copy(_results.Path, Path.Combine(_results.Folder, "copy.db"));

        (_, string output, string error) = Run("gc", "@last", "--yes");

        Assert.Contains("nothing to remove", output, StringComparison.Ordinal);
        Assert.Contains("keeps its checkpoints: ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.True(File.Exists(weights));
    }

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run([.. arguments, "--db", _results.Path], output, error), output.ToString(), error.ToString());
    }

    string Train(RunStatus end = RunStatus.Completed)
    {
        using RunStore store = _results.OpenStore();
        string config = ResolvedConfig.ToJson(SpecReader.ReadText("small", "name: small\ndata: {dataset: synthetic}\nmodel: {type: ae, encoder: [4], latent_dim: 2}\ntrain: {epochs: 1}").Spec!);
        NewRun run = ResultsFolder.Run();
        string id = store.BeginRun(run with { Experiment = run.Experiment with { ConfigJson = config } });
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 1)));
        if (end != RunStatus.Running)
            store.FinishRun(id, end);
        return id;
    }

    string Write(string folder, string name, int hours = 48)
    {
        string path = Path.Combine(_results.Folder, "runs", folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "7 bytes");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
        return path;
    }
}
