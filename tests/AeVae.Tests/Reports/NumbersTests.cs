using AeVae.Reports;

namespace AeVae.Tests.Reports;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(105.5912, "105.59")]
    [InlineData(79.4, "79.40")]
    [InlineData(0.01185, "0.01185")]
    [InlineData(0.9, "0.9000")]
    [InlineData(1234.5, "1,234.50")]
    [InlineData(20_026.4, "20,026")]
    [InlineData(1.23456e-7, "1.2346e-7")]
    [InlineData(-3.14159, "-3.142")]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void NumbersHaveSensibleDigits(double value, string text) => Assert.Equal(text, Numbers.Format(value));

    [Theory]
    [InlineData(-0.3, 0, "0")]
    [InlineData(-0.004, 2, "0.00")]
    [InlineData(-0.6, 0, "-1")]
    [InlineData(-100, 0, "-100")]
    public void WhatRoundsToZeroHasNoSign(double value, int decimals, string text) => Assert.Equal(text, Numbers.Format(value, decimals));

    [Theory]
    [InlineData(8.34, "8.3 s")]
    [InlineData(59.97, "1 min 0 s")]
    [InlineData(123, "2 min 3 s")]
    [InlineData(3900, "1 h 5 min")]
    [InlineData(100_000, "27 h 46 min")]
    public void DurationsReadAsPeopleSayThem(double seconds, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1000, 3)]
    [InlineData(999.9999999999999, 2)]
    [InlineData(-0.001, -3)]
    [InlineData(5e-324, -324)]
    public void DecadesAreExactAtPowersOfTen(double value, int decade) => Assert.Equal(decade, Decade.Of(value));
}
