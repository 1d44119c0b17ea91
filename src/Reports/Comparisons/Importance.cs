using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>How much of a metric's variance over runs one key explains.</summary>
/// <param name="Key">The key, or <c>variant</c>.</param>
/// <param name="Levels">Number of values, or of ranges of values, that are told apart.</param>
/// <param name="Runs">Runs that were compared: those that have the key.</param>
/// <param name="Share">η² of a one-way analysis of variance: the sum of squares between levels ÷ that of all runs; 0 … 1.</param>
/// <param name="BestLevel">The value, or range, with the best mean.</param>
/// <param name="BestMean">Mean of the metric there.</param>
public sealed record Importance(string Key, int Levels, int Runs, double Share, string BestLevel, double BestMean)
{
    const int MostLevels = 8, MostBins = 4;

    /// <summary>The share that a key without any effect explains on average; see <see cref="ChanceInWords"/>.</summary>
    public double Chance { get; init; } = (Levels - 1.0) / (Runs - 1);

    bool IsChanceMeasured { get; init; }

    /// <summary>Other keys that put the runs into the same parts, so that what each of them does cannot be told.</summary>
    public IReadOnlyList<Importance> Aliases { get; init; } = [];

    /// <summary>The most important key first; empty when fewer than two keys were varied.</summary>
    internal static IReadOnlyList<Importance> Of(ComparedRuns compared)
    {
        (RunGroup Group, RunData Run, double Value)[] runs = [.. RunsOf(compared)];
        IEnumerable<Importance[]> aliased = KeysOf(compared).GroupBy(key => string.Join(' ', PartsOf(key, runs)))
            .Select(keys => keys.Select(key => Of(key, LevelsOf(key, [.. runs.Where(run => run.Group.Value(key) is not null)]), compared.Metric)).OfType<Importance>().ToArray());
        Importance[] all = [.. aliased.Where(keys => keys.Length > 0).Select(keys => keys[0] with { Aliases = keys[1..] })
            .OrderByDescending(one => one.Share)];
        return SeedNoise(compared, all) is { } noise ? [.. all.Select(one => one with { Chance = Math.Max(0, (one.Levels - 1) * noise), IsChanceMeasured = true })] : all;
    }

    /// <summary><see cref="Chance"/> for people.</summary>
    public string ChanceText => InWords(Chance);

    static string InWords(double share) => share is > 0 and < 0.0005 ? "< 0.1 %" : Numbers.Percent(share);

    /// <summary>How <see cref="Chance"/> was found, as a sentence.</summary>
    public static string ChanceInWords(ComparedRuns compared, IReadOnlyList<Importance> all)
    {
        ArgumentNullException.ThrowIfNull(compared);
        ArgumentNullException.ThrowIfNull(all);
        return all.Any(one => one.IsChanceMeasured)
            ? "By chance: what a key without any effect explains on average, (levels − 1) × the mean square of what is left beside groups and seeds ÷ the total sum of squares."
            : $"By chance: (levels − 1) ÷ (runs − 1), what a key without any effect explains on average where values were drawn at random; {(AreCrossed(compared, all) ? "here, where each met all others, it is less" : "where keys go together, it may be more")}.";
    }

    /// <summary>What explains the rest where each value met all others, as a sentence.</summary>
    public static string RestInWords(ComparedRuns compared, IReadOnlyList<Importance> all)
    {
        ArgumentNullException.ThrowIfNull(compared);
        ArgumentNullException.ThrowIfNull(all);
        (RunGroup Group, RunData Run, double Value)[] runs = [.. RunsOf(compared)];
        if (runs.DistinctBy(run => run.Group).Count() == runs.Length) return $"Interactions and {compared.Repeats} explain the rest.";
        double mean = runs.Average(run => run.Value), total = SumOfSquares([.. runs.Select(run => run.Value)]);
        double ofGroups = runs.GroupBy(run => run.Group, run => run.Value).Sum(group => group.Count() * Square(group.Average() - mean)) / total;
        return $"Of the rest, {InWords(Math.Max(0, ofGroups - all.Sum(one => one.Share)))} is what keys do together (interactions{(all.All(one => one.Levels == runs.Select(run => run.Group.Value(one.Key)).Distinct().Count()) ? "" : ", and values within a range")}), {InWords(1 - ofGroups)} is what {compared.Repeats} of one group differ in.";
    }

