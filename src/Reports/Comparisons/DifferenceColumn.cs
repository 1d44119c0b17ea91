namespace AeVae.Reports.Comparisons;

/// <summary>A column of what groups differ in: a variant, or one group of a variant whose groups do not agree.</summary>
/// <param name="Name">The variant, or the label of the group.</param>
/// <param name="Group">The group whose values it shows.</param>
public sealed record DifferenceColumn(string Name, RunGroup Group)
{
    /// <summary>A column for each variant of which all groups have the same values of these keys; of another one, for each group.</summary>
    internal static IReadOnlyList<DifferenceColumn> Of(IReadOnlyList<RunGroup> groups, IReadOnlyList<string> keys)
    {
        return [.. groups.GroupBy(group => group.Variant ?? group.Label).SelectMany(same => same.DistinctBy(Values).Count() == 1
            ? [new DifferenceColumn(same.Key, same.First())]
            : same.Select(group => new DifferenceColumn(group.Label, group)))];

        string Values(RunGroup group) => string.Join('\n', keys.Select(group.Value));
    }
}
