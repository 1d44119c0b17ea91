using System.Globalization;
using AeVae.Reports.Drawing;

namespace AeVae.Reports.Comparisons;

/// <summary>A group and its colour, the same in every figure.</summary>
sealed record ShownGroup(RunGroup Group, Colour Colour);

/// <summary>The groups that figures show: as many as there are colours.</summary>
/// <param name="All">Best first.</param>
/// <param name="Remark">Which are left out, a sentence for captions with a blank before it; empty when none is.</param>
sealed record ShownGroups(IReadOnlyList<ShownGroup> All, string Remark)
{
    public static ShownGroups Of(ComparedRuns compared)
    {
        RunGroup[] measured = [.. compared.Groups.Where(group => group.Counted.Count > 0)];
        RunGroup[] shown = [.. measured.Take(GroupPalette.Count)];
        if (compared.Baseline is { Counted.Count: > 0 } baseline && !shown.Contains(baseline))
            shown[^1] = baseline;
        string remark = shown.Length == measured.Length ? ""
            : string.Create(CultureInfo.InvariantCulture, $" The best {shown.Length} of {measured.Length} groups by {compared.Metric.Key} are shown{(shown.Contains(compared.Baseline) ? ", the baseline among them" : "")}.");
        return new ShownGroups([.. shown.Select((group, i) => new ShownGroup(group, GroupPalette.Of(i)))], remark);
    }
}