    /// <summary>Mean square of runs beside what their group and their seed do, as a share of the total sum of squares. Null where that is not known, or where what one key does may fall to another.</summary>
    /// <remarks>Seeds are blocks: each is in all groups, so that what a seed does to all of them tells no key from another.</remarks>
    static double? SeedNoise(ComparedRuns compared, IReadOnlyList<Importance> all)
    {
        (RunGroup Group, RunData Run, double Value)[] runs = [.. RunsOf(compared)];
        IGrouping<RunGroup, (RunGroup Group, RunData Run, double Value)>[] groups = [.. runs.GroupBy(run => run.Group)];
        ulong[] seeds = [.. runs.Select(run => run.Run.Run.Seed).Distinct()];
        bool areBlocks = groups.Length > 1 && seeds.Length > 1 && runs.Length == groups.Length * seeds.Length && groups.All(group => group.Key.MixedKeys.Count == 0 && group.DistinctBy(run => run.Run.Run.Seed).Count() == seeds.Length);
        if (!areBlocks || !AreCrossed(compared, all)) return null;
        double mean = runs.Average(run => run.Value), within = groups.Sum(group => SumOfSquares([.. group.Select(run => run.Value)]));
        double ofSeeds = groups.Length * runs.GroupBy(run => run.Run.Run.Seed).Sum(seed => Square(seed.Average(run => run.Value) - mean));
        return (within - ofSeeds) / ((groups.Length - 1.0) * (seeds.Length - 1)) / SumOfSquares([.. runs.Select(run => run.Value)]);
    }

    static double Square(double value) => value * value;

