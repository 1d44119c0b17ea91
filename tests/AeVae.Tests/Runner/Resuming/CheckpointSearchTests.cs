using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Resuming;

public sealed class CheckpointSearchTests : IDisposable
{
    const string Experiment = """
        name: laboratory
        data: {dataset: synthetic, validation: 200}
        model: {type: ae, encoder: [10], latent_dim: 3}
        train: {epochs: 5, batch_size: 8}
        """;

    readonly RunLaboratory _laboratory = new(Experiment);
    readonly string _run;
    readonly RunFolder _folder;

    // After epoch 4 the checkpoints of 3 and 4 are there: one more than was asked for.
    public CheckpointSearchTests()
    {
        _run = _laboratory.Begin(new(4, ByKill: false));
        _folder = _laboratory.FolderOf(_run);
        Assert.Equal([3, 4], _folder.CheckpointEpochs);
    }

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void ATornOneIsPassedOverForTheOneBefore()
    {
        byte[] whole = File.ReadAllBytes(_folder.CheckpointPath(4));
        File.WriteAllBytes(_folder.CheckpointPath(4), whole[..^9]);

        AssertResumesAfter(3, "is torn");
        // Once the run is completed one is enough, as was asked for.
        Assert.Equal([5], _folder.CheckpointEpochs);
    }

    [Fact]
    public void OneThatCannotBeReadIsNotTrainedOver()
    {
        using (new FileStream(_folder.CheckpointPath(4), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(ExitCodes.Storage, Assert.Throws<CommandException>(() => _laboratory.Resume(_run)).ExitCode);

        Assert.Equal([3, 4], _folder.CheckpointEpochs);
        Assert.Equal(4, _laboratory.Stored(_run).Detail.Run.EpochsDone);
        AssertResumesAfter(4);
    }

    [Fact]
    public void OneThatPointsToNothingIsNotTrainedOver()
    {
        File.Delete(_folder.CheckpointPath(4));
        File.CreateSymbolicLink(_folder.CheckpointPath(4), "/nowhere/epoch-0004.safetensors");

        Assert.Contains("epoch-0004.safetensors cannot be read: ", Assert.Throws<CommandException>(() => _laboratory.Resume(_run)).Message, StringComparison.Ordinal);
        Assert.Equal([3, 4], _folder.CheckpointEpochs);
    }

    [Fact]
    public void OneOfAnotherConfigurationIsPassedOver()
    {
        using RunLaboratory other = new(Experiment + "\nseed: 8");
        File.Copy(other.FolderOf(other.Begin(new(4, ByKill: false))).CheckpointPath(4), _folder.CheckpointPath(4), overwrite: true);

        AssertResumesAfter(3, "is not of this run: its configuration has the SHA-256");
    }

    [Fact]
    public void OneOfAnEpochThatIsNotStoredIsPassedOver()
    {
        // As after a power failure that took the last transaction back.
        _laboratory.Execute("pragma foreign_keys = on; delete from epoch where epoch = 4; delete from metric where epoch = 4; update run set epochs_done = 3");

        AssertResumesAfter(3, "epoch 4 is not stored");
    }

    [Fact]
    public void OneAfterAnEpochThatIsMissingIsPassedOverSoThatItIsTrainedAgain()
    {
        _laboratory.Execute("pragma foreign_keys = on; delete from epoch where epoch = 2; delete from metric where epoch = 2");

        AssertResumesAfter(0, "epoch 2 is not stored");
    }

    [Theory]
    [InlineData("parameters_sha256", "the parameters stored for epoch 4 are others")]
    [InlineData("optimizer_sha256", "the state of the optimizer stored for epoch 4 is another")]
    public void OneWithOtherDigestsThanTheStoredEpochIsPassedOver(string column, string message)
    {
        _laboratory.Execute($"update epoch set {column} = 'ab' where epoch = 4");

        AssertResumesAfter(3, message);
    }

    [Fact]
    public void WhenNoneIsWholeAllOfThemAreNamed()
    {
        foreach (int epoch in _folder.CheckpointEpochs)
            File.WriteAllText(_folder.CheckpointPath(epoch), "empty");

        AssertResumesAfter(0, "epoch-0003.safetensors is torn: it ends after 5 bytes. Use another checkpoint. The run is begun anew.");
        Assert.Contains(_laboratory.Said, line => line.Contains("epoch-0004.safetensors is torn", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatAKillLeftHalfWrittenIsRemoved()
    {
        string temporary = _folder.CheckpointPath(5) + AeVae.Models.Checkpoint.TemporaryExtension;
        File.WriteAllText(temporary, "half");

        AssertResumesAfter(4);
        Assert.False(File.Exists(temporary));
    }

    [Fact]
    public void ACheckpointOfAnEqualRunIsAsGood()
    {
        string equal = _laboratory.Begin(new(4, ByKill: false));
        File.Copy(_laboratory.FolderOf(equal).CheckpointPath(4), _folder.CheckpointPath(4), overwrite: true);

        AssertResumesAfter(4);
    }

    void AssertResumesAfter(int epoch, string? warning = null)
    {
        string whole = _laboratory.Begin();
        _laboratory.Resume(_run);

        if (warning is null)
            Assert.Empty(_laboratory.Said);
        else
            Assert.Contains(_laboratory.Said, line => line.Contains(warning, StringComparison.Ordinal));
        Resumption resumption = Assert.Single(_laboratory.Stored(_run).Detail.Resumptions);
        Assert.Equal(epoch, resumption.Epoch);
        Assert.Equal(_laboratory.Bits(whole), _laboratory.Bits(_run));
    }
}
