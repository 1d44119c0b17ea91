using AeVae.Runner.Sweeps;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

public sealed class TrialQueueTests
{
    // What is left over goes to the trials that begin last, so that the end of a sweep uses all threads.
    [Theory]
    [InlineData(4, 2, 2, new[] { 1, 1 })]
    [InlineData(4, 2, 5, new[] { 2, 3 })]
    [InlineData(4, 3, 8, new[] { 2, 3, 3 })]
    [InlineData(1, 4, 8, new[] { 8 })]
    [InlineData(2, 4, 8, new[] { 4, 4 })]
    [InlineData(3, 3, 1, new[] { 1, 1, 1 })]
    public void TrialsAtOnceShareTheThreads(int trials, int parallel, int threads, int[] shares)
    {
        TrialQueue queue = Queue(trials, parallel, threads);
        int[] taken = [.. Enumerable.Range(0, Math.Min(trials, parallel)).Select(_ => queue.Take()!.Value.Threads)];
        Assert.Equal(shares, taken);
    }

    [Fact]
    public void TheLastTrialTakesTheThreadsOfThoseThatEnded()
    {
        TrialQueue queue = Queue(3, parallel: 2, threads: 4);
        Assert.Equal((1, 2), Take(queue));
        Assert.Equal((2, 2), Take(queue));
        queue.Return(2, hasFailed: false);
        queue.Return(2, hasFailed: false);
        Assert.Equal((3, 4), Take(queue));
        Assert.Null(queue.Take());
    }

    [Fact]
    public void AfterTooManyFailuresNoneBegins()
    {
        TrialQueue queue = Queue(5, parallel: 1, threads: 1, maxFailed: 2);
        for (int trial = 1; trial <= 3; trial++)
        {
            Assert.Equal((trial, 1), Take(queue));
            queue.Return(1, hasFailed: trial != 2);
        }

        Assert.Null(queue.Take());
        Assert.Equal(2, queue.StoppedAfter);
    }

    [Fact]
    public void FailuresStopNothingWhereNoneIsLeftOrTheSweepWasClosed()
    {
        TrialQueue done = Queue(1, parallel: 1, threads: 1, maxFailed: 1);
        done.Return(Take(done)!.Value.Threads, hasFailed: true);
        Assert.Null(done.StoppedAfter);

        TrialQueue closed = Queue(3, parallel: 1, threads: 1, maxFailed: 1);
        closed.Return(Take(closed)!.Value.Threads, hasFailed: false);
        closed.Close();
        Assert.Null(closed.Take());
        Assert.Null(closed.StoppedAfter);
    }

    static (int Number, int Threads)? Take(TrialQueue queue) => queue.Take() is var (trial, threads) ? (trial.Number, threads) : null;

    static TrialQueue Queue(int trials, int parallel, int threads, int? maxFailed = null) =>
        new([.. Enumerable.Range(1, trials).Select(number => new FrozenTrial { Number = number, Name = "t", Seed = (ulong)number, Parameters = [], ConfigJson = "{}", ConfigSha256 = "" })], parallel, threads, maxFailed);
}
