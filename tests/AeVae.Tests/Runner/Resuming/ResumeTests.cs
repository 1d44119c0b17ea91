using AeVae.Runner.Execution;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Resuming;

/// <summary>NC-1 C12: a run that was stopped anywhere and resumed ends with the bits of one that was not.</summary>
public sealed class ResumeTests
{
    const int Epochs = 6;

    const string Head = """
        name: laboratory
        seed: 3
        data: {dataset: synthetic, validation: 200
        """;

    const string Net = "{type: vae, encoder: [10], latent_dim: 3}";

    // Every state that outlives an epoch is in one of them.
    static readonly string[] All =
    [
        // The running products of Adam, the KL weight of the epoch, images that are drawn anew.
        $$$"""
        {{{Head}}}, binarize: dynamic}
        model: {{{Net}}}
        loss: {kl_warmup_epochs: 4}
        train: {epochs: 6, batch_size: 8, learning_rate: 1e-3, schedule: {type: step, step_size: 2}}
        """,
        // Velocities, a schedule that depends on the epoch, the best epoch so far.
        $$$"""
        {{{Head}}}}
        model: {{{Net}}}
        train: {epochs: 6, batch_size: 8, learning_rate: 3e-3, optimizer: {type: sgd, momentum: 0.9, nesterov: true}, schedule: cosine}
        checkpoint: {best: val.loss}
        """,
        // The best value and the wait of early stopping, which ends the run before its last epoch; checkpoints are rare.
        $$$"""
        {{{Head}}}}
        model: {{{Net}}}
        train: {epochs: 9, batch_size: 8, learning_rate: 1e-3, early_stop: {patience: 4, min_delta: 1e9}}
        checkpoint: {every: 2, keep: 3, best: train.bce}
        """,
        // A posterior that collapses at once, and is warned of once.
        $$$"""
        {{{Head}}}}
        model: {{{Net}}}
        loss: {kl_weight: 1e6}
        train: {epochs: 6, batch_size: 8, optimizer: {type: rmsprop, centered: true, momentum: 0.5}, learning_rate: 1e-3}
        eval: {every: 2}
        """,
    ];

    public static TheoryData<string> Experiments() => [.. All];

    [Theory, MemberData(nameof(Experiments))]
    public void AResumedRunEndsWithTheBitsOfOneThatWasNeverStopped(string experiment)
    {
        using RunLaboratory laboratory = new(experiment);
        string whole = laboratory.Begin();
        IReadOnlyList<string> bits = laboratory.Bits(whole);
        Assert.StartsWith("run completed", bits[0], StringComparison.Ordinal);
        int epochs = laboratory.Stored(whole).Detail.Run.EpochsDone;

        foreach (Stop stop in Enumerable.Range(1, epochs).Append(Stop.InFinalEvaluation).SelectMany(after => new Stop[] { new(after, ByKill: false), new(after, ByKill: true) }))
        {
            string run = laboratory.Begin(stop);
            laboratory.Resume(run);

            Assert.Equal(bits, laboratory.Bits(run));
            Assert.Equal(Files(laboratory, whole), Files(laboratory, run));
        }
    }

    [Fact]
    public void TheBestEpochIsOneAfterTheWarmUp()
    {
        using RunLaboratory laboratory = new($$$"""
            {{{Head}}}}
            model: {{{Net}}}
            loss: {kl_warmup_epochs: 3, kl_weight: 1000}
            train: {epochs: 6, batch_size: 8, learning_rate: 1e-4}
            checkpoint: {best: val.loss}
            """);
        string run = laboratory.Begin(new(2, ByKill: true));
        laboratory.Resume(run);

        Assert.InRange(laboratory.Stored(run).History("val.loss").MinBy(point => point.Value).Epoch, 1, 3);
        Assert.InRange(laboratory.FolderOf(run).ReadBestEpoch() ?? 0, 4, 6);
    }

    [Fact]
    public void ARunThatWasKilledBetweenTheBestCheckpointAndThatOfItsEpochHasBothInTheEnd()
    {
        using RunLaboratory laboratory = new($$$"""
            {{{Head}}}}
            model: {{{Net}}}
            train: {epochs: 6, batch_size: 8, learning_rate: 1e-3}
            checkpoint: {keep: 6, best: val.loss}
            """);
        string whole = laboratory.Begin(), run = laboratory.Begin(new(4, ByKill: true));
        RunFolder folder = laboratory.FolderOf(run);
        foreach (int epoch in folder.CheckpointEpochs.Where(epoch => epoch >= folder.ReadBestEpoch()).ToArray())
            File.Delete(folder.CheckpointPath(epoch));
        laboratory.Resume(run);

        Assert.Equal(Files(laboratory, whole), Files(laboratory, run));
    }

    [Fact]
    public void ARunMayBeStoppedAgainAndAgain()
    {
        using RunLaboratory laboratory = new(All[0]);
        IReadOnlyList<string> bits = laboratory.Bits(laboratory.Begin());

        string run = laboratory.Begin(new(1, ByKill: true));
        for (int epoch = 2; epoch <= Epochs; epoch++)
            laboratory.Resume(run, new(epoch, ByKill: epoch % 2 == 0));
        laboratory.Resume(run);

        Assert.Equal(bits, laboratory.Bits(run));
        Assert.Equal(Epochs, laboratory.Stored(run).Detail.Resumptions.Count);
    }

