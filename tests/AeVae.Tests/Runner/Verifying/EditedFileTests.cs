using System.Globalization;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Verifying;

/// <summary>Results that were edited after the run: what was edited is named, and that it was edited.</summary>
public sealed class EditedFileTests : IDisposable
{
    readonly StoredExperiment _run = new StoredExperiment().Train();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("train", "loss")]
    [InlineData("validation", "loss")]
    [InlineData("validation", "kl")]
    public void AnEditedMetricIsNamedWithBothValuesToTheBit(string split, string name)
    {
        double honest = _run.Metric(split, name, epoch: 2), edited = Math.BitDecrement(honest);
        _run.Edit(string.Create(CultureInfo.InvariantCulture, $"update metric set value = {edited:R} where epoch = 2 and split = '{split}' and name = '{name}'"));

        Verification mismatch = Mismatch(2, DifferenceKind.Metric, $"{split}.{name}");

        Difference difference = mismatch.Difference!;
        Assert.Equal((edited.ToString("R", CultureInfo.InvariantCulture), honest.ToString("R", CultureInfo.InvariantCulture)), (difference.Stored, difference.Computed));
        Assert.Equal($"0x{BitConverter.DoubleToInt64Bits(edited):X16}", difference.StoredBits);
        Assert.Equal($"0x{BitConverter.DoubleToInt64Bits(honest):X16}", difference.ComputedBits);
        Assert.StartsWith("The stored number was edited after the run was completed. ", Assert.Single(mismatch.LikelyCauses), StringComparison.Ordinal);
        Assert.Contains("so are 15 of 16 metrics", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AMetricThatWasRemovedIsNamed()
    {
        _run.Edit("delete from metric where epoch = 3 and split = 'validation' and name = 'mse'");
        Difference difference = Mismatch(3, DifferenceKind.Metric, "validation.mse").Difference!;
        Assert.Null(difference.Stored);
    }

    [Fact]
    public void WhenAllOfTheValidationDiffersTheEvaluationIsSuspectedToo()
    {
        _run.Edit("update metric set value = value + 1 where epoch = 1 and split = 'validation'").SealAgain();
        Assert.Contains("the evaluation or the validation images differ", Mismatch(1, DifferenceKind.Metric, "validation.loss").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update metric_summary set last_value = last_value - 1 where split = 'validation' and name = 'loss'", "last validation.loss")]
    [InlineData("update metric_summary set best_value = best_value - 1 where split = 'test' and name = 'bce'", "best test.bce")]
    [InlineData("update metric_summary set best_value = null where split = 'test' and name = 'bce'", "best test.bce")]
    [InlineData("update metric_summary set best_epoch = 1 where split = 'test' and name = 'bce'", "best epoch of test.bce")]
    [InlineData("update metric_summary set last_epoch = 9 where split = 'train' and name = 'loss'", "last epoch of train.loss")]
    [InlineData("update metric_summary set min_value = min_value - 1 where split = 'train' and name = 'loss'", "least train.loss")]
    [InlineData("update metric_summary set max_value = null where split = 'train' and name = 'loss'", "greatest train.loss")]
    [InlineData("delete from metric_summary where split = 'train' and name = 'loss'", "last train.loss")]
    public void ASummaryThatIsNotThatOfTheHistoryIsAMismatch(string edit, string name)
    {
        _run.Edit(edit);
        Assert.StartsWith("The stored summary and history contradict each other, so one of them was edited: `list` and `show` say", Mismatch(null, DifferenceKind.Summary, name).LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ManySummariesDoNotHideTheSeal()
    {
        _run.Edit("update metric_summary set max_value = 1e9").Edit("update epoch set seconds = 0.001");
        Assert.Contains(_run.Verify(epochs: 1).Verification!.LikelyCauses, cause => cause.StartsWith("The stored run was changed after it was completed: ", StringComparison.Ordinal));
    }

    [Fact]
    public void AnEditedTestMetricIsFoundAtTheEnd()
    {
        _run.Edit("update metric set value = value * 0.999 where split = 'test' and name = 'bce'").Edit("update metric_summary set last_value = last_value * 0.999, best_value = best_value * 0.999 where split = 'test' and name = 'bce'");
        Verification mismatch = Mismatch(null, DifferenceKind.Metric, "test.bce");
        Assert.Equal(4, mismatch.EpochsCompared);
        Assert.StartsWith("All epochs are equal to the last bit, but 1 metric is not: the stored run was edited after it was completed.", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AMetricOfAnEpochThatIsNotThereIsAMismatch()
    {
        _run.Edit("insert into metric select run_id, 9, split, name, value, kind from metric where epoch = 4 and split = 'train' and name = 'loss'")
            .Edit("update metric_summary set last_epoch = 9 where split = 'train' and name = 'loss'");
        Assert.StartsWith("The stored history was edited: train.loss of epoch 9", Mismatch(null, DifferenceKind.Metric, "train.loss of epoch 9").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update epoch set parameters_sha256 = 'ab' || substr(parameters_sha256, 3) where epoch = 2", 2, DifferenceKind.Parameters, null, "every parameter tensor of epoch 2 is equal")]
    [InlineData("update epoch_tensor set sha256 = 'ab' || substr(sha256, 3) where epoch = 3 and tensor = 'encoder.0.bias'", 3, DifferenceKind.Tensor, "encoder.0.bias", "so encoder.0.bias had its own too")]
    [InlineData("update epoch_tensor set sha256 = 'ab' || substr(sha256, 3) where epoch = 3 and tensor like 'optimizer%encoder.0.bias'", 3, DifferenceKind.Tensor, "optimizer.exp_avg.encoder.0.bias", "had its own too")]
    [InlineData("update epoch set order_sha256 = 'ab' || substr(order_sha256, 3) where epoch = 1", 1, DifferenceKind.Order, null, "epoch 1 ended with the same parameters")]
    public void AnEditedDigestContradictsTheOthersOfItsEpoch(string edit, int epoch, DifferenceKind kind, string? name, string cause)
    {
        _run.Edit(edit);
        Verification mismatch = Mismatch(epoch, kind, name);
        Assert.StartsWith("The stored number was edited: ", mismatch.LikelyCauses[0], StringComparison.Ordinal);
        Assert.Contains(cause, mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void DigestsEditedInConcertContradictTheMetrics()
    {
        _run.Edit("update epoch set parameters_sha256 = 'ab' || substr(parameters_sha256, 3) where epoch = 2").Edit("update epoch_tensor set sha256 = 'ab' || substr(sha256, 3) where epoch = 2 and tensor = 'decoder.1.bias'");
        Assert.StartsWith("Stored digests were edited: every metric that was measured with the parameters of epoch 2", Mismatch(2, DifferenceKind.Tensor, "decoder.1.bias").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AnOptimiserThatDiffersAloneHadAnotherState()
    {
        _run.Edit("update epoch set optimizer_sha256 = 'ab' || substr(optimizer_sha256, 3) where epoch = 2");
        Assert.StartsWith("The parameters of epoch 2 are equal, but the optimiser's state is not", Mismatch(2, DifferenceKind.Optimizer, null).LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AnEditedConfigurationIsExecutedAndNamedFirst()
    {
        _run.Edit("update experiment set config_json = replace(config_json, '\"learning_rate\":0.01', '\"learning_rate\":0.02')");
        SilentVerification view = new();

        Verification mismatch = Mismatch(1, DifferenceKind.Tensor, "decoder.0.bias", view);

        Assert.Contains("train.learning_rate is 0.02 where it is executed", mismatch.LikelyCauses[0], StringComparison.Ordinal);
        Assert.Contains("and 0.01 where it is shown", mismatch.LikelyCauses[0], StringComparison.Ordinal);
        Assert.StartsWith("The stored configuration was edited: its SHA-256", mismatch.LikelyCauses[1], StringComparison.Ordinal);
        Assert.Equal(mismatch.LikelyCauses.Take(2), view.Start!.Notices);
    }

    [Fact]
    public void AParameterThatIsShownButWasNotExecutedIsAMismatch()
    {
        _run.Edit("update run_param set value = '0.001' where key = 'train.learning_rate'");
        Difference difference = Mismatch(null, DifferenceKind.Configuration, "train.learning_rate").Difference!;
        Assert.Equal(("0.001", "0.01"), (difference.Stored, difference.Computed));
    }

    [Theory]
    [InlineData("effective_beta = 7", "run.effective_beta", "7")]
    [InlineData("effective_beta = null", "run.effective_beta", null)]
    [InlineData("parameter_count = 3", "run.parameter_count", "3")]
    [InlineData("epochs_planned = 99", "run.epochs_planned", "99")]
    public void WhatFollowsFromTheConfigurationIsCompared(string edit, string name, string? stored)
    {
        _run.Edit($"update run set {edit}");
        Assert.Equal(stored, Mismatch(null, DifferenceKind.Configuration, name).Difference!.Stored);
    }

    [Theory]
    [InlineData("update metric set value = null, kind = 'nan' where split = 'test' and name = 'mse'")]   // a history without a finite value
    [InlineData("update metric set value = null, kind = 'inf' where split = 'test' and name = 'mse'")]
    [InlineData("pragma foreign_keys = off; delete from metric_definition where name = 'mse'")]
    public void AnEditThatLeavesNothingToCompareWithIsAMismatchAndNoBug(string edit)
    {
        _run.Edit(edit);
        Assert.Equal(Verdict.Mismatch, _run.Verify().Verification!.Verdict);
    }

    [Fact]
    public void ATimeOfAnotherProgramIsExplained()
    {
        _run.Edit("update run set started_utc = '2026-11-28T13:51:23Z'");
        Assert.Contains("the time '2026-11-28T13:51:23Z' is not as AeVae writes it", Assert.Throws<StorageException>(() => _run.Verify()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update run set seed = 'x'")]
    [InlineData("update provenance set command_line = '{'")]
    public void AValueThatIsNoneIsNoBug(string edit)
    {
        _run.Edit(edit);
        Assert.Contains("a value is not as AeVae writes it", Assert.Throws<StorageException>(() => _run.Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AConfigurationThatCannotBeExecutedSaysThatItWasEdited()
    {
        _run.Edit("update experiment set config_json = replace(config_json, '\"vae\"', '\"gan\"')");
        CommandException refusal = Assert.Throws<CommandException>(() => _run.Verify());
        Assert.Equal(ExitCodes.UserError, refusal.ExitCode);
        Assert.Contains("was edited, since its SHA-256 is not the one that is stored with it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AConfigurationEditedUntilTheLossExplodesIsAMismatchToo()
    {
        _run.Edit("update experiment set config_json = replace(config_json, '\"learning_rate\":0.01', '\"learning_rate\":1000000')");
        Verification mismatch = _run.Verify().Verification!;
        Assert.Equal((Verdict.Mismatch, 1), (mismatch.Verdict, mismatch.FirstEpoch));
        Assert.Contains("train.learning_rate", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ARemovedEpochIsNamed()
    {
        _run.Edit("delete from epoch where epoch = 2");
        Verification mismatch = Mismatch(2, DifferenceKind.Parameters, null);
        Assert.Contains(mismatch.LikelyCauses, cause => cause.StartsWith("Epoch 2 is not stored, though the run trained it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("update run set epochs_done = 3")]
    public void ALastEpochThatWasRemovedWithAllThatItLeftIsNamed(string cover)
    {
        _run.Edit("delete from epoch where epoch = 4").Edit("delete from metric where epoch = 4").Edit("delete from metric_summary").Edit("delete from artifact");
        if (cover.Length > 0)
            _run.Edit(cover);

        Verification mismatch = Mismatch(4, DifferenceKind.Parameters, null);

        Assert.Equal((4, 4), (mismatch.EpochsCompared, mismatch.EpochsStored));
        Assert.Contains(mismatch.LikelyCauses, cause => cause.StartsWith("Epoch 4 is not stored, though the run trained it", StringComparison.Ordinal));
    }

    [Fact]
    public void ARunThatSaysThatItHasFewerEpochsIsAMismatch()
    {
        _run.Edit("update run set epochs_done = 3");
        Assert.StartsWith("The stored run was edited: it says that it has 3 epochs", Mismatch(null, DifferenceKind.Summary, "epochs_done").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ACompletedRunWithoutItsEndIsAMismatch()
    {
        _run.Edit("delete from artifact").Edit("delete from metric where split = 'test'").Edit("delete from metric_summary where split = 'test'");
        Assert.Contains("but the completed run has no test.loss, ", Mismatch(null, DifferenceKind.Metric, "test.loss").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples")]
    [InlineData("final_weights")]
    public void AnArtifactThatWasRemovedIsNamed(string name)
    {
        _run.Edit($"delete from artifact where name = '{name}'");
        Assert.Contains($"but the completed run has no {name}: removed", Mismatch(null, DifferenceKind.Artifact, name).LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ATestMetricThatWasRemovedIsNamed()
    {
        _run.Edit("delete from metric where split = 'test' and name = 'mse'").Edit("delete from metric_summary where split = 'test' and name = 'mse'");
        Assert.Null(Mismatch(null, DifferenceKind.Metric, "test.mse").Difference!.Stored);
    }

    [Fact]
    public void ATestMetricOfAnEarlierEpochIsAMismatchThoughItsSummaryAgrees()
    {
        _run.Edit("insert into metric select run_id, 3, split, name, 1.0, null from metric where split = 'test' and name = 'loss'")
            .Edit("update metric_summary set best_value = 1.0, best_epoch = 3, min_value = 1.0 where split = 'test' and name = 'loss'");
        Assert.Contains("test.loss of epoch 3 is stored, but test images are measured once", Mismatch(null, DifferenceKind.Metric, "test.loss of epoch 3").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update artifact set content = zeroblob(100), bytes = 100 where name = 'samples'", "samples (its bytes against its own digest)")]
    [InlineData("update artifact set sha256 = 'ab' where name = 'samples'", "samples (its bytes against its own digest)")]
    public void AnEditedArtifactContradictsItsDigest(string edit, string name)
    {
        _run.Edit(edit);
        Assert.StartsWith("The stored artifact was edited: the bytes of samples have SHA-256 ", Mismatch(null, DifferenceKind.Artifact, name).LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void WithAnIntactSealANumberWasMeasuredInAnotherWayOrSealedAnew()
    {
        _run.Edit("update metric set value = value * 1.01 where epoch = 2 and split = 'train' and name = 'loss'").SealAgain();
        Assert.StartsWith("The stored number is measured in another way now, or was edited and the run sealed anew. ", Mismatch(2, DifferenceKind.Metric, "train.loss").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AnArtifactOfAnotherRunIsNoneOfThisOne()
    {
        byte[] content = NpyArray.Write(new byte[] { 1, 2, 3 });
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        _run.Edit($"update artifact set content = x'{Convert.ToHexString(content)}', sha256 = '{sha256}' where name = 'samples'");

        VerificationOutcome outcome = _run.Verify();

        Assert.Equal((DifferenceKind.Artifact, "samples", sha256), (outcome.Verification!.Difference!.Kind, outcome.Verification.Difference.Name, outcome.Verification.Difference.Stored));
        Assert.Equal(["samples"], _run.Get(outcome.VerifyingRunId).Artifacts.Select(artifact => artifact.Name));
    }

    [Fact]
    public void FinalWeightsMustBeThoseOfTheLastEpoch()
    {
        byte[] content = System.Text.Encoding.UTF8.GetBytes("{\"parameters_sha256\":\"abc\",\"file\":\"x\"}");
        _run.Edit($"update artifact set content = x'{Convert.ToHexString(content)}', sha256 = '{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))}' where name = 'final_weights'");
        Assert.Equal("abc", Mismatch(null, DifferenceKind.Artifact, "final_weights").Difference!.Stored);
    }

    [Fact]
    public void SummariesThatContradictOneHistoryAreOneCause()
    {
        _run.Edit("update metric set value = value * 0.9 where split = 'test' and name = 'bce'");

        IReadOnlyList<string> causes = _run.Verify().Verification!.LikelyCauses;
        Assert.Single(causes, cause => cause.Contains("contradict each other", StringComparison.Ordinal));
    }

    Verification Mismatch(int? epoch, DifferenceKind kind, string? name, SilentVerification? view = null)
    {
        Verification verification = _run.Verify(view: view).Verification!;
        Assert.Equal((Verdict.Mismatch, epoch, kind, name), (verification.Verdict, verification.FirstEpoch, verification.Difference!.Kind, verification.Difference.Name));
        return verification;
    }
}
