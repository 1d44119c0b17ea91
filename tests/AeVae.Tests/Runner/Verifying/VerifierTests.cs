using AeVae.Runner.Commands;
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

    [Theory]
    [InlineData("validation.active_units", "name = 'active_units'")]
    [InlineData("test.sample_coverage", "name = 'sample_coverage'")]
    public void AMetricThatWasRemovedWithAllItsTracesIsMissed(string name, string which)
    {
        _run.Train(provenance: truth => truth with { ProgramSha256 = "other" }).Edit($"delete from metric where {which}").Edit($"delete from metric_summary where {which}");
        VerificationOutcome outcome = _run.Verify();
        Assert.Equal((Verdict.Mismatch, DifferenceKind.Metric, name), (outcome.Verification!.Verdict, outcome.Verification.Difference!.Kind, outcome.Verification.Difference.Name));
        Assert.Empty(outcome.Additions);
    }

    [Theory]
    [InlineData("delete from artifact where name = 'final_weights'", "final_weights")]
    [InlineData("delete from artifact where name = 'walk'", "walk")]
    [InlineData("update artifact set content = x'00', sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d' where name = 'walk'", "walk")]
    [InlineData("update artifact set name = 'stroll' where name = 'walk'", "stroll")]
    public void WhatAnotherProgramStoredMustBeThereAllTheSame(string edit, string name)
    {
        _run.Train(provenance: truth => truth with { ProgramSha256 = "other" }).Edit(edit);
        Verification verification = _run.Verify().Verification!;
        Assert.Equal((Verdict.Mismatch, DifferenceKind.Artifact, name), (verification.Verdict, verification.Difference!.Kind, verification.Difference.Name));
    }

    [Theory]
    [InlineData("update metric set value = value * 1.0000001 where epoch = 3 and split = 'train' and name = 'loss'", "The stored run was changed after it was completed: ")]
    [InlineData("update epoch set seconds = 0.001 where epoch = 3", "The stored run was changed after it was completed: ")]
    [InlineData("delete from artifact where name = 'walk'", "The stored run was changed after it was completed: ")]
    [InlineData("update run set seal_sha256 = null", "The completed run has no seal ")]
    public void AnEditBeyondThePrefixBreaksTheSeal(string edit, string cause)
    {
        _run.Train().Edit(edit);
        SilentVerification view = new();

        Verification verification = _run.Verify(epochs: 2, view: view).Verification!;

        Assert.Equal((Verdict.Mismatch, null, 2), (verification.Verdict, verification.FirstEpoch, verification.EpochsCompared));
        Assert.Equal((DifferenceKind.Summary, "seal"), (verification.Difference!.Kind, verification.Difference.Name));
        Assert.StartsWith(cause, verification.LikelyCauses[^1], StringComparison.Ordinal);
        Assert.Equal(verification.LikelyCauses, view.Start!.Notices);
    }

    [Fact]
    public void ARunThatIsNotCompletedHasNoSeal()
    {
        _run.Train(epochs: 2);
        Assert.Equal(Verdict.Verified, _run.Verify().Verification!.Verdict);
        Assert.Null(_run.Seal);
    }
}
