using System.Globalization;
using AeVae.Runner.Views;

namespace AeVae.Tests.Runner;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(105.5912, "105.59")]
    [InlineData(25.4649, "25.46")]
    [InlineData(1.23456, "1.235")]
    [InlineData(0.93456, "0.9346")]
    [InlineData(0.067471, "0.06747")]
    [InlineData(0.0012346, "0.001235")]
    [InlineData(0.00043214, "0.0004321")]
    [InlineData(0.000012344, "0.00001234")]
    [InlineData(0.000001234, "1.234e-6")]
    [InlineData(123456789.0, "1.235e+8")]
    [InlineData(-105.5912, "-105.59")]
    [InlineData(0.0, "0")]
    [InlineData(double.NaN, "NaN")]
    public void AMetricShowsFourDigitsOrMore(double value, string text) => Assert.Equal(text, NumberText.Metric(value));

    [Theory]
    [InlineData(0.84, "0.8 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(112.2, "1 min 52 s")]
    [InlineData(3599.9, "1 h 00 min")]
    [InlineData(7500, "2 h 05 min")]
    public void ADurationShowsTwoUnitsAtMost(double seconds, string text) => Assert.Equal(text, NumberText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(60_008, "60.0 kB")]
    [InlineData(54_950_048, "55.0 MB")]
    public void BytesCountInThousands(long bytes, string text) => Assert.Equal(text, NumberText.Bytes(bytes));

    [Fact]
    public void ALocaleWithACommaChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
            CultureInfo.CurrentCulture = german;
            Assert.Equal("105.59", NumberText.Metric(105.59));
            Assert.Equal("652,824", NumberText.Count(652_824));
            Assert.Equal("0.8 s", NumberText.Duration(TimeSpan.FromSeconds(0.8)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
