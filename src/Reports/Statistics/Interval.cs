namespace AeVae.Reports.Statistics;

/// <summary>Where a mean lies, as far as a sample tells.</summary>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Share of samples of which the interval covers the true mean.</summary>
    public const double Confidence = 0.95;
}
