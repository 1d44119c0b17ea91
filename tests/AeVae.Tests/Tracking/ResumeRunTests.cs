using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class ResumeRunTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void WhatIsLeftIsWhatWouldBeThereHadTheRunOnlyComeSoFar()
    {
        using RunStore store = _results.OpenStore();
        string soFar = Begin(store, epochs: 2);
        store.FinishRun(soFar, RunStatus.Interrupted);
        string run = Begin(store, epochs: 4);
        store.AppendFinalMetrics(run, 4, [new("test", "loss", 1)]);
        store.AddArtifact(run, new Artifact(ArtifactNames.Samples, "array", NpyArray.MediaType, [1], null));
        store.FinishRun(run, RunStatus.Failed, "the disk is full", 4, ResultsFolder.Provenance, FailureKind.Disk);

        Assert.Equal(new ResumedRun(2, null), store.ResumeRun(run, 2, ResultsFolder.Provenance));

        Assert.Equal(Bits(soFar).Skip(1), Bits(run).Skip(1));
        using RunQueries queries = RunQueries.Open(_results.Path);
        RunDetail detail = queries.Get(run);
        Assert.Equal((RunStatus.Running, null, null, 2), (detail.Run.Status, detail.Run.Reason, detail.Failure, detail.Run.EpochsDone));
        Assert.Null(detail.Run.FinishedAt);
        Assert.Equal((2, 2, RunStatus.Failed, "box"), detail.Resumptions.Select(r => (r.Epoch, r.EpochsCut, r.PreviousStatus, r.Host)).Single());
    }

    [Fact]
    public void WhatWasNotCommittedWhenItWentOnIsKept()
    {
        using RunStore store = _results.OpenStore();
        string run = Begin(store, epochs: 2);
        store.FinishRun(run, RunStatus.Interrupted);
        store.ResumeRun(run, 1, ResultsFolder.Provenance with { GitDiffSha256 = "d1ff", GitDiff = "diff --git a/x b/x\n" });
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(("d1ff", "diff --git a/x b/x\n"), queries.Get(run).Resumptions.Select(r => (r.GitDiffSha256, r.GitDiff)).Single());
    }

    [Fact]
    public void OfManyWhoWantARunOneGetsIt()
    {
        string run;
        using (RunStore store = _results.OpenStore())
        {
            run = Begin(store, epochs: 3);
            store.FinishRun(run, RunStatus.Interrupted);
        }

        int taken = 0, refused = 0;
        Thread[] contenders = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            using RunStore store = RunStore.Open(_results.Path);
            try
            {
                store.ResumeRun(run, 2, ResultsFolder.Provenance);
                Interlocked.Increment(ref taken);
            }
            catch (RunTakenException)
            {
                Interlocked.Increment(ref refused);
            }
        }))];
        foreach (Thread contender in contenders)
            contender.Start();
        foreach (Thread contender in contenders)
            contender.Join();

        Assert.Equal((1, 7), (taken, refused));
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Single(queries.Get(run).Resumptions);
    }

    [Fact]
    public void ACompletedRunIsNotTaken()
    {
        using RunStore store = _results.OpenStore();
        string run = Begin(store, epochs: 1);
        store.FinishRun(run, RunStatus.Completed);
        IReadOnlyList<string> bits = Bits(run);

        Assert.Throws<RunTakenException>(() => store.ResumeRun(run, 1, ResultsFolder.Provenance));
        Assert.Equal(bits, Bits(run));
    }

    [Fact]
    public void AnEpochThatIsNotStoredIsNoPlaceToGoOnFrom()
    {
        using RunStore store = _results.OpenStore();
        string run = Begin(store, epochs: 1);
        store.FinishRun(run, RunStatus.Interrupted);
        Assert.Throws<ArgumentException>(() => store.ResumeRun(run, 2, ResultsFolder.Provenance));
    }

    [Fact]
    public void OtherCodeThanAtTheBeginTaintsTheRunUntilItsEnd()
    {
        using RunStore store = _results.OpenStore();
        string run = Begin(store, epochs: 2);
        store.FinishRun(run, RunStatus.Interrupted, atEnd: ResultsFolder.Provenance);
        Provenance now = ResultsFolder.Provenance with { GitCommit = "beef" };

        string? changes = store.ResumeRun(run, 2, now).Changes;
        Assert.Equal("resumed after epoch 2 although commit was c0ffee, is beef", changes);
        Assert.Equal(changes, store.FinishRun(run, RunStatus.Interrupted, atEnd: now));
        Assert.Equal("begun anew although commit was c0ffee, is f00d", store.ResumeRun(run, 0, now with { GitCommit = "f00d" }).Changes);

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal($"{changes}; begun anew although commit was c0ffee, is f00d", queries.Get(run).Run.TaintedReason);
    }

    [Fact]
    public void TheExperimentFileOfAResumedRunMayChangeSinceItIsNotRead()
    {
        Provenance begin = ResultsFolder.Provenance with { ExperimentFiles = [new("experiments/vae.yaml", "ab")] };
        using RunStore store = _results.OpenStore();
        string run = store.BeginRun(ResultsFolder.Run() with { Provenance = begin });
        store.FinishRun(run, RunStatus.Interrupted, atEnd: begin);

        Assert.Null(store.ResumeRun(run, 0, ResultsFolder.Provenance).Changes);
        Assert.Null(store.FinishRun(run, RunStatus.Completed, atEnd: ResultsFolder.Provenance));
    }

    static string Begin(RunStore store, int epochs)
    {
        string run = store.BeginRun(ResultsFolder.Run());
        foreach (int epoch in Enumerable.Range(1, epochs))
        {
            double loss = epoch == 3 ? double.NegativeInfinity : epoch is 1 or 4 ? -0.0 : 5.0 / epoch;
            store.AppendEpoch(run, ResultsFolder.Epoch(epoch, new MetricRecord("train", "loss", loss), new MetricRecord("validation", "knn_accuracy", epoch)) with { Warnings = [$"epoch {epoch} is odd", "and so on"] });
        }

        return run;
    }

    IReadOnlyList<string> Bits(string run) => StoredBits.Of(_results.Path, run);
}
