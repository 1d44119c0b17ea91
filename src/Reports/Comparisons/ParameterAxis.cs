using System.Globalization;
using AeVae.Reports.Charts;

namespace AeVae.Reports.Comparisons;

/// <summary>The values of a key as positions on an axis: numbers where they are, on a logarithmic scale where they are spaced or drawn so; names one after another. What has no value stands apart.</summary>
sealed class ParameterAxis
{
    const int MostNamedTicks = 10;
    const int FewestDraws = 6;
    const double LeastLogRatio = 8;
    const double EvenGaps = 0.25;   // standard deviation ÷ mean; of the gaps between draws it is about 1
    const double Ln10 = 2.302585092994046;
    const double LeanToLog = 2;   // nats: draws over decades are unreadable on a linear axis, evenly drawn ones readable on either

    readonly Dictionary<string, double> positions;

    ParameterAxis(Dictionary<string, double> positions, Axis axis, bool isLog) => (this.positions, Axis, IsLogarithmic) = (positions, axis, isLog);

    /// <summary>The axis, its ticks at the values themselves where they are few.</summary>
    public Axis Axis { get; }

    /// <summary>Whether equal distances are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Whether 0 stands beside values on a logarithmic scale.</summary>
    public bool HasZeroApart => IsLogarithmic && positions.ContainsKey("0");

    /// <summary>Where a value stands.</summary>
    public double At(string? value) => positions[value ?? ""];

    /// <summary>An axis over all of the values.</summary>
    public static ParameterAxis Of(string title, IEnumerable<string?> values)
    {
        string[] distinct = [.. values.Select(value => value ?? "").Distinct()];
        Dictionary<string, double> numbers = [];
        foreach (string value in distinct)
        {
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) numbers[value] = number;
        }

        if (numbers.Count == 0 || numbers.Count < distinct.Count(value => value.Length > 0))
        {
            string[] ordered = [.. distinct.OrderBy(value => value.Length).ThenBy(value => value, StringComparer.Ordinal)];
            return Named(title, ordered.Select((value, i) => (value, (double)i)).ToDictionary(), value => value.Length == 0 ? "–" : value, isLog: false);
        }

        double[] ascending = [.. numbers.Values.Distinct().Order()];
        double[] scaled = ascending is [0, .. var above] ? above : ascending;
        bool isLog = IsLog(scaled), hasZero = isLog && scaled.Length < ascending.Length;
        // 0, as of a weight that is left out, has no logarithm: it stands a mean gap below the others.
        double zero = hasZero ? Math.Log10(scaled[0]) - (Math.Log10(scaled[^1] / scaled[0]) / (scaled.Length - 1)) : double.NaN;
        Dictionary<string, double> positions = numbers.ToDictionary(value => value.Key, value => !isLog ? value.Value : value.Value == 0 ? zero : Math.Log10(value.Value));
        string fullTitle = isLog ? $"{title} (log scale{(hasZero ? ", 0 apart" : "")})" : title;
        bool hasMissing = distinct.Contains("");
        double[] known = [.. positions.Values.Distinct().Order()];
        if (known.Length <= MostNamedTicks)
        {
            if (hasMissing) positions[""] = known[0] - (known.Length > 1 ? (known[^1] - known[0]) / (known.Length - 1) : 1);
            return Named(fullTitle, positions, value => value.Length == 0 ? "–" : Numbers.Chosen(numbers[value]), isLog);
        }

        Axis axis = isLog ? Decades(fullTitle, [.. positions.Values.Where(position => position != zero)]) : Axis.Over(fullTitle, [.. positions.Values], 6);
        if (hasZero) axis = axis with { Low = zero, Ticks = [(zero, "0"), .. axis.Ticks] };
        if (hasMissing)
        {
            // What has no value, as an AE among KL weights, stands apart below all numbers.
            positions[""] = axis.Low - (axis.High - axis.Low) / Math.Max(1, axis.Ticks.Count - 1);
            axis = axis with { Low = positions[""], Ticks = [(positions[""], "–"), .. axis.Ticks] };
        }

        return new ParameterAxis(positions, axis, isLog);
    }

    static ParameterAxis Named(string title, Dictionary<string, double> positions, Func<string, string> label, bool isLog)
    {
        (double low, double high) = (positions.Values.Min(), positions.Values.Max());
        if (low == high) (low, high) = (low - 1, high + 1);
        return new ParameterAxis(positions, new Axis(title, low, high, [.. positions.OrderBy(value => value.Value).DistinctBy(value => value.Value).Select(value => (value.Value, label(value.Key)))]), isLog);
    }

    static Axis Decades(string title, double[] logarithms)
    {
        (double low, double high) = (logarithms.Min(), logarithms.Max());
        List<(double, string)> ticks = [];
        for (int exponent = (int)Math.Floor(low); exponent <= high; exponent++)
        {
            foreach (int mantissa in (ReadOnlySpan<int>)(high - low > 2.5 ? [1] : [1, 2, 5]))
            {
                double value = mantissa * Decade.Power(exponent), at = Math.Log10(value);
                if (at >= low && at <= high) ticks.Add((at, Numbers.Chosen(value)));
            }
        }

        return new Axis(title, low, high, ticks);
    }

    /// <summary>Positive, far apart, and more evenly spaced in ratios than in differences; many that are evenly spaced in neither were drawn.</summary>
    static bool IsLog(double[] ascending)
    {
        if (ascending.Length < 2 || ascending[0] <= 0 || ascending[^1] / ascending[0] < LeastLogRatio) return false;
        (double ratios, double differences) = (Unevenness([.. ascending.Select(Math.Log10)]), Unevenness(ascending));
        return ascending.Length >= FewestDraws && Math.Min(ratios, differences) > EvenGaps ? AreLogUniform(ascending) : ratios <= differences;
    }

    // Between the ends a and b the density is 1 ÷ (b − a) of uniform draws and 1 ÷ (x · ln(b ÷ a)) of log-uniform ones.
    static bool AreLogUniform(double[] ascending)
    {
        (double low, double high) = (ascending[0], ascending[^1]);
        double[] inner = ascending[1..^1];
        double logarithmicMean = (high - low) / (Ln10 * Math.Log10(high / low));
        return Ln10 * inner.Sum(value => Math.Log10(value / logarithmicMean)) < LeanToLog;
    }

    static double Unevenness(double[] ascending)
    {
        double[] gaps = [.. ascending.Zip(ascending.Skip(1), (a, b) => b - a)];
        double mean = gaps.Average();
        return Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean;
    }
}