    [Fact]
    public void WhatIsStoredOfEveryContinuationSaysWhereAndWhence()
    {
        using RunLaboratory laboratory = new(All[0]);
        string run = laboratory.Begin(new(3, ByKill: false));
        laboratory.Execute("delete from resumption");
        File.Delete(laboratory.FolderOf(run).CheckpointPath(3));
        laboratory.Resume(run);

        Resumption resumption = Assert.Single(laboratory.Stored(run).Detail.Resumptions);
        Assert.Equal((2, 1, RunStatus.Interrupted, 1), (resumption.Epoch, resumption.EpochsCut, resumption.PreviousStatus, resumption.Threads));
        Assert.Equal(["runner"], resumption.CommandLine);
        Assert.Equal((Environment.MachineName, Environment.Version.ToString()), (resumption.Host, resumption.DotnetVersion));
    }

    [Fact]
    public void ACrashAmongTheArtifactsLeadsStraightIntoTheFinalEvaluation()
    {
        using RunLaboratory laboratory = new(All[0]);
        string run = laboratory.Begin();
        IReadOnlyList<string> bits = laboratory.Bits(run);
        laboratory.Execute("update run set status = 'running', lease_process_start = lease_process_start - 1; delete from artifact where name > 'latent' and name not like 'latent_frame/%'");

        laboratory.Resume(run);

        Assert.Equal(bits, laboratory.Bits(run));
        Assert.Equal((Epochs, 0), (laboratory.Stored(run).Detail.Resumptions[0].Epoch, laboratory.Stored(run).Detail.Resumptions[0].EpochsCut));
    }

    [Fact]
    public void WithoutACheckpointTheSameRunBeginsAnew()
    {
        using RunLaboratory laboratory = new(All[0]);
        IReadOnlyList<string> bits = laboratory.Bits(laboratory.Begin());
        string run = laboratory.Begin(new(4, ByKill: true));
        Directory.Delete(laboratory.FolderOf(run).Path, recursive: true);

        laboratory.Resume(run);

        Assert.Equal(bits, laboratory.Bits(run));
        Assert.Equal((0, 4), (laboratory.Stored(run).Detail.Resumptions[0].Epoch, laboratory.Stored(run).Detail.Resumptions[0].EpochsCut));
    }

    [Fact]
    public void TheStateThatWasTheBestWillDoWhenNothingElseIsLeft()
    {
        using RunLaboratory laboratory = new(All[1]);
        string whole = laboratory.Begin();
        string run = laboratory.Begin(new(5, ByKill: false));
        foreach (int epoch in laboratory.FolderOf(run).CheckpointEpochs)
            File.Delete(laboratory.FolderOf(run).CheckpointPath(epoch));

        laboratory.Resume(run);

        Assert.Equal(laboratory.Bits(whole), laboratory.Bits(run));
        Assert.Equal(Files(laboratory, whole), Files(laboratory, run));
        Assert.InRange(laboratory.Stored(run).Detail.Resumptions[0].Epoch, 1, 5);
    }

    [Fact]
    public void ARunThatIsBeingTrainedIsNotTaken()
    {
        using RunLaboratory laboratory = new(All[0]);
        string run = laboratory.Begin(new(2, ByKill: true));
        laboratory.Execute("update run set lease_process_start = lease_process_start + 1");
        IReadOnlyList<string> bits = laboratory.Bits(run);

        Assert.Contains($"process {Environment.ProcessId}", Assert.Throws<RunTakenException>(() => laboratory.Resume(run)).Message, StringComparison.Ordinal);
        Assert.Equal(bits, laboratory.Bits(run));
    }

    [Fact]
    public void ADiskThatRefusesCheckpointsCostsOneWarningAndNotTheRun()
    {
        using RunLaboratory laboratory = new(All[0]);
        IReadOnlyList<string> bits = laboratory.Bits(laboratory.Begin());
        Directory.Delete(Path.Combine(laboratory.Folder, "runs"), recursive: true);
        File.WriteAllText(Path.Combine(laboratory.Folder, "runs"), "in the way");

        string run = laboratory.Begin();

        string warning = Assert.Single(laboratory.Bits(run), line => line.Contains("the checkpoint was refused", StringComparison.Ordinal));
        Assert.Equal(bits, laboratory.Bits(run).Where(line => line != warning));
    }

    [Fact]
    public void ACheckpointThatCannotBeRemovedCostsOneWarningAndKeepsNoOther()
    {
        using RunLaboratory laboratory = new(All[0]);
        IReadOnlyList<string> bits = laboratory.Bits(laboratory.Begin());
        laboratory.WhenStored = (folder, epoch) =>
        {
            if (epoch != 3) return;
            Assert.True(SpinWait.SpinUntil(() => File.Exists(folder.CheckpointPath(2)), TimeSpan.FromMinutes(1)));
            File.Delete(folder.CheckpointPath(1));
            Directory.CreateDirectory(folder.CheckpointPath(1));
        };

        string run = laboratory.Begin();

        string warning = Assert.Single(laboratory.Bits(run), line => line.Contains("a checkpoint that is no longer needed could not be removed", StringComparison.Ordinal));
        Assert.Equal(bits, laboratory.Bits(run).Where(line => line != warning));
        Assert.Equal([laboratory.Stored(run).Detail.Epochs.Count], laboratory.FolderOf(run).CheckpointEpochs);
    }

    static IEnumerable<string> Files(RunLaboratory laboratory, string run) =>
        from path in Directory.EnumerateFiles(laboratory.FolderOf(run).Path)
        where !path.EndsWith(".jsonl", StringComparison.Ordinal)
        orderby path
        select $"{Path.GetFileName(path)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}";
}
