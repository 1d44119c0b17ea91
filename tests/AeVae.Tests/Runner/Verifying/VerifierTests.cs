using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Verifying;

public sealed class VerifierTests : IDisposable
{
    readonly StoredExperiment _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void AnHonestRunIsVerifiedToItsLastArtifactByARunOfItsOwn()
    {
        SilentVerification view = new();

        VerificationOutcome outcome = _run.Train().Verify(view: view);

        Assert.Equal(Verdict.Verified, outcome.Verification!.Verdict);
        Assert.Equal([(1, true), (2, true), (3, true), (4, true)], view.Epochs);
        Assert.Empty(view.Start!.Notices);
        // 6 training and 10 validation metrics an epoch, 6 test metrics and 12 more only for test images are counted by the run itself.
        RunDetail stored = _run.Get(), verifying = _run.Get(outcome.VerifyingRunId);
        Assert.Equal(stored.Artifacts.Count, outcome.Compared.Artifacts);
        Assert.Equal(4 * (6 + 10) + stored.Metrics.Count(metric => metric.Split == "test"), outcome.Compared.Metrics);
        Assert.Equal((stored.Run.Id, RunStatus.Completed, 4), (verifying.ParentRunId, verifying.Run.Status, verifying.Run.EpochsDone));
        Assert.Equal(stored.Epochs.Select(epoch => epoch.ParametersSha256), verifying.Epochs.Select(epoch => epoch.ParametersSha256));
        Assert.Empty(verifying.Artifacts);
        Assert.Equal((Verdict.Verified, 4), (stored.Run.Verification, stored.Run.EpochsVerified));
        Assert.Equal(Path.GetFileName(_run.Database), Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(_run.Database)!).Select(Path.GetFileName)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  schedule: {type: cosine}")]
    [InlineData("  schedule: {type: warmup, warmup_epochs: 3}")]
    public void ThePrefixOfARunIsTrainedAsPartOfTheWhole(string schedule)
    {
        const string yaml = "name: small\ndata: {dataset: synthetic, validation: 17}\nmodel: {type: vae, encoder: [10], latent_dim: 3}\nloss: {kl_warmup_epochs: 3}\neval: {every: 2}\ntrain:\n  epochs: 4\n  batch_size: 8\n";
        Verification verification = _run.Train(yaml + schedule).Verify(epochs: 3).Verification!;
        Assert.Equal((Verdict.Verified, 3, 4, false), (verification.Verdict, verification.EpochsCompared, verification.EpochsStored, verification.IsWhole));
    }

    [Fact]
    public void ThreadsAreNoPartOfTheBits() => Assert.Equal(Verdict.Verified, _run.Train().Verify(threads: 3).Verification!.Verdict);

    [Fact]
    public void ARunThatWasInterruptedIsVerifiedOverItsEpochs()
    {
        VerificationOutcome outcome = _run.Train(epochs: 2).Verify();
        Assert.Equal((Verdict.Verified, 2, 2), (outcome.Verification!.Verdict, outcome.Verification.EpochsCompared, outcome.Verification.EpochsStored));
        Assert.Equal(0, outcome.Compared.Artifacts);
    }

    [Fact]
    public void ARunThatIsStillBeingTrainedIsVerifiedOverTheEpochsThatItHad()
    {
        _run.Train(epochs: 2).Edit("update run set status = 'running'");
        VerificationOutcome outcome = _run.Verify(meanwhile: () =>
        {
            using RunStore store = RunStore.Open(_run.Database);
            store.AppendEpoch(_run.RunId, new EpochRecord(3, [new("train", "loss", 0.5)], "p", "o", "r", [], 1, 1));
        });
        Assert.Equal((Verdict.Verified, 2, 2), (outcome.Verification!.Verdict, outcome.Verification.EpochsCompared, outcome.Verification.EpochsStored));
    }

    [Fact]
    public void ARunThatStoppedEarlyIsVerifiedToItsEnd()
    {
        VerificationOutcome outcome = _run.Train("name: small\ndata: {dataset: synthetic, validation: 17}\nmodel: {type: ae, encoder: [10], latent_dim: 3}\ntrain: {epochs: 50, learning_rate: 0, early_stop: {metric: val.loss, patience: 2}}\n").Verify();
        Assert.Equal((Verdict.Verified, 3), (outcome.Verification!.Verdict, outcome.Verification.EpochsStored));
        Assert.True(outcome.Compared.Artifacts > 0);
    }

    [Fact]
    public void AnotherNumericContractIsRefusedAndBothAreNamed()
    {
        _run.Train().Edit("update run set numeric_contract = 2");
        CommandException refusal = Assert.Throws<CommandException>(() => _run.Verify());
        Assert.Equal(ExitCodes.UserError, refusal.ExitCode);
        Assert.Contains("NC-2; this runner follows NC-1", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Unverified, _run.Get().Run.Verification);
    }

    [Fact]
    public void MoreEpochsThanAreStoredAreRefused()
    {
        CommandException refusal = Assert.Throws<CommandException>(() => _run.Train(epochs: 2).Verify(epochs: 3));
        Assert.Equal(ExitCodes.UserError, refusal.ExitCode);
        Assert.Contains("--epochs is 3, but run", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("has 2 epochs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AVerificationIsNotVerifiedButItsRunIs()
    {
        RunDetail verification = _run.Train().Get(_run.Verify().VerifyingRunId);
        CommandException refusal = Assert.Throws<CommandException>(() => VerificationPlan.Of(verification, epochs: null));
        Assert.Equal(ExitCodes.UserError, refusal.ExitCode);
        Assert.EndsWith($"Verify {_run.RunId} instead.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunWithoutEpochsHasNothingToCompare()
    {
        _run.Train(epochs: 1).Edit("delete from epoch");
        Assert.Contains("no stored epoch", Assert.Throws<CommandException>(() => _run.Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterruptedVerificationHasNoVerdict()
    {
        using CancellationTokenSource stop = new();
        SilentVerification view = new() { AfterEpoch = epoch => { if (epoch == 2) stop.Cancel(); } };
        VerificationOutcome outcome = _run.Train().Verify(view: view, cancellation: stop.Token);
        Assert.Null(outcome.Verification);
        Assert.Equal(2, outcome.Compared.Epochs);
        Assert.Empty(_run.Get().Verifications);
        Assert.Equal(RunStatus.Interrupted, _run.Get(outcome.VerifyingRunId).Run.Status);
    }

    [Theory]
    [InlineData("", Verdict.Verified)]
    [InlineData("update metric_summary set max_value = 1e9 where split = 'train' and name = 'loss'", Verdict.Mismatch)]
    public void AVerdictThatCannotBeStoredIsShownAllTheSame(string edit, Verdict verdict)
    {
        _run.Train();
        if (edit.Length > 0)
            _run.Edit(edit);
        SilentVerification view = new() { AfterEpoch = epoch => { if (epoch == 4) _run.Do("drop table verification"); } };   // any error of the file will do

        VerificationOutcome outcome = _run.Verify(view: view);

        Assert.Equal(verdict, outcome.Verification!.Verdict);
        Assert.Contains("SQLite reports", outcome.NotStored, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatIsResumedMeanwhileHasNoVerdict()
    {
        _run.Train(epochs: 3);
        const string Resume = "insert into resumption (run_id, epoch, epochs_cut, resumed_utc, previous_status, command_line, host, cpu_model, simd_path, threads, dotnet_version) "
            + "select id, 1, 2, '2026-11-21T12:00:00.0000000Z', 'interrupted', '[]', '', '', '', 1, '' from run where parent_run_id is null";
        SilentVerification view = new() { AfterEpoch = epoch => { if (epoch == 1) _run.Edit("delete from epoch where epoch > 1").Edit(Resume); } };

        CommandException refusal = Assert.Throws<CommandException>(() => _run.Verify(view: view));

        Assert.Equal(ExitCodes.RunFailed, refusal.ExitCode);
        Assert.Contains("was resumed while it was verified, so no verdict was stored", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_run.Get().Verifications);
    }

    [Fact]
    public void WhatANewerProgramMeasuresBesidesIsNoDifference()
    {
        _run.Train().Edit("delete from metric where name = 'active_units'").Edit("delete from metric_summary where name = 'active_units'")
            .Edit("delete from artifact where name in ('walk', 'samples')").SealAgain();
        RunDetail stored = _run.Get();

        VerificationOutcome outcome = _run.Verify();

        Assert.Equal(Verdict.Verified, outcome.Verification!.Verdict);
        Assert.Equal(["samples", "test.active_units", "validation.active_units", "walk"], outcome.Additions.Order(StringComparer.Ordinal));
        Assert.Equal(stored.Artifacts.Count, outcome.Compared.Artifacts);
        Assert.Equal(4 * (6 + 9) + stored.Metrics.Count(metric => metric.Split == "test"), outcome.Compared.Metrics);
    }

    const string AnotherProgram = "other", ThisProgram = "";

    [Theory]
    [InlineData("validation.active_units", "name = 'active_units'", 1)]
    [InlineData("test.sample_coverage", "name = 'sample_coverage'", null)]
    public void AMetricThatWasRemovedWithAllItsTracesIsNoticed(string name, string which, int? epoch)
    {
        TrainBy(ThisProgram).Edit($"delete from metric where {which}").Edit($"delete from metric_summary where {which}");
        VerificationOutcome outcome = _run.Verify();
        AssertMismatch(outcome, epoch, DifferenceKind.Metric, name);
        Assert.Empty(outcome.Additions);
        Assert.DoesNotContain(outcome.Verification!.LikelyCauses, cause => cause.Contains("new in this program", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("validation.active_units", "name = 'active_units'")]
    [InlineData("test.sample_coverage", "name = 'sample_coverage'")]
    public void OfAnotherProgramABrokenSealIsNamedBeforeWhatMayBeNew(string name, string which)
    {
        TrainBy(AnotherProgram).Edit($"delete from metric where {which}").Edit($"delete from metric_summary where {which}");
        VerificationOutcome outcome = _run.Verify();
        AssertMismatch(outcome, null, DifferenceKind.Summary, "seal");
        Assert.Contains(name, outcome.Additions);
        Assert.StartsWith("The stored run was changed after it was completed: ", outcome.Verification!.LikelyCauses[0], StringComparison.Ordinal);
        Assert.Matches($"^It has no .*{name}.*: removed, or new in this program\\.$", outcome.Verification.LikelyCauses[1]);
        Assert.Equal((4, 4), (outcome.Verification.EpochsCompared, outcome.Compared.Epochs));
    }

    [Fact]
    public void WhatIsNewInThisProgramHidesNoBrokenSeal()
    {
        TrainBy(AnotherProgram).Edit("delete from artifact where name = 'walk'").SealAgain().Edit("update epoch set seconds = 0.001 where epoch = 3");
        VerificationOutcome outcome = _run.Verify();
        AssertMismatch(outcome, null, DifferenceKind.Summary, "seal");
        Assert.Equal(["walk"], outcome.Additions);
        Assert.StartsWith("The stored run was changed after it was completed: ", outcome.Verification!.LikelyCauses[0], StringComparison.Ordinal);
        Assert.Equal("It has no walk: removed, or new in this program.", outcome.Verification.LikelyCauses[1]);
    }

    [Fact]
    public void WhatIsNewInThisProgramIsNotCountedAsEdited()
    {
        TrainBy(AnotherProgram).Edit("delete from artifact where name = 'walk'").SealAgain().Edit("update metric set value = 0.5 where split = 'test' and name = 'bce'");
        Assert.StartsWith("All epochs are equal to the last bit, but 1 metric is not: the stored run was edited after it was completed.", _run.Verify().Verification!.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete from artifact where name = 'final_weights'", "final_weights")]
    [InlineData("update artifact set content = x'00', sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' where name = 'walk'", "walk")]
    [InlineData("update artifact set name = 'stroll' where name = 'walk'", "stroll")]
    public void WhatAnotherProgramStoredMustBeThereAllTheSame(string edit, string name)
    {
        TrainBy(AnotherProgram).Edit(edit);
        AssertMismatch(_run.Verify(), null, DifferenceKind.Artifact, name);
    }

    [Theory]
    [InlineData("update metric set value = value * 1.0000001 where epoch = 3 and split = 'train' and name = 'loss'")]
    [InlineData("update epoch set seconds = 0.001 where epoch = 3")]
    [InlineData("delete from artifact where name = 'walk'")]
    public void AnEditBeyondThePrefixBreaksTheSeal(string edit)
    {
        _run.Train().Edit(edit);
        SilentVerification view = new();

        Verification verification = _run.Verify(epochs: 2, view: view).Verification!;

        Assert.Equal((Verdict.Mismatch, null, 2), (verification.Verdict, verification.FirstEpoch, verification.EpochsCompared));
        Assert.Equal((DifferenceKind.Summary, "seal"), (verification.Difference!.Kind, verification.Difference.Name));
        Assert.StartsWith("The stored run was changed after it was completed: ", verification.LikelyCauses[^1], StringComparison.Ordinal);
        Assert.Equal(verification.LikelyCauses, view.Start!.Notices);
    }

    [Fact]
    public void BytesThatAreNotThoseOfTheirDigestAreAMismatchBeyondThePrefixToo()
    {
        _run.Train().Edit("update artifact set content = zeroblob(bytes) where name = 'samples'");
        VerificationOutcome outcome = _run.Verify(epochs: 2);
        AssertMismatch(outcome, null, DifferenceKind.Artifact, "samples (its bytes against its own digest)");
        Assert.StartsWith("The stored artifact was edited: the bytes of samples have SHA-256 ", outcome.Verification!.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public void ACompletedRunWithoutASealIsComparedAndThatIsSaid(int? epochs)
    {
        _run.Train();
        Assert.Null(_run.Verify(epochs).Note);
        VerificationOutcome outcome = _run.Edit("update run set seal_sha256 = null where seal_sha256 is not null").Verify(epochs);
        Assert.Equal(Verdict.Verified, outcome.Verification!.Verdict);
        Assert.StartsWith("The completed run has no seal ", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutASealThisProgramsRunMustHaveAllThatItMakes()
    {
        TrainBy(ThisProgram).Edit("delete from artifact where name = 'walk'").Edit("update run set seal_sha256 = null where seal_sha256 is not null");
        VerificationOutcome outcome = _run.Verify();
        AssertMismatch(outcome, null, DifferenceKind.Artifact, "walk");
        Assert.Equal("All epochs are equal to the last bit, but the completed run has no walk: removed.", outcome.Verification!.LikelyCauses[0]);
    }

    [Theory]
    [InlineData(ThisProgram, Verdict.Mismatch)]
    [InlineData(AnotherProgram, Verdict.Verified)]
    public void ARunThatIsNotCompletedMustHaveTheMetricsThatItsProgramMeasures(string program, Verdict verdict)
    {
        TrainBy(program, epochs: 2).Edit("delete from metric where name = 'active_units'").Edit("delete from metric_summary where name = 'active_units'");
        Assert.Equal(verdict, _run.Verify().Verification!.Verdict);
    }

    [Fact]
    public void ARunThatIsNotCompletedHasNoSeal()
    {
        _run.Train(epochs: 2);
        Assert.Equal(Verdict.Verified, _run.Verify().Verification!.Verdict);
        Assert.Null(_run.Seal);
    }

    StoredExperiment TrainBy(string program, int? epochs = null) => _run.Train(epochs: epochs, provenance: truth => program == ThisProgram ? truth : truth with { ProgramSha256 = program });

    static void AssertMismatch(VerificationOutcome outcome, int? epoch, DifferenceKind kind, string name)
    {
        Verification verification = outcome.Verification!;
        Assert.Equal((Verdict.Mismatch, epoch, kind, name), (verification.Verdict, verification.FirstEpoch, verification.Difference!.Kind, verification.Difference.Name));
    }
}
