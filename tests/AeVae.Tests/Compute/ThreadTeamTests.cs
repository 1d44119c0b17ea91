using AeVae.Compute;

namespace AeVae.Tests.Compute;

public class ThreadTeamTests
{
    readonly unsafe struct Count(int* visits) : ILoop
    {
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, AeVae.Compute.Lanes.IFloatLanes<TFloat>
            where TDouble : struct, AeVae.Compute.Lanes.IDoubleLanes<TDouble>
        {
            for (int i = first; i < end; i++) Interlocked.Increment(ref visits[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public unsafe void EveryItemIsDoneOnceInEveryLoop(int threads)
    {
        using ThreadTeam team = new(threads);
        int* visits = stackalloc int[101];
        for (int loop = 1; loop <= 300; loop++)
        {
            int count = loop % 101 + 1;
            new Span<int>(visits, 101).Clear();
            team.Run(new Count(visits), count, costPerItem: 1_000_000);
            for (int i = 0; i < 101; i++) Assert.Equal(i < count ? 1 : 0, visits[i]);
            if (loop % 100 == 0) Thread.Sleep(2);   // long enough for the threads to fall asleep
        }
    }

    [Fact]
    public void KernelsAllocateNothing()
    {
        using ThreadTeam team = new(2);
        Matrix x = Samples.Normal(64, 200, "x"), weight = Samples.Normal(200, 100, "w"), bias = new(1, 100), y = new(64, 100), dX = new(64, 200), first = new(200, 100), second = new(200, 100), dWeight = new(200, 100);
        NonzeroLists zeros = new(64, 200);
        for (int row = 0; row < x.Rows; row++) x.Row(row)[..150].Clear();   // so many that they are skipped
        double[] perImage = new double[64];
        float[] noise = new float[500];
        RandomStream stream = new(1, "noise");
        void Step()
        {
            DenseKernels.Forward(x, weight, bias, y, team, zeros);
            ActivationKernels.Forward(Activation.Sigmoid, y, y, team);
            LossKernels.SquaredError(y, y, perImage, team);
            DenseKernels.InputGradient(y, weight, dX, team);
            DenseKernels.WeightGradient(x, y, dWeight, team, zeros);
            DenseKernels.BiasGradient(y, bias, team);
            OptimizerKernels.Adam(weight, dWeight, first, second, new AdamStep(0.9, 0.999, 1e-8, 1e-3, 1, 0, 0), team);
            stream.FillNormal(noise, 0, 0);
        }
        for (int i = 0; i < 3; i++)
        {
            Step();
            Thread.Sleep(5);    // long enough for the thread to fall asleep: the first contention of a lock allocates
        }

        Assert.Equal(0, Allocations.Of(Step));
    }

    [Fact]
    public void ATeamWithoutThreadsIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadTeam(0));
}
