using System.Globalization;
using AeVae.Reports.Drawing;

namespace AeVae.Reports.Comparisons;

/// <summary>A group and its colour, the same in every figure.</summary>
sealed record ShownGroup(RunGroup Group, Colour Colour);

/// <summary>The groups that figures show: as many as there are colours.</summary>
/// <param name="All">By variant and by the values of what was swept; best first where nothing was.</param>
/// <param name="Remark">Which are left out, a sentence for captions with a blank before it; empty when none is.</param>
sealed record ShownGroups(IReadOnlyList<ShownGroup> All, string Remark)
{
    // More shades than colours can be told apart, since they stand in order.
    const int MostShades = 12;
    const double LightestShare = 0.45, DarkestShare = 0.55;   // of white and of black in a shade: all are seen on paper

    public static ShownGroups Of(ComparedRuns compared)
    {
        RunGroup[] measured = [.. compared.Groups.Where(group => group.Counted.Count > 0)];
        EffectLines? lines = EffectLines.Of(compared) is { } found && measured.All(group => group.Value(found.Key) is null || group.Number(found.Key) is not null) ? found : null;
        RunGroup[] inTurn = [.. measured.GroupBy(compared.DataSetOf).SelectMany(dataSet => dataSet.Index()).OrderBy(group => group.Index).Select(group => group.Item)];
        RunGroup[] shown = [.. inTurn.Take(lines is null ? GroupPalette.Count : MostShades).OrderBy(group => Array.IndexOf(measured, group))];
        if (compared.Baseline is { Counted.Count: > 0 } baseline && !shown.Contains(baseline))
            shown[^1] = baseline;
        string remark = shown.Length == measured.Length ? ""
            : string.Create(CultureInfo.InvariantCulture, $" The {(compared.IsRanked ? "best" : "first")} {shown.Length} of {measured.Length} groups{(compared.DataSets.Count > 1 ? ", of each data set in turn," : $" by {compared.Metric.Key}")} are shown{(shown.Contains(compared.Baseline) ? ", the baseline among them" : "")}.");
        if (compared.Differing.Swept.Count > 0) shown = InOrder(shown, compared.Differing.Swept);
        return new ShownGroups(lines is null ? [.. shown.Select((group, i) => new ShownGroup(group, GroupPalette.Of(i)))] : Shaded(shown, lines), remark);
    }

    static RunGroup[] InOrder(RunGroup[] groups, IReadOnlyList<string> keys)
    {
        IOrderedEnumerable<RunGroup> ordered = groups.OrderBy(group => group.Variant, StringComparer.Ordinal);
        foreach (string key in keys)
            ordered = ordered.ThenBy(group => group.Number(key) ?? double.PositiveInfinity).ThenBy(group => group.Value(key), StringComparer.Ordinal);
        return [.. ordered];
    }

    /// <summary>The hue of its line, from light to dark with the value of the key along the axis.</summary>
    static ShownGroup[] Shaded(RunGroup[] groups, EffectLines lines)
    {
        Dictionary<RunGroup, Colour> colours = [];
        foreach ((int hue, (_, IReadOnlyList<RunGroup> all)) in lines.All.Index())
        {
            RunGroup[] line = [.. all.Where(groups.Contains).OrderBy(group => group.Number(lines.Key))];
            foreach ((int i, RunGroup group) in line.Index())
            {
                double share = line.Length == 1 ? 0 : 2.0 * i / (line.Length - 1) - 1;
                colours[group] = share < 0 ? GroupPalette.Of(hue).Towards(Style.Paper, -share * LightestShare) : GroupPalette.Of(hue).Towards(Style.Ink, share * DarkestShare);
            }
        }

        return [.. groups.Select(group => new ShownGroup(group, colours[group]))];
    }
}
