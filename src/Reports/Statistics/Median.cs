namespace AeVae.Reports.Statistics;

/// <summary>The value in the middle.</summary>
static class Median
{
    /// <summary>The middle one of some values; of an even number, the mean of both.</summary>
    /// <param name="values">At least one.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
