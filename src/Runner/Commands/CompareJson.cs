using AeVae.Reports.Comparisons;
using AeVae.Reports.Statistics;

namespace AeVae.Runner.Commands;

/// <summary>A comparison of several runs as JSON, for scripts.</summary>
static class CompareJson
{
    /// <summary>The metric, the groups best first, and how they differ from the baseline.</summary>
    public static object Of(ComparedRuns compared) => new
    {
        SweepId = compared.Sweep?.Sweep.Id,
        Metric = compared.Metric.Key.ToString(),
        compared.Unit,
        compared.Metric.Goal,
        BestRunId = compared.Best?.Id,
        DifferingKeys = compared.Differing.Swept.Concat(compared.Differing.Others),
        Groups = compared.Groups.Select(group => Group(group, compared)),
        Baseline = compared.Baseline?.Label,
        DifferencesToBaseline = compared.DifferencesToBaseline().Select(Difference),
        Importance = compared.ImportanceTable.Rows.Select(one => Importance(one, compared.IsRanked)),
        Notes = compared.Notes.Append(compared.SamplingNoise()).OfType<string>(),
    };

    static object Group(RunGroup group, ComparedRuns compared)
    {
        SeedSpread spread = new(group.Sample(compared.Metric.Key));
        return new
        {
            group.Label,
            group.Variant,
            Values = group.Values.ToDictionary(),
            Runs = group.Runs.Select(run => new { run.Id, run.Seed, run.Status, run.EpochsDone }),
            Rank = compared.RankOf(group),
            BestRunId = compared.IsRanked ? group.Best(compared.Metric)?.Id : null,
            spread.Count,
            spread.Mean,
            spread.StandardDeviation,
            spread.Interval,
            BySeed = group.ValuesBySeed(compared.Metric.Key),
        };
    }

    static object Difference(BaselineDifference difference)
    {
        SeedSpread spread = new(difference.Difference);
        return new
        {
            difference.Group.Label,
            spread.Count,
            spread.Mean,
            spread.StandardDeviation,
            spread.Interval,
            P = difference.Difference.PValue,
            PAdjusted = difference.AdjustedPValue,
            Significant = difference.IsSignificant,
        };
    }

    static object Importance(Importance one, bool isRanked) => new
    {
        one.Key,
        Aliases = one.Aliases.Select(alias => new { alias.Key, BestLevel = isRanked ? alias.BestLevel : null }),
        one.Levels,
        one.Runs,
        EtaSquared = one.Share,
        EtaSquaredByChance = one.Chance,
        BestLevel = isRanked ? one.BestLevel : null,
        BestMean = isRanked ? one.BestMean : (double?)null,
    };

    /// <summary>Mean and spread over seeds; null where there are too few.</summary>
    internal sealed class SeedSpread(Sample sample)
    {
        public int Count => sample.Count;

        public double? Mean => Count > 0 ? sample.Mean : null;

        public double? StandardDeviation => double.IsFinite(sample.StandardDeviation) ? sample.StandardDeviation : null;

        public double[]? Interval => sample.Interval is { } interval ? [interval.Low, interval.High] : null;
    }
}
