using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>How much of a metric's variance over runs each varied key explains, and what is to be said of it.</summary>
public sealed class ImportanceTable
{
    const int MostLevels = 8, MostBins = 4;

    readonly ComparedRuns compared;
    readonly string[] keys;
    readonly (RunGroup Group, RunData Run, double Value)[] runs;
    readonly bool isChanceMeasured;
    readonly bool hasRepeatedSettings;

    internal ImportanceTable(ComparedRuns compared)
    {
        this.compared = compared;
        keys = KeysOf(compared);
        runs = [.. RunsOf(compared)];
        if (!compared.AreOnTheSameImages(compared.Metric.Key.Split)) return;
        Importance[][] aliased = [.. keys.GroupBy(key => string.Join(' ', PartsOf(key))).Select(same => same.Select(Row).OfType<Importance>().ToArray()).Where(same => same.Length > 0)];
        Rows = [.. aliased.Select(same => same[0] with { Aliases = same[1..] }).OrderByDescending(one => one.Share)];
        bool doCross = DoCross();
        AreCrossed = Rows.Count > 1 && doCross;
        hasRepeatedSettings = runs.DistinctBy(run => DifferingKeys.SettingsOf(run.Run)).Count() < runs.Length;
        if (!doCross || SeedNoise() is not { } noise) return;
        isChanceMeasured = true;
        Rows = [.. Rows.Select(one => one with { Chance = Math.Max(0, (one.Levels - 1) * noise) })];
    }

    /// <summary>The most important key first; empty when fewer than two keys were varied, and for values on different images.</summary>
    public IReadOnlyList<Importance> Rows { get; } = [];

    /// <summary>Whether every level of each key meets those of the others in proportion, so that shares do not overlap and add up to at most all of the variance.</summary>
    internal bool AreCrossed { get; }

    /// <summary>How <see cref="Importance.Chance"/> was found, as a sentence.</summary>
    public string ChanceInWords => isChanceMeasured
        ? "By chance: what a key without any effect explains on average, (levels − 1) × the mean square of what is left beside groups and seeds ÷ the total sum of squares."
        : $"By chance: {(hasRepeatedSettings ? $"(levels − 1) ÷ (settings − 1) × the share of the variance that lies between settings" : "(levels − 1) ÷ (runs − 1)")}; what a key without any effect explains on average where values were drawn at random{(hasRepeatedSettings ? ", once for all seeds of a setting" : "")}{(Rows.Count == 1 ? "" : AreCrossed ? "; here, where each met all others, it is less" : "; where keys go together, it may be more")}.";

    /// <summary>What explains the rest where there is one row, or each value met all others, as a sentence; empty where that is not known.</summary>
    internal string RestInWords()
    {
        if (runs.DistinctBy(run => run.Group).Count() == runs.Length)
            return Rows.Count == 1 ? "" : $"Interactions and {(runs.DistinctBy(run => run.Run.Run.Seed).Count() > 1 ? compared.Repeats : "chance")} explain the rest.";
        double mean = runs.Average(run => run.Value), total = SumOfSquares([.. runs.Select(run => run.Value)]);
        double ofGroups = runs.GroupBy(run => run.Group, run => run.Value).Sum(group => group.Count() * Square(group.Average() - mean)) / total;
        string ofRepeats = $"{Importance.InWords(1 - ofGroups)} is what {compared.Repeats} of one group differ in.";
        return Rows.Count == 1 ? ofRepeats : $"Of the rest, {Importance.InWords(Math.Max(0, ofGroups - Rows.Sum(one => one.Share)))} is what keys do together (interactions{(Rows.All(one => one.Levels == runs.Select(run => run.Group.Value(one.Key)).Distinct().Count()) ? "" : ", and values within a range")}), {ofRepeats}";
    }

