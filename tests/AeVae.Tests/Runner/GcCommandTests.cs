using System.Text.Json;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tests.Tracking;
using AeVae.Tracking;

namespace AeVae.Tests.Runner;

/// <summary><c>gc</c>: what goes, and above all what stays.</summary>
public sealed class GcCommandTests : IDisposable
{
    const string Unknown = "261101-101010-abcd";

    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void FilesOfRunsThatAreNoMoreAndHalfWrittenOnesGo()
    {
        string known = Train(), weights = Write(known, "epoch-0001.safetensors"), half = Write(known, "epoch-0002.safetensors.tmp");
        string running = Write(Train(RunStatus.Running), "epoch-0001.safetensors.tmp"), old = Write(Unknown, "epoch-0003.safetensors"), log = Write(Unknown, "log.jsonl");

        (int exitCode, string output, _) = Run("gc", "--dry-run");
        Assert.Equal((ExitCodes.Ok, 3), (exitCode, output.Split('\n').Count(line => line.StartsWith("      7 B  ", StringComparison.Ordinal))));
        Assert.Contains("would remove 3 files, 21 B", output, StringComparison.Ordinal);
        Assert.True(File.Exists(half) && File.Exists(old));

        Assert.Contains("removed 3 files, 21 B", Run("gc", "--yes").Output, StringComparison.Ordinal);
        Assert.Equal((false, false, false), (File.Exists(half), File.Exists(old), Directory.Exists(Path.GetDirectoryName(log))));
        Assert.True(File.Exists(weights) && File.Exists(running));
        Assert.Contains("nothing to remove", Run("gc").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoch-0003.safetensors", 0)]           // perhaps of a run that is not stored yet
    [InlineData("journal.jsonl", 48)]                   // results that wait
    [InlineData("notes.txt", 48)]
    [InlineData("best.safetensors", 48, "a copy")]      // another database has it
    [InlineData("epoch-0003.safetensors", 48, null, "mine")]
    public void WhatSomebodyMayNeedStays(string file, int hours, string? beside = null, string folder = Unknown)
    {
        string id = Train(), weights = Write(beside is null ? folder : id, beside is null ? "best.safetensors" : file), other = Write(beside is null ? folder : id, file, hours);
        if (beside is not null)
        {
            File.Copy(_results.Path, Path.Combine(_results.Folder, "copy.db"));
            _results.Execute("delete from run");
        }

        Assert.Contains("nothing to remove", Run("gc", "--yes").Output, StringComparison.Ordinal);
        Assert.True(File.Exists(weights) && File.Exists(other));
    }

    [Fact]
    public void CheckpointsGoOfCompletedRunsAlone()
    {
        string completed = Train(), stopped = Train(RunStatus.Interrupted), other = Train();
        string[] gone = [Write(completed, "best.safetensors"), Write(completed, "epoch-0001.safetensors")], kept = [Write(completed, "log.jsonl"), Write(stopped, "epoch-0001.safetensors"), Write(other, "epoch-0001.safetensors")];

        (int exitCode, _, string error) = Run("gc", completed, stopped);
        Assert.Equal(ExitCodes.UserError, exitCode);    // nobody can be asked
        Assert.Contains("2 files, 14 B would be removed", error, StringComparison.Ordinal);
        Assert.All(gone, path => Assert.True(File.Exists(path)));

        (exitCode, string output, error) = Run("gc", completed, stopped, "--yes", "--json");
        Assert.Equal(ExitCodes.Ok, exitCode);
        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal((true, 14, 2), (json.GetProperty("removed").GetBoolean(), json.GetProperty("bytes").GetInt32(), json.GetProperty("files").GetArrayLength()));
        Assert.Contains($"run {stopped} is interrupted: it keeps its checkpoints", error, StringComparison.Ordinal);
        Assert.All(gone, path => Assert.False(File.Exists(path)));
        Assert.All(kept, path => Assert.True(File.Exists(path)));
    }

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run([.. arguments, "--db", _results.Path], output, error), output.ToString(), error.ToString());
    }

    string Train(RunStatus end = RunStatus.Completed)
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
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
