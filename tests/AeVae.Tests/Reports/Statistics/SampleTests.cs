using AeVae.Reports.Statistics;

namespace AeVae.Tests.Reports.Statistics;

public sealed class SampleTests
{
    // Student's own example (1908, section VIII; Cushny and Peebles): hours of sleep gained with two drugs by ten patients.
    static readonly double[] Dextro = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    static readonly double[] Laevo = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void ThePairedTestAgreesWithStudentsSleepData()
    {
        // R: t.test(extra ~ group, data = sleep, paired = TRUE) prints t = -4.0621, df = 9, p-value = 0.002833, interval -2.4598858 to -0.7001142, mean -1.58.
        var difference = Sample.OfDifferences(Dextro, Laevo);
        Assert.Equal(-1.58, difference.Mean, tolerance: 1e-12);
        Assert.Equal(0.002833, difference.PValue!.Value, tolerance: 5e-7);
        Assert.Equal(-2.4598858, difference.Interval!.Value.Low, tolerance: 5e-8);
        Assert.Equal(-0.7001142, difference.Interval!.Value.High, tolerance: 5e-8);
    }

    [Fact]
    public void TheStandardDeviationIsThatOfTheSample()
    {
        var sample = Sample.Of([2, 4, 4, 4, 5, 5, 7, 9]);   // squares about the mean of 5: 32
        Assert.Equal(5, sample.Mean);
        Assert.Equal(Math.Sqrt(32.0 / 7), sample.StandardDeviation);
    }

    [Theory]
    [InlineData(-0.0003, 0.0237, "-0.00030 to 0.024")]
    [InlineData(0.0003, 0.0237, "0.00030 to 0.024")]
    [InlineData(0, 0.0237, "0.000 to 0.024")]
    [InlineData(-0.0029, 4.3425e-5, "-0.0029 to 0.000043")]
    [InlineData(-2.46, -0.70, "-2.46 to -0.70")]
    public void ABoundThatIsNot0IsNotRoundedToIt(double low, double high, string text) => Assert.Equal(text, SampleText.Bounds(new Interval(low, high)));

    [Fact]
    public void EqualValuesHaveNoSpreadAtAll()
    {
        var sample = Sample.Of([0.1, 0.1, 0.1]);
        Assert.Equal((0.1, 0.0), (sample.Mean, sample.StandardDeviation));
        Assert.Null(sample.Interval);   // with other seeds they might have one
        Assert.Null(sample.PValue);
        Assert.Equal(1, Sample.Of([0, 0]).PValue);
    }

    [Fact]
    public void DifferencesThatDifferInTheirLastBitsHaveNoSpread()
    {
        Assert.NotEqual(0.3 - 0.2, 0.2 - 0.1);
        Assert.True(Sample.OfDifferences([0.3, 0.2], [0.2, 0.1]).IsWithoutSpread);
        Assert.Equal(0, Sample.OfDifferences([0.3, 5], [0.1 + 0.2, 5]).Mean);
        Assert.Equal(0, Sample.OfDifferences([0.3, 0.7], [0.1 + 0.2, 0.1 + 0.6]).Mean);     // not the smaller one of two that rounding made
        Assert.Equal(1.5 / 3, Sample.OfDifferences([100.5, 101, 1e17], [100, 100, 1e17]).Mean, 1e-12);     // whatever another seed gave
        Assert.False(Sample.OfDifferences([0.3, 0.2], [0.2, 0.1 + 1e-12]).IsWithoutSpread);
    }

    [Theory]
    [InlineData(new[] { 20.0, 20, 20 }, "20")]
    [InlineData(new[] { 0.0, 0 }, "0")]
    [InlineData(new[] { 0.25, 0.25 }, "0.25")]
    [InlineData(new[] { 20.0 }, "20")]
    [InlineData(new[] { 1.0, 2 }, "1.50 ± 0.71")]
    public void ASpreadIsToldWhereThereIsOne(double[] values, string expected) => Assert.Equal(expected, SampleText.MeanAndSpread(Sample.Of(values)));

    [Fact]
    public void OneValueHasNoInterval()
    {
        var sample = Sample.Of([3.5]);
        Assert.Equal(3.5, sample.Mean);
        Assert.Null(sample.Interval);
        Assert.Null(sample.PValue);
        Assert.True(double.IsNaN(Sample.Of([]).Mean));
    }

    [Fact]
    public void AValueThatIsNotFiniteLeavesNoInterval()
    {
        Assert.Null(Sample.Of([1, double.NaN, 2]).Interval);
        Assert.Null(Sample.Of([1, double.PositiveInfinity]).PValue);
    }

    [Fact]
    public void SeriesOfDifferentLengthsAreNotPaired() => Assert.Throws<ArgumentException>(() => Sample.OfDifferences([1, 2], [1]));
}
