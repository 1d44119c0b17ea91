using System.Globalization;
using AeVae.Reports.Charts;
using FsCheck.Fluent;

namespace AeVae.Tests.Reports;

public sealed class TicksTests
{
    static readonly string[] RoundMantissas = ["1", "2", "2.5", "5"];

    [Theory]
    [InlineData(10, 5, 2)]
    [InlineData(1, 4, 0.25)]
    [InlineData(1, 3, 0.5)]
    [InlineData(49, 10, 5)]
    [InlineData(3e-7, 3, 1e-7)]
    [InlineData(7.3e6, 5, 2e6)]
    public void StepsAreRoundNumbers(double length, int most, double step) => Assert.Equal(step, Ticks.For(length, most).Step);

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(4, 10, 1)]
    [InlineData(49, 12, 5)]
    [InlineData(22, 10, 5)]     // 2.5 is not whole
    [InlineData(220, 10, 25)]
    [InlineData(99_999, 5, 20_000)]
    public void EpochsHaveWholeSteps(double length, int most, double step) => Assert.Equal(step, Ticks.For(length, most, whole: true).Step);

    [Fact]
    public void LabelsShowNoMoreDecimalsThanTheStepNeeds()
    {
        Ticks tenths = Ticks.For(0.5, 5);

        Assert.Equal(["0.1", "0.2", "0.3", "0.4", "0.5"], tenths.Within(0.1, 0.5).Select(t => tenths.Label(t)));
        Assert.Equal("2.5", Ticks.For(10, 4).Label(2.5));
        Assert.Equal("20,000", Ticks.For(1e5, 5).Label(20_000));
        Assert.Equal("−5", Ticks.For(10, 2).Label(-5));
    }

    [Theory]
    [InlineData(1e-7, -7)]
    [InlineData(2.5e6, 6)]
    [InlineData(0.012, 0)]
    [InlineData(99_999, 0)]
    [InlineData(0, 0)]
    public void OnlyExtremeAxesTakeOutAPowerOfTen(double largest, int power) => Assert.Equal(power, Ticks.CommonExponent(largest));

    [Fact]
    public void AnyIntervalHasFewAscendingTicksThatLieInside() => Holds((low, high, most) =>
    {
        IReadOnlyList<double> ticks = Ticks.For(high - low, most).Within(low, high);
        double rounding = 1e-8 * (high - low);
        return ticks.Count <= most + 1 && ticks.Zip(ticks.Skip(1)).All(pair => pair.First < pair.Second)
            && ticks.All(t => t >= low - rounding && t <= high + rounding);
    });

    [Fact]
    public void AnyStepIsOneTwoTwoAndAHalfOrFiveTimesAPowerOfTen() => Holds((low, high, most) =>
    {
        string step = Ticks.For(high - low, most).Step.ToString("E14", CultureInfo.InvariantCulture);
        return RoundMantissas.Contains(step[..step.IndexOf('E')].TrimEnd('0').TrimEnd('.'));
    });

    [Fact]
    public void AnyShortAxisHasFourToSixTicks() => Holds((low, high, _) =>
    {
        Ticks ticks = Ticks.Few(low, high);
        return ticks.Within(ticks.Below(low), high).Count is >= 4 and <= 6;
    });

    [Fact]
    public void TheRoundedEndsEncloseAnyInterval() => Holds((low, high, most) =>
    {
        Ticks ticks = Ticks.For(high - low, most);
        double rounding = 1e-8 * (high - low);
        return ticks.Below(low) <= low + rounding && ticks.Above(high) >= high - rounding;
    });

    /// <summary>Intervals from 1e-9 to 1e9 long, up to a thousand lengths from zero.</summary>
    static void Holds(Func<double, double, int, bool> property)
    {
        var intervals =
            from mantissa in Gen.Choose(100, 999)
            from exponent in Gen.Choose(-11, 7)
            from offset in Gen.Choose(-1000, 1000)
            from most in Gen.Choose(2, 12)
            let length = mantissa * double.Parse($"1e{exponent}", CultureInfo.InvariantCulture)
            select (Low: offset * length, High: (offset * length) + length, Most: most);
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(intervals.ToArbitrary(), i => property(i.Low, i.High, i.Most)));
    }
}
