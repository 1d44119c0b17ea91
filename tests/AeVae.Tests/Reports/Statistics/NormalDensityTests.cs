using AeVae.Reports.Statistics;

namespace AeVae.Tests.Reports.Statistics;

/// <summary>Expected numbers: Abramowitz and Stegun 1964, table 26.1, and the quantiles of table 26.5.</summary>
public sealed class NormalDensityTests
{
    [Theory]
    [InlineData(0, 0.3989422804)]
    [InlineData(1, 0.2419707245)]
    [InlineData(-2, 0.0539909665)]
    [InlineData(3.5, 0.0008726827)]
    public void TheDensityIsThatOfTheTables(double x, double density) => Assert.Equal(density, NormalDensity.At(x), 1e-6);   // linear between places 1/512 apart: at most 0.4 · (1/512)²/8

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.95996)]
    [InlineData(0.01, -2.32635)]
    [InlineData(0.9, 1.28155)]
    public void QuantilesAreThoseOfTheTables(double probability, double quantile) => Assert.Equal(quantile, NormalDensity.Quantile(probability), 1e-4);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-6)]
    public void FarOutAndNowhereItIsZero(double x) => Assert.Equal(0, NormalDensity.At(x));
}
