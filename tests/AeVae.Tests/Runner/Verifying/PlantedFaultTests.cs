using AeVae.Models;
using AeVae.Models.Checkpoints;
using AeVae.Runner.Execution;
using AeVae.Runner.Verifying;
using AeVae.Tests.Models;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Verifying;

/// <summary>Faults that were planted while a run was made: each has its verdict, its epoch, its tensor or metric, and its first cause.</summary>
public sealed class PlantedFaultTests : IDisposable
{
    readonly StoredExperiment _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void OneFlippedBitOfAWeightIsFoundInTheEpochThatTrainedWithIt()
    {
        _run.Train(between: (trainer, epoch) =>
        {
            if (epoch == 2)
                FlipBit(trainer, "encoder.0.weight", element: 17);
        });

        VerificationOutcome outcome = _run.Verify();

        Verification mismatch = Mismatch(outcome, epoch: 3, DifferenceKind.Tensor, "decoder.0.bias");
        Assert.StartsWith("Epochs 1 to 2 are equal to the last bit, so data, seed and arithmetic were the same: within epoch 3", mismatch.LikelyCauses[0], StringComparison.Ordinal);
        Assert.StartsWith("The code, the machine and the data are those of the stored run.", mismatch.LikelyCauses[1], StringComparison.Ordinal);
        Assert.Contains(outcome.Differences, difference => difference is { Kind: DifferenceKind.Metric, Name: "train.loss", StoredBits.Length: 18, ComputedBits.Length: 18 });
        Assert.Equal(3, _run.Get(outcome.VerifyingRunId).Run.EpochsDone);
    }

