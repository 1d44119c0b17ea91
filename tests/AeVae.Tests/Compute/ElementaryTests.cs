using System.Globalization;
using AeVae.Accuracy;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Tests.Compute;

/// <summary>NC-1 C8 at single arguments: the table that fixtures/make_elementary.py writes, limits, and exact values.</summary>
public class ElementaryTests
{
    [Theory]
    [InlineData("exp")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    public void FloatFunctionsGiveTheFloatNearestToTheExactValue(string name)
    {
        Func<float, float> function = name switch
        {
            "exp" => Elementary.Exp,
            "log" => Elementary.Log,
            "log1p" => Elementary.Log1p,
            "tanh" => Elementary.Tanh,
            "sigmoid" => Elementary.Sigmoid,
            _ => Elementary.Softplus,
        };
        Assert.All(ElementaryTable.Read(name), row => Assert.Equal(row.Nearest, function((float)row.Argument)));
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("expm1")]
    [InlineData("log")]
    [InlineData("log1p")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softplus")]
    [InlineData("exp64")]
    [InlineData("log64")]
    [InlineData("sin")]
    [InlineData("cos")]
    public void TheDoubleBeforeRoundingHasTheBitsOfTheContractsText(string name)
    {
        Func<DoubleScalar, DoubleScalar> function = name switch
        {
            "exp" or "exp64" => ElementaryFunctions.Exp,
            "expm1" => ElementaryFunctions.ExpMinusOneOfNegative,
            "log" or "log64" => ElementaryFunctions.Log,
            "log1p" => ElementaryFunctions.LogOnePlus,
            "tanh" => ElementaryFunctions.Tanh,
            "sigmoid" => ElementaryFunctions.Sigmoid,
            "softplus" => ElementaryFunctions.Softplus,
            "sin" => u => ElementaryFunctions.SinCosTwoPi(u).Sin,
            _ => u => ElementaryFunctions.SinCosTwoPi(u).Cos,
        };
        Assert.All(ElementaryTable.Read(name), row => Assert.Equal(Hex(row.Nc1), Hex(function(DoubleScalar.Broadcast(row.Argument)).ToDouble())));
    }

    [Fact]
    public void DoubleExponentialAndLogarithmAreWithinTwoUnits()
    {
        foreach (ElementaryRow row in ElementaryTable.Read("exp64")) RequireClose(Elementary.Exp(row.Argument), row.High, 2);
        foreach (ElementaryRow row in ElementaryTable.Read("log64")) RequireClose(Elementary.Log(row.Argument), row.High, 2);
    }

    [Fact]
    public void SineAndCosineAreWithinTwoUnitsOfOne()
    {
        foreach (ElementaryRow row in ElementaryTable.Read("sin")) Assert.Equal(row.High, Elementary.SinCosTwoPi(row.Argument).Sin, 4.5e-16);
        foreach (ElementaryRow row in ElementaryTable.Read("cos")) Assert.Equal(row.High, Elementary.SinCosTwoPi(row.Argument).Cos, 4.5e-16);
    }

    [Fact]
    public void QuarterTurnsAreExact()
    {
        Assert.Equal((0, 1), Elementary.SinCosTwoPi(0));
        Assert.Equal((1, 0), Elementary.SinCosTwoPi(0.25));
        Assert.Equal((0, -1), Elementary.SinCosTwoPi(0.5));
        Assert.Equal((-1, 0), Elementary.SinCosTwoPi(0.75));
        Assert.Equal((-1, 0), Elementary.SinCosTwoPi(-0.25));
    }

    [Fact]
    public void SpecialArgumentsGiveTheirLimits()
    {
        float infinity = float.PositiveInfinity;
        Assert.Equal([1, infinity, 0, infinity, 0, float.NaN], [Elementary.Exp(0f), Elementary.Exp(infinity), Elementary.Exp(-infinity), Elementary.Exp(89f), Elementary.Exp(-104f), Elementary.Exp(float.NaN)]);
        Assert.Equal([-infinity, -infinity, infinity, 0, float.NaN, float.NaN], [Elementary.Log(0f), Elementary.Log(-0f), Elementary.Log(infinity), Elementary.Log(1f), Elementary.Log(-1f), Elementary.Log(float.NaN)]);
        Assert.Equal([-infinity, infinity, 0, float.NaN], [Elementary.Log1p(-1f), Elementary.Log1p(infinity), Elementary.Log1p(0f), Elementary.Log1p(-2f)]);
        Assert.Equal([1, -1, 0, float.NaN, float.Epsilon], [Elementary.Tanh(infinity), Elementary.Tanh(-infinity), Elementary.Tanh(0f), Elementary.Tanh(float.NaN), Elementary.Tanh(float.Epsilon)]);
        Assert.Equal([1, 0, 0.5f, float.NaN], [Elementary.Sigmoid(infinity), Elementary.Sigmoid(-infinity), Elementary.Sigmoid(0f), Elementary.Sigmoid(float.NaN)]);
        Assert.Equal([infinity, 0, float.MaxValue, float.NaN], [Elementary.Softplus(infinity), Elementary.Softplus(-infinity), Elementary.Softplus(float.MaxValue), Elementary.Softplus(float.NaN)]);
        Assert.Equal([1e-45f, 1e-38f], [Elementary.Exp(Elementary.Log(1e-45f)), Elementary.Log1p(1e-38f)]);
        Assert.True(float.IsNegative(Elementary.Tanh(-0f)));
        Assert.Equal([1, double.PositiveInfinity, 0, double.PositiveInfinity, 0], [Elementary.Exp(0d), Elementary.Exp(710d), Elementary.Exp(-750d), Elementary.Exp(double.PositiveInfinity), Elementary.Exp(double.NegativeInfinity)]);
        Assert.Equal(-744.44007192138126, Elementary.Log(double.Epsilon), 1e-12);    // −1074·ln 2
    }

    [Fact]
    public void TheShortcutsOfARangeHaveTheBitsOfTheWholeFunction()
    {
        double root = Math.BitDecrement(1.4142135623730951 - 1);
        double[] edges = [0, 1, double.Epsilon, 1e-300, 1e-17, root, Math.BitIncrement(root), Math.BitDecrement(root), Math.BitDecrement(1)];
        foreach (double x in edges.Concat(Enumerable.Range(0, 20_001).Select(i => i / 20_000.0)))
            Assert.Equal(Bits(ElementaryFunctions.LogOnePlus(Scalar(x))), Bits(ElementaryFunctions.LogOnePlusOfFraction(Scalar(x))));
        edges = [0, -0.0, -double.Epsilon, -706.99, -707, -707.01, -1e300, double.NegativeInfinity];
        foreach (double x in edges.Concat(Enumerable.Range(0, 20_001).Select(i => i / -25.0)))
            Assert.Equal(Bits(ElementaryFunctions.Exp(Scalar(x))), Bits(ElementaryFunctions.ExpOfNegative(Scalar(x))));
        Assert.True(double.IsNaN(ElementaryFunctions.LogOnePlusOfFraction(ElementaryFunctions.ExpOfNegative(Scalar(double.NaN))).ToDouble()));

        static DoubleScalar Scalar(double x) => DoubleScalar.Broadcast(x);
        static long Bits(DoubleScalar y) => BitConverter.DoubleToInt64Bits(y.ToDouble());
    }

    [Fact]
    public void ASigmoidNearOneHalfCanMissTheNearestFloatByATie()
    {
        // σ(x) = ½ + x/4 − x³/48 + …: the cubic term is too small for the double, which lies half-way between two floats and goes up to the even one.
        const float X = 3f / (1 << 23);
        Assert.Equal(0.5 + X / 4.0, ElementaryFunctions.Sigmoid(DoubleScalar.Broadcast(X)).ToDouble());
        Assert.Equal(0.5f + 1f / (1 << 23), Elementary.Sigmoid(X));
        Assert.Equal(0.5f + 1f / (1 << 24), Comparison.Nearest(0.5 + X / 4.0, -(double)X * X * X / 48));
    }

    // No bit of a NaN is ever compared.
    static string Hex(double value) => double.IsNaN(value) ? "NaN" : BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);

    static void RequireClose(double actual, double exact, int units)
    {
        double unit = Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact);
        Assert.True(Math.Abs(actual - exact) <= units * unit, $"{exact:R} expected, {actual:R} came out");
    }
}
