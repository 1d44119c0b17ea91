using AeVae.Reports.Statistics;

namespace AeVae.Tests.Reports.Statistics;

/// <summary>The value in the middle.</summary>
public sealed class MedianTests
{
    [Theory]
    [InlineData(5, new double[] { 5 })]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 3, 2 })]
    public void ItIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle(double median, double[] values) => Assert.Equal(median, Median.Of(values));
}
