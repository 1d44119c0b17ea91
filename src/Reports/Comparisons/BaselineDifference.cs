using System.Globalization;
using AeVae.Reports.Statistics;

namespace AeVae.Reports.Comparisons;

/// <summary>How a group differs from the baseline, seed by seed.</summary>
/// <param name="Group">The group.</param>
/// <param name="Difference">Its value minus that of the baseline, over the seeds that both have.</param>
/// <param name="AdjustedPValue">p of the paired t-test after Holm's adjustment for the number of groups that are compared; null for fewer than two common seeds, and for differences that are all the same but not 0.</param>
public sealed record BaselineDifference(RunGroup Group, Sample Difference, double? AdjustedPValue)
{
    /// <summary>Whether the means differ by more than seeds explain; null where that was not tested.</summary>
    public bool? IsSignificant => AdjustedPValue is { } p ? p < 1 - Interval.Confidence : null;

    /// <summary>Why there is no test, where there is none.</summary>
    public string WhyUntested => Difference.IsWithoutSpread ? "no spread between seeds" : "needs two common seeds";

    /// <summary>The adjusted p with four decimals; a dash where that was not tested.</summary>
    public string PValueText => AdjustedPValue switch { null => "–", < 0.0001 => "< 0.0001", { } p => p.ToString("0.0000", CultureInfo.InvariantCulture) };

    internal static IReadOnlyList<BaselineDifference> Of(RunGroup baseline, IReadOnlyList<RunGroup> others, ComparedMetric metric)
    {
        (RunGroup Group, Sample Difference)[] measured = [.. others.Select(group => (group, group.DifferenceTo(baseline, metric.Key)))];
        double?[] adjusted = Holm([.. measured.Select(pair => pair.Difference.PValue)]);
        return [.. measured.Zip(adjusted, (pair, p) => new BaselineDifference(pair.Group, pair.Difference, p))];
    }

    /// <summary>Holm 1979, A Simple Sequentially Rejective Multiple Test Procedure: the k-th smallest of m values is multiplied by m − k + 1, and none falls below the one before.</summary>
    static double?[] Holm(IReadOnlyList<double?> pValues)
    {
        double?[] adjusted = new double?[pValues.Count];
        int[] order = [.. Enumerable.Range(0, pValues.Count).Where(i => pValues[i] is not null).OrderBy(i => pValues[i])];
        double least = 0;
        for (int k = 0; k < order.Length; k++)
            adjusted[order[k]] = least = Math.Max(least, Math.Min(1, (order.Length - k) * pValues[order[k]]!.Value));
        return adjusted;
    }
}
