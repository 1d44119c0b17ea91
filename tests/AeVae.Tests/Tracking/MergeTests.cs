using AeVae.Tracking;
using AeVae.Tracking.Merging;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Tracking;

/// <summary>What another file knows comes in once, and never in place of something else.</summary>
public sealed class MergeTests : IDisposable
{
    readonly ResultsFolder _here = new();
    readonly ResultsFolder _there = new();

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void ARunComesInWithAllThatBelongsToItAndOnlyOnce()
    {
        string own = Train(_here, 1), id = Train(_there, 2);
        using (RunStore store = _there.OpenStore())
        {
            store.AddWarning(id, 1, "careful");
            store.AddArtifact(id, new Artifact("samples", "array", "application/x-npy", [1, 2, 3], null));
            store.AddVerification(new Verification { RunId = id, Verdict = Verdict.Verified, EpochsCompared = 2, EpochsStored = 2 });
        }

        Assert.Equal([id], Merge().Runs.Added);
        MergeResult again = Merge();

        Assert.Equal((0, 0, 1), (again.Runs.Added.Count, again.Runs.Updated.Count, again.Runs.Unchanged.Count));
        Assert.Equal(StoredBits.Of(_there.Path, id), StoredBits.Of(_here.Path, id));
        using RunQueries queries = RunQueries.Open(_here.Path);
        RunDetail run = queries.Get(id);
        Assert.Equal([1, 2, 3], queries.GetArtifact(id, "samples")!);
        Assert.Equal("careful", Assert.Single(run.Warnings).Message);
        Assert.Equal(Verdict.Verified, run.Run.Verification);
        Assert.Single(run.Verifications);
        Assert.Equal(["seed", "train.learning_rate"], run.Parameters.Select(parameter => parameter.Key));
        Assert.Equal("box", run.Provenance!.Host);
        Assert.Equal(2, queries.List(new RunFilter()).Count);
        Assert.Equal(1, queries.Get(own).Run.EpochsDone);
    }

    [Fact]
    public void ARunThatHasGoneOnThereIsBroughtUpToDateAndNeverBack()
    {
        string id = Train(_there, 2);
        Merge();
        using (RunStore store = _there.OpenStore())
        {
            store.AppendEpoch(id, Epoch(3));
            store.FinishRun(id, RunStatus.Completed);
        }

        string older = Path.Combine(_here.Folder, "older.db");
        File.Copy(_here.Path, older);
        Assert.Equal([id], Merge().Runs.Updated);
        using (RunStore store = RunStore.Open(_here.Path))
            Assert.Equal([id], store.Merge(older).Runs.Unchanged);

        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Equal((RunStatus.Completed, 3), (queries.Get(id).Run.Status, queries.Get(id).Run.EpochsDone));
        Assert.Equal(StoredBits.Of(_there.Path, id), StoredBits.Of(_here.Path, id));
    }

    [Fact]
    public void ARunThatAProcessTrainsOnHereStaysAsItIsThoughItHadComeFurtherThere()
    {
        string id = Train(_there, 2);
        using (RunStore store = _there.OpenStore())
            store.FinishRun(id, RunStatus.Interrupted);
        _there.Execute("update run set lease_process_id = 7");
        Merge();

        using (RunStore trains = _here.OpenStore())
        {
            trains.ResumeRun(id, 1, ResultsFolder.Provenance);
            Assert.Equal([id], trains.Merge(_there.Path).Runs.Unchanged);
            trains.AppendEpoch(id, Epoch(2));
            trains.FinishRun(id, RunStatus.Interrupted);
        }

        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Single(queries.Get(id).Resumptions);
    }

    [Theory]
    [InlineData("update epoch set parameters_sha256 = 'f00' where epoch = 2", "a digest of epoch 2 differs")]
    [InlineData("update metric set value = 0.125 where epoch = 1", "train.loss of epoch 1 differs")]
    [InlineData("update run set seed = '7'", "another configuration or seed")]
    public void TwoFilesThatDisagreeOnARunAreNotMerged(string edit, string message)
    {
        string id = Train(_there, 2);
        Merge();
        string other = Train(_there, 1);
        _there.Execute(edit.Replace("set seed", $"set note = null where id = '{other}'; update run set seed", StringComparison.Ordinal));

        MergeRefusedException conflict = Assert.Throws<MergeRefusedException>(Merge);

        Assert.Contains(id, conflict.Message, StringComparison.Ordinal);
        Assert.Contains(message, conflict.Message, StringComparison.Ordinal);
        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Single(queries.List(new RunFilter()));   // nor was the other run taken
    }

    [Fact]
    public void TwoFilesThatSealedARunWithOtherContentsAreNotMerged()
    {
        string id = Train(_there, 2);
        using (RunStore store = _there.OpenStore())
            store.FinishRun(id, RunStatus.Completed);
        Merge();
        Assert.Equal([id], Merge().Runs.Equal);
        _there.Execute($"update epoch set seconds = 0.001 where run_id = '{id}'; update run set seal_sha256 = 'ab', heartbeat_utc = '2999-01-01T00:00:00.0000000Z' where id = '{id}'");
        Assert.Equal([id], Merge().Runs.Updated);   // resumed in both, it took another time in each

        _there.Execute($"delete from metric where run_id = '{id}' and epoch = 1; update run set seal_sha256 = 'cd' where id = '{id}'");
        MergeRefusedException conflict = Assert.Throws<MergeRefusedException>(Merge);
        Assert.Contains($"run {id} is completed in both files, but sealed with other contents there", conflict.Message, StringComparison.Ordinal);

        _there.Execute("update run set seal_sha256 = null, heartbeat_utc = '2999-01-02T00:00:00.0000000Z'");   // by a program that seals none
        Assert.Equal([id], Merge().Runs.Updated);
    }

