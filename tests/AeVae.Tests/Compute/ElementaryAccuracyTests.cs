using System.Runtime.Intrinsics;
using AeVae.Accuracy;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Tests.Compute;

/// <summary>NC-1 C8 on many arguments: what tests/AeVae.Accuracy counts on all of them, here on every 4099th.</summary>
public class ElementaryAccuracyTests
{
    // The units of the last place are those of tests/AeVae.Accuracy/README.md, rounded up: they hold for every argument.
    [Theory]
    [InlineData("exp", "all floats", 1.1)]
    [InlineData("expm1", "floats ≤ 0", 1.3)]
    [InlineData("log", "all floats", 1.1)]
    [InlineData("log1p", "all floats", 1.6)]
    [InlineData("tanh", "all floats", 2.6)]
    [InlineData("sigmoid", "all floats", 2.5)]
    [InlineData("softplus", "all floats", 3.1)]
    [InlineData("sin2pi", "floats in [−1, 1]", 1.9)]
    [InlineData("cos2pi", "floats in [−1, 1]", 1.9)]
    public void EveryFourThousandAndNinetyNinthArgumentIsAsAccurateAsStated(string function, string arguments, double largestErrorOfTheDouble)
    {
        using ThreadTeam team = new(1);
        Tally tally = Census.All.Single(census => census.Function == function && census.Arguments == arguments).Count(team, 4099, _ => { });

        Assert.Equal((0, 0, 0), (tally.Misrounded, tally.Undecided, tally.PathDifferences));
        Assert.InRange(tally.Arguments, 500_000, 1_100_000);
        Assert.InRange(tally.Float.Units, 0.4999, 0.5 + 1e-8);
        Assert.InRange(tally.Double.Units, 0.8, largestErrorOfTheDouble);
    }

    [Fact]
    public void ACountSeesAFunctionThatIsOffInTheThirtiethBit()
    {
        Tally tally = new();
        CensusLoop<OffInTheThirtiethBit, AllFloats> loop = new(4099, 0, tally);
        loop.Run<FloatScalar, DoubleScalar>(0, (int)CensusLoop<OffInTheThirtiethBit, AllFloats>.Blocks(4099));

        // 2⁻³⁰ is 1/64 to 1/128 of a float's last place, so that many of the results round the other way where 2⁻²⁴ ≤ |x| < 88: 123,000 arguments.
        Assert.InRange(tally.Misrounded, 123_000 / 128, 123_000 / 64);
        Assert.InRange(tally.Float.Units, 0.51, 0.5 + 1 / 64.0 + 1e-8);
    }

    [Fact]
    public void ACountSeesAPathThatDiffers()
    {
        Tally tally = new();
        CensusLoop<ByWidth, Uniforms> loop = new(4099, 0, tally);
        loop.Run<Float128<HardwareFusedMultiplyAdd>, Double128>(0, 1);

        Assert.Equal((2047, 2 * 2047), (tally.Arguments, tally.PathDifferences));     // in double and in float
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    [InlineData("sin")]
    [InlineData("cos")]
    public void TheOracleAgreesWithAHundredDigits(string name)
    {
        Func<Vector256<double>, DoubleDouble> oracle = name switch
        {
            "exp" => Oracle.Exp,
            "expm1" => Oracle.ExpMinusOne,
            "log" => Oracle.Log,
            "log1p" => Oracle.LogOnePlus,
            "tanh" => Oracle.Tanh,
            "sigmoid" => Oracle.Sigmoid,
            "softplus" => Oracle.Softplus,
            "sin" => u => Oracle.SinCosTwoPi(u).Sin,
            _ => u => Oracle.SinCosTwoPi(u).Cos,
        };
        double largest = 0;
        foreach (ElementaryRow row in ElementaryTable.Read(name))
        {
            DoubleDouble exact = oracle(Vector256.Create(row.Argument));
            (double high, double low) = (exact.High[0], exact.Low[0]);
            // Where the float is 0 or infinite, any value that rounds to it will do.
            if (row.Nearest != 0 && float.IsFinite(row.Nearest)) largest = Math.Max(largest, Math.Abs(high - row.High + (low - row.Low)) / Math.Abs(row.High));
            else Assert.Equal(row.Nearest, (float)high);
        }
        Assert.InRange(largest, double.Epsilon, Oracle.RelativeError / 32);
    }

    [Fact]
    public void TheMiddleOfTwoFloatsIsRoundedByWhatFollowsIt()
    {
        const double OnePlusHalf = 1 + 1.0 / (1 << 24), Smallest = float.Epsilon, Overflow = float.MaxValue + 1.0141204801825835e31;    // + 2¹⁰³
        Assert.Equal(1, Comparison.Nearest(OnePlusHalf, -1e-20));
        Assert.Equal(MathF.BitIncrement(1), Comparison.Nearest(OnePlusHalf, 1e-20));
        Assert.Equal(-1, Comparison.Nearest(-OnePlusHalf, 1e-20));
        Assert.Null(Comparison.Nearest(OnePlusHalf, 0));
        Assert.Null(Comparison.Nearest(OnePlusHalf, -1e-28));
        Assert.Equal(float.Epsilon, Comparison.Nearest(1.5 * Smallest, -1e-70));
        Assert.Equal(2 * float.Epsilon, Comparison.Nearest(1.5 * Smallest, 1e-70));
        Assert.Equal(0, Comparison.Nearest(0.5 * Smallest, -1e-70));
        Assert.Equal(float.MaxValue, Comparison.Nearest(Overflow, -1e14));
        Assert.Equal(float.PositiveInfinity, Comparison.Nearest(Overflow, 1e14));
    }

    readonly struct OffInTheThirtiethBit : IFunction
    {
        public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => T.Broadcast(1 + 1.0 / (1 << 30)) * Exp.Ours(x);

        public static DoubleDouble Exact(Vector256<double> x) => Exp.Exact(x);
    }

    readonly struct ByWidth : IFunction
    {
        public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => T.Broadcast(T.Count) + x;

        public static DoubleDouble Exact(Vector256<double> x) => Exp.Exact(x);
    }
}
