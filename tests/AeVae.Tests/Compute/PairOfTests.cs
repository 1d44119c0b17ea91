using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Tests.Compute;

public sealed unsafe class PairOfTests
{
    [Fact]
    public void APairDoesWhatItsHalvesDo()
    {
        Check<DoubleScalar>();
        Check<Double128>();
        Check<Double256>();
        Check<Double512>();
    }

    [Fact]
    public void AnyLooksAtBothHalves()
    {
        double* values = stackalloc double[4] { 0, 0, 0, 0 };
        Assert.False(AnyPositive(values));
        values[0] = 1;
        Assert.True(AnyPositive(values));
        (values[0], values[3]) = (0, 1);
        Assert.True(AnyPositive(values));
    }

    static bool AnyPositive(double* values) => PairOf<Double128>.Any(PairOf<Double128>.Greater(PairOf<Double128>.Load(values), PairOf<Double128>.Broadcast(0)));

    static void Check<T>()
        where T : struct, IDoubleLanes<T>
    {
        const int Most = 16;
        double* x = stackalloc double[Most], one = stackalloc double[Most], both = stackalloc double[Most];
        for (int i = 0; i < Most; i++) x[i] = (i % 3 - 1) * (0.37 + i * i * 0.11);
        foreach (int function in Enumerable.Range(0, Functions))
        {
            for (int i = 0; i < 2 * T.Count; i += T.Count) Of(function, T.Load(x + i)).Store(one + i);
            Of(function, PairOf<T>.Load(x)).Store(both);
            for (int i = 0; i < 2 * T.Count; i++)
                Assert.True(BitConverter.DoubleToInt64Bits(one[i]) == BitConverter.DoubleToInt64Bits(both[i]), $"function {function} of {x[i]:R}, lane {i} of {typeof(T).Name}: {one[i]:R} and {both[i]:R}");
        }
    }

    const int Functions = 6;

    // Between them every operation of the lanes.
    static T Of<T>(int function, T x)
        where T : struct, IDoubleLanes<T> => function switch
        {
            0 => ElementaryFunctions.Log(ElementaryFunctions.Abs(x)),
            1 => ElementaryFunctions.Tanh(x),
            2 => ElementaryFunctions.SinCosTwoPi(x).Sin,
            3 => ElementaryFunctions.SinCosTwoPi(x).Cos,
            4 => T.Sqrt(ElementaryFunctions.Abs(x)),
            _ => ElementaryFunctions.Exp(x) - ElementaryFunctions.Softplus(x),
        };
}