    [Fact]
    public void TasksThatRanOneTrialEachMakeOneSweepTogether()
    {
        string sweep;
        using (RunStore store = _here.OpenStore())
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
        File.Copy(_here.Path, _there.Path, overwrite: true);
        string first = Train(_here, 1, new TrialKey(sweep, 1)), second = Train(_there, 1, new TrialKey(sweep, 2));

        Assert.Empty(Merge().Sweeps.Added);
        Assert.Equal([first, second, null], Runs());
        Merge();
        Assert.Equal([first, second, null], Runs());

        IEnumerable<string?> Runs()
        {
            using RunQueries queries = RunQueries.Open(_here.Path);
            return [.. queries.GetSweep(sweep).Trials.Select(trial => trial.RunId)];
        }
    }

    [Fact]
    public void ASweepThatWasExtendedThereIsTheLongerOneHereAndItsClaimsAreToBeJudgedAnew()
    {
        string sweep;
        using (RunStore store = _there.OpenStore())
        {
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
            store.JudgeClaims(sweep, [SweepStoreTests.Verdict(ClaimOutcome.Holds)]);
        }

        Assert.Equal([sweep], Merge().Sweeps.Added);
        string before = Path.Combine(_here.Folder, "before.db");
        File.Copy(_here.Path, before);
        NewSweep extended = SweepStoreTests.Sweep("beta") with { YamlText = "longer", Metric = "val.bce" };
        using (RunStore store = _there.OpenStore())
            store.ExtendSweep(sweep, extended with { Outline = extended.Outline with { Seeds = [ulong.MaxValue, 5] }, Trials = [SweepStoreTests.Trial(4)] });

        Assert.Equal([sweep], Merge().Sweeps.Updated);
        Assert.Equal([sweep], Merge().Sweeps.Equal);
        using (RunStore store = _here.OpenStore())
            Assert.Equal([sweep], store.Merge(before).Sweeps.Equal);   // a shorter list takes nothing back

        using RunQueries queries = RunQueries.Open(_here.Path);
        SweepDetail here = queries.GetSweep(sweep);
        Assert.Equal([ulong.MaxValue, 5ul], here.Outline.Seeds);
        Assert.Equal((4, "longer", "val.bce"), (here.Trials.Count, here.YamlText, here.Sweep.Metric));
        Assert.Empty(here.Claims);
    }

    [Fact]
    public void VerdictsOnRunsThatAreNoLongerThoseOfTheSweepAreForgotten()
    {
        string sweep;
        using (RunStore store = _here.OpenStore())
        {
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
            store.JudgeClaims(sweep, [SweepStoreTests.Verdict(ClaimOutcome.Undecided)]);
        }

        File.Copy(_here.Path, _there.Path, overwrite: true);
        Assert.Equal([sweep], Merge().Sweeps.Equal);
        Train(_there, 1, new TrialKey(sweep, 2));

        Assert.Equal([sweep], Merge().Sweeps.Updated);

        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Empty(queries.GetSweep(sweep).Claims);
    }

    [Fact]
    public void AVerificationOutlivesTheRunThatMadeItAndIsNotTaken()
    {
        string sweep;
        using (RunStore store = _there.OpenStore())
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
        string run = Train(_there, 1, new TrialKey(sweep, 1)), verifying = Train(_there, 1);
        using (RunStore store = _there.OpenStore())
            store.AddVerification(new Verification { RunId = run, VerifyingRunId = verifying, Verdict = Verdict.Verified, EpochsCompared = 1, EpochsStored = 1 });

        using (RunStore store = _here.OpenStore())
            store.Merge(_there.Path, [run], [sweep]);

        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Null(Assert.Single(queries.Get(run).Verifications).VerifyingRunId);
    }

    [Fact]
    public void OneSweepIsTakenWithTheRunsThatAreNamed()
    {
        string sweep;
        using (RunStore store = _there.OpenStore())
            (sweep, _) = (store.BeginSweep(SweepStoreTests.Sweep("beta")), store.BeginSweep(SweepStoreTests.Sweep("other")));
        Train(_there, 1, new TrialKey(sweep, 1));
        string named = Train(_there, 2, new TrialKey(sweep, 2));

        using (RunStore store = _here.OpenStore())
            store.Merge(_there.Path, [named], [sweep]);

        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Equal([null, named, null], queries.GetSweep(sweep).Trials.Select(trial => trial.RunId));
        Assert.Throws<NoSuchRunException>(() => queries.GetSweep("other"));
        Assert.Equal([named], queries.List(new RunFilter()).Select(run => run.Id));
        Assert.Equal(StoredBits.Of(_there.Path, named), StoredBits.Of(_here.Path, named));
    }

    [Fact]
    public void AnotherListUnderTheSameIdIsRefused()
    {
        string sweep;
        using (RunStore store = _here.OpenStore())
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
        File.Copy(_here.Path, _there.Path, overwrite: true);
        _there.Execute("update trial set config_sha256 = 'other' where number = 3");
        Assert.Contains("another trial 3", Assert.Throws<MergeRefusedException>(Merge).Message, StringComparison.Ordinal);
    }

    MergeResult Merge()
    {
        using RunStore store = _here.OpenStore();
        return store.Merge(_there.Path);
    }

    static string Train(ResultsFolder folder, int epochs, TrialKey? trial = null)
    {
        using RunStore store = folder.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run() with { Trial = trial, Tags = ["night"] });
        for (int epoch = 1; epoch <= epochs; epoch++)
            store.AppendEpoch(id, Epoch(epoch));
        return id;
    }

    static EpochRecord Epoch(int epoch) => ResultsFolder.Epoch(epoch, new MetricRecord("train", "loss", 1.0 / epoch));
}