    static double SumOfSquares(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => Square(value - mean));
    }

    /// <summary>The key and its <see cref="Aliases"/>.</summary>
    /// <param name="code">How keys are written.</param>
    public string Names(Func<string, string> code) => string.Join(", ", Aliases.Prepend(this).Select(one => code(one.Key)));

    /// <summary>The best level of the key and of its <see cref="Aliases"/>, for people.</summary>
    public string BestLevels => string.Join(", ", Aliases.Prepend(this).Select(one => one.BestLevel));

    /// <summary>Whether every level of each key meets those of the others in proportion, so that shares do not overlap and add up to at most all of the variance.</summary>
    internal static bool AreCrossed(ComparedRuns compared, IReadOnlyList<Importance> all)
    {
        (RunGroup Group, RunData Run, double Value)[] runs = [.. RunsOf(compared)];
        if (all.Any(one => one.Runs < runs.Length)) return false;
        int[][] keys = [.. all.Select(one => PartsOf(one.Key, runs))];
        return keys.Index().All(a => keys.Skip(a.Index + 1).All(b => a.Item.CountBy(part => part).All(first => b.CountBy(part => part).All(second =>
            (long)runs.Length * a.Item.Zip(b).Count(both => both == (first.Key, second.Key)) == (long)first.Value * second.Value))));
    }

    /// <summary>What is to be said where runs were pruned, in plain text; null where none was.</summary>
    public static string? OfPruned(ComparedRuns compared)
    {
        ArgumentNullException.ThrowIfNull(compared);
        return compared.Groups.SelectMany(group => group.Runs).Any(run => run.Status == RunStatus.Pruned)
            ? "Runs were pruned for what they had reached, so that those that remain are alike, and a key that decided who was pruned may explain little among them" : null;
    }

    /// <summary>Runs and keys of the comparison that it does not rest on, and why: <c>8 pruned runs, model.latent_dim (a single run has one of its values)</c>; empty where there are none.</summary>
    /// <param name="compared">The comparison.</param>
    /// <param name="code">How keys are written.</param>
    public static string LeftOut(ComparedRuns compared, Func<string, string> code)
    {
        ArgumentNullException.ThrowIfNull(compared);
        (RunGroup Group, RunData Run, double Value)[] runs = [.. RunsOf(compared)];
        IEnumerable<string> others = compared.Groups.SelectMany(group => group.Members).Except(runs.Select(run => run.Run))
            .GroupBy(run => run.Run.Status == RunStatus.Completed ? ("", $" without a finite {compared.Metric.Key}") : ($"{run.Run.Status.Word()} ", ""))
            .Select(same => Counted.Of(same.Count(), $"{same.Key.Item1}run") + same.Key.Item2);
        IEnumerable<string> keys = from key in KeysOf(compared)
                                   let why = WhyLeftOut(LevelsOf(key, [.. runs.Where(run => run.Group.Value(key) is not null)]))
                                   where why is not null
                                   select $"{code(key)} ({why})";
        return string.Join(", ", others.Concat(keys));
    }

    static string[] KeysOf(ComparedRuns compared)
    {
        bool hasVariants = compared.Groups.Select(group => group.Variant).Distinct().Count() > 1;
        string[] keys = [.. hasVariants ? ["variant"] : Array.Empty<string>(), .. compared.Differing.Swept];
        return keys.Length < 2 ? [] : keys;
    }

    static IEnumerable<(RunGroup Group, RunData Run, double Value)> RunsOf(ComparedRuns compared) =>
        from one in compared.Finished
        from run in one.Counted
        let value = run.Finite(compared.Metric.Key)
        where value is not null
        select (one, run, value.Value);

    static (string Name, double[] Values)[] LevelsOf(string key, (RunGroup Group, RunData Run, double Value)[] runs) =>
        [.. runs.Zip(LevelsOf([.. runs.Select(run => run.Group.Value(key))]), (run, level) => (run.Value, level)).GroupBy(run => run.level, run => run.Value).Select(level => (level.Key, level.ToArray()))];

    /// <summary>For each run the number of the level that it has.</summary>
    static int[] PartsOf(string key, (RunGroup Group, RunData Run, double Value)[] runs)
    {
        string[] levels = LevelsOf([.. runs.Select(run => run.Group.Value(key))]);
        return [.. levels.Select(level => Array.IndexOf(levels, level))];
    }

    // What a single run reached is its seed's doing as much as its value's.
    static string? WhyLeftOut((string Name, double[] Values)[] levels) =>
        levels.Length < 2 ? "all of these runs have one value" : levels.Any(level => level.Values.Length == 1) ? "a single run has one of its values" : null;

    static Importance? Of(string key, (string Name, double[] Values)[] levels, ComparedMetric metric)
    {
        if (WhyLeftOut(levels) is not null) return null;
        double[] runs = [.. levels.SelectMany(level => level.Values)];
        double mean = runs.Average(), total = SumOfSquares(runs);
        if (total == 0) return null;
        double between = levels.Sum(level => level.Values.Length * (level.Values.Average() - mean) * (level.Values.Average() - mean));
        (string name, double[] bestValues) = levels.OrderBy(level => level.Values.Average(), Comparer<double>.Create(metric.Compare)).First();
        return new Importance(key, levels.Length, runs.Length, between / total, name, bestValues.Average());
    }

    /// <summary>The values themselves; where there are many, or a single run has one of them, and all are numbers, up to four ranges of about equally many runs, at least two in each where values allow it.</summary>
    static string[] LevelsOf(string?[] values)
    {
        double?[] numbers = [.. values.Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : (double?)null)];
        if ((values.Distinct().Count() <= MostLevels && values.CountBy(value => value ?? "–").All(value => value.Value > 1)) || numbers.Contains(null)) return [.. values.Select(value => value ?? "–")];
        double[] ascending = [.. numbers.Select(number => number!.Value).Order()];
        int bins = Math.Clamp(values.Length / 2, 2, MostBins);
        double[] starts = [.. Enumerable.Range(0, bins).Select(bin => ascending[bin * ascending.Length / bins]).Distinct()];
        return [.. numbers.Select(number =>
        {
            int bin = starts.Count(start => start <= number) - 1;
            double last = bin == starts.Length - 1 ? ascending[^1] : ascending.Last(value => value < starts[bin + 1]);
            return starts[bin] == last ? Numbers.Chosen(last) : $"{Numbers.Chosen(starts[bin])} to {Numbers.Chosen(last)}";
        })];
    }
}
