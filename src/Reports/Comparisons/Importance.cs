using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>How much of a metric's variance over runs one key explains.</summary>
/// <param name="Key">The key, or <c>variant</c>.</param>
/// <param name="Levels">Number of values, or of ranges of values, that are told apart.</param>
/// <param name="Runs">Runs that were compared.</param>
/// <param name="Share">η² of a one-way analysis of variance: the sum of squares between levels ÷ that of all runs; 0 … 1.</param>
/// <param name="BestLevel">The value, or range, with the best mean.</param>
/// <param name="BestMean">Mean of the metric there.</param>
public sealed record Importance(string Key, int Levels, int Runs, double Share, string BestLevel, double BestMean)
{
    const int MostLevels = 8, Bins = 4;

    /// <summary>The share that a key explains on average when it has no effect at all.</summary>
    public double Chance => (Levels - 1.0) / (Runs - 1);

    /// <summary>The most important key first; empty when fewer than two keys were varied.</summary>
    internal static IReadOnlyList<Importance> Of(ComparedRuns compared)
    {
        bool hasVariants = compared.Groups.Select(group => group.Variant).Distinct().Count() > 1;
        string[] keys = [.. hasVariants ? ["variant"] : Array.Empty<string>(), .. compared.Differing.Swept];
        if (keys.Length < 2) return [];
        MetricKey metric = compared.Metric.Key;
        (RunGroup Group, double Value)[] runs = [.. compared.Finished.SelectMany(group => group.Counted.Select(run => (group, Last(run, metric)))).Where(run => double.IsFinite(run.Item2))];
        return [.. keys.Select(key => Of(key, runs, compared.Metric)).OfType<Importance>().OrderByDescending(one => one.Share)];
    }

    static double Last(RunData run, MetricKey metric) => run.Metric(metric.Split, metric.Name)?.Last ?? double.NaN;

    static Importance? Of(string key, (RunGroup Group, double Value)[] runs, ComparedMetric metric)
    {
        string?[] values = [.. runs.Select(run => run.Group.Value(key))];
        (string Name, double[] Values)[] levels = [.. runs.Zip(LevelsOf(values), (run, level) => (run.Value, level)).GroupBy(run => run.level, run => run.Value).Select(level => (level.Key, level.ToArray()))];
        if (levels.Length < 2 || levels.Length == runs.Length) return null;     // a level for each run explains everything, and nothing
        double mean = runs.Average(run => run.Value), total = runs.Sum(run => (run.Value - mean) * (run.Value - mean));
        if (total == 0) return null;
        double between = levels.Sum(level => level.Values.Length * (level.Values.Average() - mean) * (level.Values.Average() - mean));
        (string name, double[] bestValues) = levels.OrderBy(level => level.Values.Average(), Comparer<double>.Create(metric.Compare)).First();
        return new Importance(key, levels.Length, runs.Length, between / total, name, bestValues.Average());
    }

    /// <summary>The values themselves; where there are many, or one for each run, and all are numbers, quarters of about equally many runs.</summary>
    static string[] LevelsOf(string?[] values)
    {
        double?[] numbers = [.. values.Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : (double?)null)];
        if ((values.Distinct().Count() <= MostLevels && values.Distinct().Count() < values.Length) || numbers.Contains(null)) return [.. values.Select(value => value ?? "–")];
        double[] ascending = [.. numbers.Select(number => number!.Value).Order()];
        double[] starts = [.. Enumerable.Range(0, Bins).Select(bin => ascending[bin * ascending.Length / Bins]).Distinct()];
        return [.. numbers.Select(number =>
        {
            int bin = starts.Count(start => start <= number) - 1;
            double last = bin == starts.Length - 1 ? ascending[^1] : ascending.Last(value => value < starts[bin + 1]);
            return $"{Numbers.Chosen(starts[bin])} to {Numbers.Chosen(last)}";
        })];
    }
}
