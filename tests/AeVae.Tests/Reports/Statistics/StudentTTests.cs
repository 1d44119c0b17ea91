using AeVae.Reports.Statistics;

namespace AeVae.Tests.Reports.Statistics;

/// <summary>Expected quantiles: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, Critical Values of the Student's-t Distribution. Its 318.313 (ν = 1) and 4.143 (ν = 10) at 0.999 are left out: tan(0.499π) is 318.309.</summary>
public sealed class StudentTTests
{
    [Theory]
    [InlineData(1, 0.90, 3.078)]
    [InlineData(1, 0.975, 12.706)]
    [InlineData(2, 0.90, 1.886)]
    [InlineData(2, 0.975, 4.303)]
    [InlineData(2, 0.999, 22.327)]
    [InlineData(3, 0.95, 2.353)]
    [InlineData(3, 0.975, 3.182)]
    [InlineData(4, 0.975, 2.776)]
    [InlineData(4, 0.995, 4.604)]
    [InlineData(5, 0.99, 3.365)]
    [InlineData(9, 0.975, 2.262)]
    [InlineData(29, 0.975, 2.045)]
    [InlineData(30, 0.975, 2.042)]
    [InlineData(100, 0.975, 1.984)]
    public void QuantilesAreThoseOfPublishedTables(int degreesOfFreedom, double probability, double t) =>
        Assert.Equal(t, StudentT.Quantile(probability, degreesOfFreedom), tolerance: 0.0006);   // printed with three decimals

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void ADrawStaysBelowAQuantileWithItsProbability(int degreesOfFreedom)
    {
        foreach (double probability in new[] { 0.001, 0.2, 0.5, 0.8, 0.9995 })
            Assert.Equal(probability, StudentT.Cdf(StudentT.Quantile(probability, degreesOfFreedom), degreesOfFreedom), tolerance: 1e-12);   // rounding
    }

    // ν = 1 is Cauchy's distribution, ½ + atan(t)/π; ν = 2 is ½ + t/(2√(2 + t²)).
    [Theory]
    [InlineData(1, 1, 0.75)]
    [InlineData(1, -1, 0.25)]
    [InlineData(1, 318.30883898555044, 0.999)]
    [InlineData(2, 1.4142135623730951, 0.8535533905932737)]
    [InlineData(3, 0, 0.5)]
    [InlineData(4, double.PositiveInfinity, 1)]
    [InlineData(5, double.NegativeInfinity, 0)]
    public void ProbabilitiesFollowTheClosedForms(int degreesOfFreedom, double t, double probability) =>
        Assert.Equal(probability, StudentT.Cdf(t, degreesOfFreedom), tolerance: 1e-15);

    /// <summary>Expected: 1 − the sums 26.7.3 and 26.7.4 of Abramowitz and Stegun, with 80 decimals.</summary>
    [Theory]
    [InlineData(5, 1, 1.25665916378002368e-1)]
    [InlineData(5, 2, 3.77495513506237237e-2)]
    [InlineData(173, 9, 3.66371531680673221e-17)]
    [InlineData(44, 14, 2.06609290442136913e-16)]
    [InlineData(30, 19, 1.80973184172504457e-17)]
    [InlineData(1250, 9, 6.83392928718408295e-25)]
    public void FarTailsKeepTheirDigits(double t, int degreesOfFreedom, double beyond) =>
        Assert.Equal(1, 2 * StudentT.Cdf(-t, degreesOfFreedom) / beyond, tolerance: 1e-13);   // rounding

    [Fact]
    public void WhatIsNoProbabilityIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(1.1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(double.NaN, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Cdf(0, 0));
        Assert.Equal(double.PositiveInfinity, StudentT.Quantile(1, 3));
    }
}