    /// <summary>Mean square of runs beside what their group and their seed do, as a share of the total sum of squares. Null where that is not known; it is the noise of a key's effect only where keys are crossed.</summary>
    /// <remarks>Seeds are blocks: each is in all groups, so that what a seed does to all of them tells no key from another.</remarks>
    double? SeedNoise()
    {
        IGrouping<RunGroup, (RunGroup Group, RunData Run, double Value)>[] groups = [.. runs.GroupBy(run => run.Group)];
        ulong[] seeds = [.. runs.Select(run => run.Run.Run.Seed).Distinct()];
        bool areBlocks = groups.Length > 1 && seeds.Length > 1 && runs.Length == groups.Length * seeds.Length && groups.All(group => group.Key.MixedKeys.Count == 0 && group.DistinctBy(run => run.Run.Run.Seed).Count() == seeds.Length);
        if (!areBlocks) return null;
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

    bool DoCross()
    {
        if (Rows.Any(one => one.Runs < runs.Length)) return false;
        int[][] parts = [.. Rows.Select(one => PartsOf(one.Key))];
        return parts.Index().All(a => parts.Skip(a.Index + 1).All(b => a.Item.CountBy(part => part).All(first => b.CountBy(part => part).All(second =>
            (long)runs.Length * a.Item.Zip(b).Count(both => both == (first.Key, second.Key)) == (long)first.Value * second.Value))));
    }

    /// <summary>What is to be said where runs were pruned, in plain text; null where none was.</summary>
    public string? OfPruned => compared.Groups.SelectMany(group => group.Runs).Any(run => run.Status == RunStatus.Pruned)
        ? "Runs were pruned for what they had reached, so that those that remain are alike, and a key that decided who was pruned may explain little among them" : null;

    /// <summary>Runs and keys of the comparison that it does not rest on, and why: <c>8 pruned runs, model.latent_dim (a single run has one of its values)</c>; empty where there are none.</summary>
    /// <param name="code">How keys are written.</param>
    public string LeftOut(Func<string, string> code)
    {
        IEnumerable<string> others = compared.Groups.SelectMany(group => group.Members).Except(runs.Select(run => run.Run))
            .GroupBy(run => run.Run.Status == RunStatus.Completed ? ("", $" without a finite {compared.Metric.Key}") : ($"{run.Run.Status.Word()} ", ""))
            .Select(same => Counted.Of(same.Count(), $"{same.Key.Item1}run") + same.Key.Item2);
        IEnumerable<string> left = from key in keys
                                   let why = WhyLeftOut(key, LevelsOf(key))
                                   where why is not null
                                   select $"{code(key)} ({why})";
        return string.Join(", ", others.Concat(left));
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

    IEnumerable<(RunGroup Group, RunData Run, double Value)> Having(string key) => runs.Where(run => run.Group.Value(key) is not null);

    /// <summary>The levels of a key, and the metric of the runs that have it.</summary>
    (string Name, double[] Values)[] LevelsOf(string key)
    {
        (RunGroup Group, RunData Run, double Value)[] having = [.. Having(key)];
        return [.. having.Zip(LevelsOf([.. having.Select(run => run.Group.Value(key))]), (run, level) => (run.Value, level)).GroupBy(run => run.level, run => run.Value).Select(level => (level.Key, level.ToArray()))];
    }

    /// <summary>For each run the number of the level that it has.</summary>
    int[] PartsOf(string key)
    {
        string[] levels = LevelsOf([.. runs.Select(run => run.Group.Value(key))]);
        return [.. levels.Select(level => Array.IndexOf(levels, level))];
    }

    // What a single run reached is its seed's doing as much as its value's.
    string? WhyLeftOut(string key, (string Name, double[] Values)[] levels) =>
        levels.Length < 2 ? "all of these runs have one value" : levels.Any(level => level.Values.Length == 1) ? "a single run has one of its values"
        : Having(key).DistinctBy(run => DifferingKeys.SettingsOf(run.Run)).Count() < levels.Length ? "it changes nothing that is computed" : null;

    Importance? Row(string key)
    {
        (string Name, double[] Values)[] levels = LevelsOf(key);
        if (WhyLeftOut(key, levels) is not null) return null;
        double[] values = [.. levels.SelectMany(level => level.Values)];
        double mean = values.Average(), total = SumOfSquares(values);
        if (total == 0) return null;
        double between = levels.Sum(level => level.Values.Length * Square(level.Values.Average() - mean));
        double[][] settings = [.. Having(key).GroupBy(run => DifferingKeys.SettingsOf(run.Run), run => run.Value).Select(setting => setting.ToArray())];
        double betweenSettings = settings.Sum(setting => setting.Length * Square(setting.Average() - mean));
        (string name, double[] bestValues) = levels.OrderBy(level => level.Values.Average(), Comparer<double>.Create(compared.Metric.Compare)).First();
        return new Importance(key, levels.Length, values.Length, between / total, name, bestValues.Average()) { Chance = (levels.Length - 1.0) / (settings.Length - 1) * betweenSettings / total };
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
