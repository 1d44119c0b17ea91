using System.Text.Json;

namespace AeVae.Acceptance;

/// <summary>A stored run is executed again elsewhere: on other threads, with other vector instructions, in another locale.</summary>
public sealed class VerificationTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [Fact]
    public void ARunIsVerifiedWholeOnOtherThreadsAndInATurkishLocale()
    {
        string runId = Train(epochs: 2);
        (string, string)[] turkish = [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo")];

        JsonElement one = Verify(runId, [], "--threads", "1");
        JsonElement three = Verify(runId, turkish, "--threads", "3");

        foreach (JsonElement result in (JsonElement[])[one, three])
        {
            Assert.Equal(["verified", "2", "2"], ((string[])["verdict", "epochs_compared", "epochs_stored"]).Select(name => result.GetProperty(name).ToString()));
            Assert.True(result.GetProperty("artifacts_compared").GetInt32() > 0);
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void TheFirstEpochsAreVerifiedWithOtherVectorInstructions(string setting)
    {
        JsonElement result = Verify(Train(epochs: 3), [(setting, "0")], "--epochs", "1", "--threads", "2");
        Assert.Equal(["verified", "1", "3"], ((string[])["verdict", "epochs_compared", "epochs_stored"]).Select(name => result.GetProperty(name).ToString()));
    }

    [Fact]
    public void AVerificationLeavesARunThatOnlyItsIdSelectsAndNoFiles()
    {
        string runId = Train(epochs: 2);
        string[] before = Directory.GetFileSystemEntries(_runner.Folder, "*", SearchOption.AllDirectories);

        Finished verified = _runner.Run("verify", "tiny.yaml", "--epochs", "1");

        Assert.True(verified.ExitCode == 0, verified.ToString());
        Assert.StartsWith($"verify run {runId}, epoch 1 of 2", verified.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"run {runId}: verified, 1 of 2 epochs, by run ", verified.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_runner.Folder, "*", SearchOption.AllDirectories));
        string verifyingRunId = verified.Lines[^1].Split(' ')[^4];
        Assert.Contains($"verifies      run {runId}", _runner.Run("show", verifyingRunId).Output, StringComparison.Ordinal);
        Assert.Contains("verified, 1 of 2 epochs", _runner.Run("show", "@last").Output, StringComparison.Ordinal);
        Assert.Equal(2, _runner.Run("list").Lines.Count);
        Assert.Equal(3, _runner.Run("list", "--verifications").Lines.Count);
    }

    [Fact]
    public void TheStoredConfigurationIsExecutedAndNotTodaysFile()
    {
        string runId = Train(epochs: 2);
        _runner.WriteExperiment(epochs: 2, extra: "eval: {nll_samples: 10}");
        Finished verified = _runner.Run("verify", "tiny.yaml", "--epochs", "1");
        Assert.True(verified.ExitCode == 0, verified.ToString());
        Assert.Contains($"note: tiny.yaml is not what run {runId} was made from; its stored configuration is verified.", verified.Error, StringComparison.Ordinal);
        Assert.Contains("epoch 1/1 equal", verified.Error, StringComparison.Ordinal);
    }

    string Train(int epochs)
    {
        Finished run = _runner.Run("run", _runner.WriteExperiment(epochs), "--no-report", "--quiet");
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Lines[0];
    }

    JsonElement Verify(string runId, IReadOnlyList<(string, string)> environment, params string[] options)
    {
        Finished finished = _runner.Run(environment, ["verify", runId, "--json", .. options]);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        return JsonDocument.Parse(finished.Lines[^1]).RootElement;
    }

    public void Dispose() => _runner.Dispose();
}
