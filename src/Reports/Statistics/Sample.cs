namespace AeVae.Reports.Statistics;

/// <summary>Mean and spread of one number that was measured several times, with one seed each.</summary>
public sealed record Sample
{
    const int RoundedBits = -50;   // of 53: an operand and the difference round once each, the largest and the smallest to opposite sides

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Their mean; NaN without any.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation of the population that they are drawn from, with n − 1 in the denominator; NaN for fewer than two.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Summarizes values in the order in which they are given.</summary>
    public static Sample Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int count = values.Count;
        if (count == 0) return new Sample { Count = 0, Mean = double.NaN, StandardDeviation = double.NaN };

        // Measured from the first value, so that equal values have no spread at all and large ones lose no digits.
        double origin = values[0];
        double mean = origin + values.Sum(value => value - origin) / count;
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Sample { Count = count, Mean = mean, StandardDeviation = count == 1 ? double.NaN : Math.Sqrt(squares / (count - 1)) };
    }

    /// <summary>The differences of two series that belong together value by value; those that differ by no more than rounding are equal.</summary>
    /// <exception cref="ArgumentException">One is longer than the other.</exception>
    public static Sample OfDifferences(IReadOnlyList<double> values, IReadOnlyList<double> baseline)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(baseline);
        if (values.Count != baseline.Count) throw new ArgumentException($"{values.Count} values cannot be paired with {baseline.Count}", nameof(baseline));
        if (values.Count == 0) return Of([]);
        double[] differences = [.. values.Zip(baseline, (value, other) => Math.Abs(value - other) <= Rounding(value, other) ? 0 : value - other)];
        double[] rounding = [.. values.Zip(baseline, Rounding)];
        // Shares of the same images may differ by 1/100 with every seed: their last bits are no spread.
        int surest = rounding.Index().MinBy(one => one.Item).Index;
        return Of(differences.Zip(rounding).All(one => Math.Abs(one.First - differences[surest]) <= Math.Max(one.Second, rounding[surest])) ? [.. Enumerable.Repeat(differences.MinBy(Math.Abs), differences.Length)] : differences);

        static double Rounding(double value, double other) => double.IsFinite(value) && double.IsFinite(other) ? Math.ScaleB(Math.Max(Math.Abs(value), Math.Abs(other)), RoundedBits) : double.NaN;
    }

    /// <summary>Whether there are several values, all equal: that is no estimate of how much others would spread.</summary>
    public bool IsWithoutSpread => StandardDeviation == 0;

    /// <summary>95 % interval of the mean by Student's t; null for fewer than two values, for one that is not finite and without a spread.</summary>
    public Interval? Interval
    {
        get
        {
            if (!double.IsFinite(StandardDeviation) || IsWithoutSpread) return null;
            double reach = StudentT.Quantile((1 + Statistics.Interval.Confidence) / 2, Count - 1) * StandardDeviation / Math.Sqrt(Count);
            return new Interval(Mean - reach, Mean + reach);
        }
    }

    /// <summary>p of Student's two-sided test that the mean is 0 (of differences: the paired test); 1 where all values are 0; null for fewer than two values, for one that is not finite and without another spread.</summary>
    public double? PValue => !double.IsFinite(StandardDeviation) ? null
        : IsWithoutSpread ? (Mean == 0 ? 1 : null)
        : 2 * StudentT.Cdf(-Math.Abs(Mean) / (StandardDeviation / Math.Sqrt(Count)), Count - 1);
}