    [Fact]
    public void ABitFlippedAfterTheLastStepIsFoundInItsTensorAlone()
    {
        _run.Store(trainer =>
        {
            EpochRecord honest = RunRecords.Of(trainer.Run(CancellationToken.None).First());
            FlipBit(trainer, "decoder.1.weight", element: 0);
            Checkpoint state = trainer.Capture();
            return honest with
            {
                ParametersSha256 = state.ParametersSha256,
                Tensors = [.. state.ParameterTensors.Concat(state.OptimizerTensors).Select(StateDigest.Of).Select(tensor => new TensorRecord(tensor.Name, tensor.Sha256))],
                Metrics = [.. honest.Metrics.Select(metric => metric.Split == "validation" ? metric with { Value = Math.BitIncrement(metric.Value) } : metric)],
            };
        });

        Verification mismatch = Mismatch(_run.Verify(), epoch: 1, DifferenceKind.Tensor, "decoder.1.weight");
        Assert.StartsWith("Only 1 of 10 parameter tensors differ after epoch 1", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherShuffleIsNamedAsSuch()
    {
        _run.Store(trainer =>
        {
            int[] order = trainer.StartEpoch(1);
            Array.Reverse(order);
            for (int first = 0; first < order.Length; first += 8)
                trainer.TrainStep(order.AsSpan(first, Math.Min(8, order.Length - first)), 1e-2, 1);
            Checkpoint state = trainer.Capture();
            return new EpochRecord(1, [], state.ParametersSha256, state.OptimizerSha256, AeVae.Data.Batches.EpochOrder.Sha256(order),
                [.. state.ParameterTensors.Concat(state.OptimizerTensors).Select(StateDigest.Of).Select(tensor => new TensorRecord(tensor.Name, tensor.Sha256))], 1, 1);
        });

        Verification mismatch = Mismatch(_run.Verify(), epoch: 1, DifferenceKind.Order, null);
        Assert.StartsWith("The images of epoch 1 were seen in another order", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OneImageFewerIsAnotherOrder()
    {
        _run.Train();
        _run.Splits = SmallData.Splits(train: 44);
        Assert.StartsWith("The images of epoch 1 were seen in another order: their number,", Mismatch(_run.Verify(), 1, DifferenceKind.Order, null).LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OneChangedPixelIsNamedBeforeTrainingAndFoundInTheFirstEpoch()
    {
        using IdxFolder images = new();
        _run.Splits = images.Load();
        _run.Train();
        images.ChangeTrainingPixel(5);
        _run.Splits = images.Load();
        SilentVerification view = new();

        VerificationOutcome outcome = _run.Verify(view: view);

        Assert.StartsWith("The data changed: train-images-idx3-ubyte has SHA-256 ", Assert.Single(view.Start!.Notices), StringComparison.Ordinal);
        Verification mismatch = Mismatch(outcome, epoch: 1, DifferenceKind.Tensor, "decoder.0.bias");
        Assert.Equal(view.Start.Notices[0], mismatch.LikelyCauses[0]);
        Assert.StartsWith("All 10 parameter tensors differ from the first epoch on", mismatch.LikelyCauses[1], StringComparison.Ordinal);
    }

    [Fact]
    public void AChangedPixelThatNoEpochLookedAtIsAMismatchOfTheData()
    {
        using IdxFolder images = new();
        _run.Splits = images.Load();
        _run.Train(epochs: 2);
        images.ChangeTestPixel(5);
        _run.Splits = images.Load();

        Verification mismatch = Mismatch(_run.Verify(), epoch: null, DifferenceKind.Data, "t10k-images-idx3-ubyte");
        Assert.Equal(2, mismatch.EpochsCompared);
        Assert.StartsWith("The data changed: t10k-images-idx3-ubyte", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OtherInitialWeightsDifferFromTheFirstEpochOnInTheSameOrder()
    {
        _run.Store(trainer =>
        {
            FlipBit(trainer, "encoder.0.weight", element: 17);
            return RunRecords.Of(trainer.Run(CancellationToken.None).First());
        });

        Verification mismatch = Mismatch(_run.Verify(), epoch: 1, DifferenceKind.Tensor, "decoder.0.bias");
        Assert.StartsWith("All 10 parameter tensors differ from the first epoch on, in the same order of images", mismatch.LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void CodeAndMachineAreNamedWhenBitsDifferInTheOrderOfSuspicion()
    {
        _run.Train(
            between: (trainer, epoch) => FlipBit(trainer, "encoder.0.weight", element: 17),
            provenance: truth => truth with { GitCommit = "301c0843a2ffb14d", ProgramSha256 = "another", SimdPath = "neon", DotnetVersion = "11.0.1", Threads = 64 });

        IReadOnlyList<string> causes = Mismatch(_run.Verify(), epoch: 2, DifferenceKind.Tensor, "decoder.0.bias").LikelyCauses;

        Assert.Equal(3, causes.Count);
        Assert.StartsWith("Epoch 1 is equal to the last bit", causes[0], StringComparison.Ordinal);
        Assert.StartsWith("The code may differ: the run was made at commit 301c0843a2ff, this is outside of git", causes[1], StringComparison.Ordinal);
        Assert.Matches(@"^The machine differs: arithmetic was neon, is \w+; threads was 64, is 1; \.NET was 11\.0\.1, is [^;]+\. By the numeric contract none of this decides a bit", causes[2]);
    }

    [Fact]
    public void ARunThatWasResumedWhereItDiffersIsSuspectedOfTheResumption()
    {
        _run.Train(between: (trainer, epoch) =>
        {
            if (epoch == 2)
                FlipBit(trainer, "encoder.0.weight", element: 17);
        });
        _run.Edit($"""
            insert into resumption (run_id, epoch, epochs_cut, resumed_utc, previous_status, command_line, git_commit, host, cpu_model, simd_path, threads, dotnet_version)
            values ('{_run.RunId}', 2, 1, '2026-11-21T10:00:00.0000000Z', 'crashed', '[]', '301c0843a2ffb14d', 'box', 'cpu', 'neon', 2, '10')
            """);
        Assert.StartsWith("The stored run had stopped and went on from the checkpoint of epoch 2 on 2026-11-21 at commit 301c0843a2ff", Mismatch(_run.Verify(), epoch: 3, DifferenceKind.Tensor, "decoder.0.bias").LikelyCauses[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OtherCodeThatGivesTheSameBitsIsNoCauseOfAnything()
    {
        _run.Train(provenance: truth => truth with { GitCommit = "301c0843a2ffb14d", SimdPath = "neon" });
        Verification verified = _run.Verify().Verification!;
        Assert.Equal(Verdict.Verified, verified.Verdict);
        Assert.Empty(verified.LikelyCauses);
    }

    static void FlipBit(Trainer trainer, string tensor, int element)
    {
        Checkpoint state = trainer.Capture();
        float[] values = state.ParameterTensors.Single(stored => stored.Name == tensor).Values;
        values[element] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[element]) ^ (1 << 21));
        trainer.Restore(state);
    }

    Verification Mismatch(VerificationOutcome outcome, int? epoch, DifferenceKind kind, string? name)
    {
        Verification verification = outcome.Verification!;
        Assert.Equal((Verdict.Mismatch, epoch, kind, name), (verification.Verdict, verification.FirstEpoch, verification.Difference!.Kind, verification.Difference.Name));
        Assert.Equal(Verdict.Mismatch, _run.Get().Run.Verification);
        Assert.Equal(verification.LikelyCauses, Assert.Single(_run.Get().Verifications).LikelyCauses);
        return verification;
    }
}
