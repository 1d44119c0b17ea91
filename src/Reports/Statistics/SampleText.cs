using System.Globalization;
using AeVae.Tracking;

namespace AeVae.Reports.Statistics;

/// <summary>Samples and intervals as people read them: two significant digits of the spread say how many decimals count.</summary>
public static class SampleText
{
    const int MostDecimals = 8;

    /// <summary><c>105.59 ± 0.12</c>; the mean alone for one value and for several that are equal, without decimals if it is a whole number.</summary>
    public static string MeanAndSpread(Sample sample) => HasSpread(sample)
        ? $"{Number(sample.Mean, sample.StandardDeviation)} ± {Number(sample.StandardDeviation, sample.StandardDeviation)}"
        : sample.IsWithoutSpread ? Numbers.Chosen(sample.Mean) : Numbers.Metric(sample.Mean);

    /// <summary><c> (mean ± standard deviation of 3 seeds)</c>, for text in which at least one sample has a spread; else empty.</summary>
    /// <param name="repeats">What the samples are of: <c>seeds</c>.</param>
    /// <param name="samples">The samples.</param>
    internal static string Kind(string repeats, params IReadOnlyList<Sample> samples) => samples.FirstOrDefault(HasSpread) is { } spread
        ? string.Create(CultureInfo.InvariantCulture, $" (mean ± standard deviation of {spread.Count} {repeats})") : "";

    /// <summary><c> by the 2 seeds that both have</c>, where one of two groups has more; else empty.</summary>
    internal static string Common(int common, int ofOne, int ofOther) => common < Math.Max(ofOne, ofOther) ? $" by the {Counted.Of(common, "seed")} that both have" : "";

    /// <summary><c>95 % interval 105.41 to 105.77</c>; <c>the same with all 3 seeds</c> where there is no spread; null for one value and for one that is not finite.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="repeats">What it is of: <c>seeds</c>.</param>
    internal static string? Certainty(Sample sample, string repeats = "seeds") => sample.Interval is { } interval ? string.Create(CultureInfo.InvariantCulture, $"{100 * Interval.Confidence:0} % interval {Bounds(interval)}")
        : sample.IsWithoutSpread ? $"the same with {(sample.Count == 2 ? "both" : string.Create(CultureInfo.InvariantCulture, $"all {sample.Count}"))} {repeats}" : null;

    /// <summary><c>105.41 to 105.77</c>.</summary>
    public static string Bounds(Interval interval) => $"{Bound(interval.Low, interval)} to {Bound(interval.High, interval)}";

    /// <summary>A mean with the decimals of its interval.</summary>
    public static string Mean(Sample sample) => sample.Interval is { } interval ? Number(sample.Mean, Reach(interval)) : sample.IsWithoutSpread ? Numbers.Chosen(sample.Mean) : Numbers.Format(sample.Mean);

    // On which side of 0 a bound lies decides what holds: it is not rounded to 0.
    static string Bound(double bound, Interval interval)
    {
        string text = Number(bound, Reach(interval));
        int decimals = 1 - Decade.Of(bound);
        return bound == 0 || !Numbers.IsZero(text) ? text : decimals > MostDecimals ? Numbers.Format(bound, decimals) : bound.ToString($"N{decimals}", CultureInfo.InvariantCulture);
    }

    static bool HasSpread(Sample sample) => sample.StandardDeviation is > 0 and < double.PositiveInfinity;

    static double Reach(Interval interval) => (interval.High - interval.Low) / 2;

    static string Number(double value, double spread)
    {
        if (spread == 0) return Numbers.Chosen(value);
        int decimals = 1 - Decade.Of(spread);
        return decimals > MostDecimals ? Numbers.Format(value) : Numbers.WithoutSignOfZero(value.ToString($"N{Math.Max(decimals, 0)}", CultureInfo.InvariantCulture));
    }
}
