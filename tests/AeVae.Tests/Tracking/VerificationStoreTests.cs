using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class VerificationStoreTests : IDisposable
{
    readonly ResultsFolder _results = new();
    readonly RunStore _store;
    readonly string _run, _verifying;

    public VerificationStoreTests()
    {
        _store = _results.OpenStore();
        _run = Add(ResultsFolder.Run() with { Tags = ["s0"] }, loss: 100);
        _verifying = Add(ResultsFolder.Run() with { ParentRunId = _run, Tags = ["s0"] }, loss: 90);
    }

    public void Dispose()
    {
        _store.Dispose();
        _results.Dispose();
    }

    [Fact]
    public void AVerdictComesBackAsItWasAndIsThatOfTheRun()
    {
        Verification mismatch = new()
        {
            RunId = _run,
            VerifyingRunId = _verifying,
            Verdict = Verdict.Mismatch,
            EpochsCompared = 3,
            EpochsStored = 50,
            FirstEpoch = 3,
            Difference = new(DifferenceKind.Metric, "validation.loss", "105.5", "105.25") { StoredBits = "0x405A600000000000", ComputedBits = "0x405A500000000000" },
            LikelyCauses = ["The stored number was edited: „Größe“ 1 → 2", "Another cause"],
        };

        _store.AddVerification(mismatch);

        RunDetail run = Get(_run);
        Verification stored = Assert.Single(run.Verifications);
        Assert.Equal(mismatch.LikelyCauses, stored.LikelyCauses);
        Assert.Equal(mismatch, stored with { FinishedAt = default, LikelyCauses = mismatch.LikelyCauses });
        Assert.True(DateTimeOffset.UtcNow - stored.FinishedAt < TimeSpan.FromMinutes(1));
        Assert.Equal((Verdict.Mismatch, null), (run.Run.Verification, run.Run.EpochsVerified));
    }

    [Fact]
    public void TheLongestOneThatVerifiedCounts()
    {
        Assert.Equal((Verdict.Unverified, null), (Get(_run).Run.Verification, Get(_run).Run.EpochsVerified));
        _store.AddVerification(Verified(epochs: 50));
        _store.AddVerification(Verified(epochs: 3));
        Assert.Equal((Verdict.Verified, 50), (Get(_run).Run.Verification, Get(_run).Run.EpochsVerified));
        Assert.Equal([true, false], Get(_run).Verifications.Select(verification => verification.IsWhole));
    }

    [Fact]
    public void AMismatchStandsUntilALaterVerificationHasComparedAsFar()
    {
        _store.AddVerification(Verified(epochs: 50));
        _store.AddVerification(Verified(epochs: 8) with { Verdict = Verdict.Mismatch, FirstEpoch = 8 });
        Assert.Equal(Verdict.Mismatch, Get(_run).Run.Verification);
        _store.AddVerification(Verified(epochs: 7));
        Assert.Equal((Verdict.Mismatch, 8), (Get(_run).Run.Verification, Get(_run).FindDecisive()!.FirstEpoch));
        _store.AddVerification(Verified(epochs: 8));
        Assert.Equal((Verdict.Verified, 50), (Get(_run).Run.Verification, Get(_run).FindDecisive()!.EpochsCompared));
    }

    [Fact]
    public void AMismatchOfWhatStandsBesideTheEpochsNeedsAWholeVerification()
    {
        _store.AddVerification(Verified(epochs: 3) with { Verdict = Verdict.Mismatch });
        _store.AddVerification(Verified(epochs: 49));
        Assert.Equal(Verdict.Mismatch, Get(_run).Run.Verification);
        _store.AddVerification(Verified(epochs: 50));
        Assert.Equal(Verdict.Verified, Get(_run).Run.Verification);
    }

    [Fact]
    public void AVerdictLosesTheEpochsThatAreTrainedAgain()
    {
        _store.AppendEpoch(_run, ResultsFolder.Epoch(2));
        _store.AppendEpoch(_run, ResultsFolder.Epoch(3));
        _store.FinishRun(_run, RunStatus.Interrupted);
        _store.AddVerification(Verified(epochs: 3) with { EpochsStored = 3 });
        _store.AddVerification(Verified(epochs: 3) with { EpochsStored = 3, Verdict = Verdict.Mismatch, FirstEpoch = 3 });

        _store.ResumeRun(_run, 2, ResultsFolder.Provenance);
        Assert.Equal((Verdict.Verified, 2), (Get(_run).Run.Verification, Get(_run).Run.EpochsVerified));
        _store.AppendEpoch(_run, ResultsFolder.Epoch(3));
        Assert.False(Get(_run).FindDecisive()!.IsWhole);

        _store.FinishRun(_run, RunStatus.Interrupted);
        _store.ResumeRun(_run, 0, ResultsFolder.Provenance);
        Assert.Equal((Verdict.Unverified, null), (Get(_run).Run.Verification, Get(_run).Run.EpochsVerified));
        Assert.Empty(Get(_run).Verifications);
    }

    [Fact]
    public void AMismatchThatWasTakenBackIsNotTheOneThatStands()
    {
        _store.AddVerification(Verified(epochs: 9) with { Verdict = Verdict.Mismatch, FirstEpoch = 9 });
        _store.AddVerification(Verified(epochs: 4) with { Verdict = Verdict.Mismatch, FirstEpoch = 4 });
        _store.AddVerification(Verified(epochs: 5));
        Assert.Equal((Verdict.Mismatch, 9), (Get(_run).Run.Verification, Get(_run).FindDecisive()!.FirstEpoch));
    }

    [Fact]
    public void VerifyingRunsAreListedOnlyWhenAskedFor()
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([_run], queries.List(new RunFilter()).Select(run => run.Id));
        Assert.Equal([_run], queries.List(new RunFilter { Sort = "val.loss" }).Select(run => run.Id));
        Assert.Equal([_verifying, _run], queries.List(new RunFilter { Verifications = true }).Select(run => run.Id));
        Assert.Equal(_run, queries.List(new RunFilter { Verifications = true })[0].ParentRunId);
    }

    [Theory]
    [InlineData("vae-lr1e-4")]
    [InlineData("experiments/vae.yaml")]
    [InlineData("@last")]
    [InlineData("@1")]
    [InlineData("@best:val.loss")]
    [InlineData("tag:s0")]
    public void SelectorsMeanRunsThatWereTrainedAndNotTheirVerifications(string selector)
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([_run], queries.Resolve(selector));
    }

    [Fact]
    public void AVerifyingRunIsReachedByItsId()
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal([_verifying], queries.Resolve(_verifying));
        Assert.Equal([_verifying], queries.Resolve(_verifying[^4..]));
        Assert.Equal(_run, queries.Get(_verifying).ParentRunId);
        Assert.Throws<NoSuchRunException>(() => queries.Resolve("@2"));
    }

    [Fact]
    public void AnEpochComesBackWithoutTestMetrics()
    {
        _store.AppendFinalMetrics(_run, 1, [new("test", "loss", 1)]);
        using RunQueries queries = RunQueries.Open(_results.Path);
        EpochRecord expected = ResultsFolder.Epoch(1, new MetricRecord("train", "loss", -0.0), new MetricRecord("validation", "loss", 100));
        EpochRecord epoch = queries.GetEpoch(_run, 1)!;
        Assert.Equal(expected.Metrics, epoch.Metrics);
        Assert.Equal(expected.Tensors, epoch.Tensors);
        Assert.Equal(expected, epoch with { Metrics = expected.Metrics, Tensors = expected.Tensors });
        Assert.Null(queries.GetEpoch(_run, 2));
    }

    Verification Verified(int epochs) =>
        new() { RunId = _run, VerifyingRunId = _verifying, Verdict = Verdict.Verified, EpochsCompared = epochs, EpochsStored = 50 };

    string Add(NewRun run, double loss)
    {
        string id = _store.BeginRun(run);
        _store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", -0.0), new MetricRecord("validation", "loss", loss)));
        return id;
    }

    RunDetail Get(string id)
    {
        using RunQueries queries = RunQueries.Open(_results.Path);
        return queries.Get(id);
    }
}
