using AeVae.Models;
using AeVae.Runner.Sweeps;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

public sealed class SuccessiveHalvingTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(8, false)]
    [InlineData(9, true)]
    [InlineData(int.MaxValue, false)]
    public void RungsAreTheReductionFactorApart(int epoch, bool isRung) =>
        Assert.Equal(isRung, new SuccessiveHalving(new Halving(1, 3), "val.loss").IsRung(epoch));

    // η = 3: of n trials ⌈n/3⌉ go on. 5 is 1st of 1; 6 is 2nd of 2, one goes on; 4 is 1st of 3; 4.5 is 2nd of 4, two go on; NaN is last of 5.
    [Fact]
    public void ATrialGoesOnWhileItIsAmongTheBestOfThoseUpToIt()
    {
        SuccessiveHalving halving = new(new Halving(1, 3), "val.loss");
        double[] losses = [5, 6, 4, 4.5, double.NaN];
        bool[] pruned = [.. losses.Select((loss, i) => Prune(halving, i + 1, Epoch(1, loss), default) is not null)];
        Assert.Equal([false, true, false, false, true], pruned);
    }

    [Fact]
    public void TheSameTrialsArePrunedWhicheverComesFirst()
    {
        double[] losses = [5, 6, 4, 4.5, 7, 3, 5.5];
        Assert.Equal(PruneInOrder([1, 2, 3, 4, 5, 6, 7]), PruneInOrder([7, 3, 5, 6, 2, 4, 1]));

        bool[] PruneInOrder(int[] order)
        {
            SuccessiveHalving halving = new(new Halving(1, 3), "val.loss");
            bool[] pruned = new bool[losses.Length];
            Thread[] trials = [.. order.Select(trial => new Thread(() => pruned[trial - 1] = Prune(halving, trial, Epoch(1, losses[trial - 1]), default) is not null))];
            foreach (Thread trial in trials)
            {
                trial.Start();
                trial.Join(TimeSpan.FromMilliseconds(20));   // those that need not wait are done before the next begins
            }

            Array.ForEach(trials, trial => trial.Join());
            return pruned;
        }
    }

    [Fact]
    public void ATrialThatWentOnAfterItWasPrunedPrunesNoOther()
    {
        SuccessiveHalving halving = new(new Halving(1, 3), "val.loss");
        foreach ((int trial, int epoch, double loss) in new[] { (1, 1, 3.0), (1, 3, 3.0), (2, 1, 5.0), (2, 3, 1.0) })   // 2 is the worse of two after epoch 1
            halving.Observe(trial, epoch, loss);
        Assert.Null(Prune(halving, 3, Epoch(1, 2), default));
        Assert.Null(Prune(halving, 3, Epoch(3, 2.5), default));   // better than 1; of three, only the 1.0 of trial 2 would go on
    }

    [Fact]
    public void NobodyWaitsForATrialThatHasEnded()
    {
        SuccessiveHalving halving = new(new Halving(1, 2), "val.loss");
        halving.End(1);
        Assert.Null(Prune(halving, 2, Epoch(1, 3), default));
    }

    [Fact]
    public void AWaitEndsWhenItIsCancelled()
    {
        SuccessiveHalving halving = new(new Halving(1, 2), "val.loss");
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => Prune(halving, 2, Epoch(1, 3), soon.Token));
    }

    [Fact]
    public void AHigherValueIsBetterWhereTheMetricSaysSo()
    {
        SuccessiveHalving halving = new(new Halving(1, 2), "val.elbo");
        halving.Observe(1, 1, 3);
        Assert.Null(Prune(halving, 2, Epoch(1, 4, "elbo"), default));
        Assert.NotNull(Prune(halving, 3, Epoch(1, 2, "elbo"), default));
    }

    static string? Prune(SuccessiveHalving halving, int trial, EpochResult result, CancellationToken cancellation)
    {
        halving.Observe(trial, result.Epoch, result.Metrics[0].Value);
        return halving.Prune(trial, result, cancellation);
    }

    static EpochResult Epoch(int epoch, double value, string metric = "loss") => new()
    {
        Epoch = epoch,
        Metrics = [new MetricValue(Split.Validation, metric, value)],
        ParametersSha256 = "",
        OptimizerSha256 = "",
        OrderSha256 = "",
        Tensors = [],
        Seconds = 1,
        ImagesPerSecond = 1,
        Warnings = [],
        StopsEarly = false,
    };
}
