using System.Text.Json;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tests.Tracking;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Verifying;

/// <summary><c>restore</c>: checkpoints whose files are gone come back as they were.</summary>
public sealed class RestoreCommandTests : CommandTest
{
    // So large a step size that the best epoch is not the last.
    static readonly string Experiment = $$"""
        name: restless
        seed: 3
        data: {{{SmallImages.Dataset}}, validation: 100, train_limit: 60}
        model: {type: vae, encoder: [20], latent_dim: 3}
        train: {epochs: 7, batch_size: 8, learning_rate: 0.1}
        checkpoint: {best: val.loss}
        """;

    readonly RunFolder folder;

    public RestoreCommandTests()
    {
        string file = Path.Combine(Folder, "restless.yaml");
        File.WriteAllText(file, Experiment);
        Assert.Equal(ExitCodes.Ok, Run("run", file, "--no-report", "--quiet").ExitCode);
        folder = new RunFolder(Database, Query("select id from run"));
    }

    [Fact]
    public void TheFilesComeBackByteForByteAndOnceTheyAreThereNothingIsTrained()
    {
        Dictionary<string, byte[]> files = Checkpoints();
        Assert.Equal(["best.safetensors", "epoch-0007.safetensors"], files.Keys.Order());
        Assert.NotEqual(7, folder.ReadBestEpoch());
        File.Delete(folder.BestCheckpointPath);

        string output = Run("restore", "restless").Output;
        Assert.Contains($"restored   {folder.BestCheckpointPath}\n           {folder.CheckpointPath(7)}\n", output, StringComparison.Ordinal);
        Assert.Contains(": verified, all 7 epochs, by run ", output, StringComparison.Ordinal);
        Assert.Equal(files, Checkpoints());

        Assert.DoesNotContain("restore ", Run("show", "restless").Output, StringComparison.Ordinal);
        folder.Remove();
        Assert.Contains("restore ", Run("show", "restless").Output, StringComparison.Ordinal);
        Assert.Contains("restore ", Run("export", "restless", "--to", "safetensors", "-o", Folder).Error, StringComparison.Ordinal);
        string last = Run("restore", "restless", "--json", "--threads", "1").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Equal([folder.BestCheckpointPath, folder.CheckpointPath(7)], JsonDocument.Parse(last).RootElement.GetProperty("restored").EnumerateArray().Select(path => path.GetString()));
        Assert.Equal(files, Checkpoints());

        Assert.Contains("has its weights", Run("restore", "restless").Error, StringComparison.Ordinal);
        Assert.Equal("2", Query("select count(*) from run where parent_run_id is not null"));
    }

    [Fact]
    public void OfSeveralRunsEachIsRestoredThatCanBe()
    {
        Assert.Equal(ExitCodes.Ok, Run("run", Path.Combine(Folder, "restless.yaml"), "--set", "eval.weights=best", "--no-report", "--quiet").ExitCode);
        string[] runs = [.. Directory.GetDirectories(Path.GetDirectoryName(folder.Path)!).Select(path => Path.GetFileName(path)!)];
        foreach (string id in runs) new RunFolder(Database, id).Remove();
        Run("verify", runs[0], "--epochs", "1");
        string verifier = Query("select id from run where parent_run_id is not null");

        (int exitCode, string output, string error) = Run(["restore", .. runs, verifier]);

        Assert.Equal(ExitCodes.UserError, exitCode);    // as of the one that is refused alone
        Assert.Matches("^([0-9a-z]{4}  restless +verified, all 7 epochs, restored, [0-9.]+ s\n){2}2 verified, 0 mismatches, 2 restored\n$", output);
        Assert.Contains($"run {verifier} verifies run {runs[0]} and has no checkpoints of its own", error, StringComparison.Ordinal);
        Assert.All(runs, id => Assert.Equal(2, new RunFolder(Database, id).ReadCheckpoints().Count));
        Assert.Equal(3, Run(["restore", .. runs, verifier, "--json"]).Output.Split("\"event\":\"not_restored\"").Length - 1);
        Assert.Equal(ExitCodes.Ok, Run(["restore", .. runs]).ExitCode);
    }

    [Fact]
    public void NothingIsWrittenWhereAnEpochDiffers()
    {
        folder.Remove();
        Execute("update epoch set parameters_sha256 = 'ab' || substr(parameters_sha256, 3) where epoch = 2");

        Assert.Equal(ExitCodes.Mismatch, Run("restore", "restless").ExitCode);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void ARunThatWasStoppedGoesOnFromWhatIsRestored()
    {
        string digest = Query("select parameters_sha256 from epoch where epoch = 7");
        folder.Remove();
        Execute("update run set status = 'interrupted'");
        using (RunStore store = RunStore.Open(Database))
        {
            string id = Query("select id from run");
            store.ResumeRun(id, 3, ResultsFolder.Provenance);   // which cuts later epochs
            store.FinishRun(id, RunStatus.Interrupted, "stopped");
        }


        string output = Run("restore", "restless").Output;

        Assert.Contains("resume ", output, StringComparison.Ordinal);
        Assert.Equal([3], folder.CheckpointEpochs);
        Assert.Contains("resumed after epoch 3", Run("resume", "restless", "--no-report").Output, StringComparison.Ordinal);
        Assert.Equal(digest, Query("select parameters_sha256 from epoch where epoch = 7 and run_id in (select id from run where parent_run_id is null)"));
    }

    [Fact]
    public void WhatCannotBeWrittenIsSaidAndARunThatIsTrainedIsLeftAlone()
    {
        folder.Remove();
        File.WriteAllText(folder.Path, "in the way");
        (int exitCode, _, string error) = Run("restore", "restless");
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains("so nothing was trained", error, StringComparison.Ordinal);

        File.Delete(folder.Path);
        Directory.CreateDirectory(folder.BestCheckpointPath);
        (exitCode, string output, error) = Run("restore", "restless", "--json");
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains("came out as they are stored, but its checkpoints could not be written", error, StringComparison.Ordinal);
        Assert.Contains("\"verdict\":\"verified\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"not_restored\":null", output, StringComparison.Ordinal);

        Execute($"update run set status = 'running', lease_host = 'node9', heartbeat_utc = '{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffffff}Z' where parent_run_id is null");
        (exitCode, _, error) = Run("restore", "restless");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("is being trained by ", error, StringComparison.Ordinal);
    }

    Dictionary<string, byte[]> Checkpoints() => Directory.EnumerateFiles(folder.Path, "*.safetensors").ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
}
