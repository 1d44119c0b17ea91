using System.Globalization;
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
    [InlineData(3, "3")]
    [InlineData(12_000, "12,000")]
    [InlineData(-0.0, "0")]
    [InlineData(25.4649, "25.46")]
    [InlineData(0.00043214, "0.0004321")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void AWholeMetricHasNoDecimals(double value, string text) => Assert.Equal(text, Numbers.Metric(value));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(60_008, "60.0 kB")]
    [InlineData(54_950_048, "55.0 MB")]
    public void BytesCountInThousands(long bytes, string text) => Assert.Equal(text, Numbers.Bytes(bytes));

    [Fact]
    public void ALocaleWithACommaChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            Assert.Equal("105.59", Numbers.Metric(105.59));
            Assert.Equal("652,824", Numbers.Count(652_824));
            Assert.Equal("60.0 kB", Numbers.Bytes(60_008));
            Assert.Equal("0.8 s", Durations.Format(TimeSpan.FromSeconds(0.8)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0.84, "0.8 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(123, "2 min 03 s")]
    [InlineData(3599.9, "1 h 00 min")]
    [InlineData(3900, "1 h 05 min")]
    [InlineData(100_000, "27 h 47 min")]
    public void DurationsReadAsPeopleSayThem(double seconds, string text) => Assert.Equal(text, Durations.Format(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1000, 3)]
    [InlineData(999.9999999999999, 2)]
    [InlineData(-0.001, -3)]
    [InlineData(5e-324, -324)]
    public void DecadesAreExactAtPowersOfTen(double value, int decade) => Assert.Equal(decade, Decade.Of(value));
}
