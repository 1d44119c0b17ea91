using AeVae.Reports.Drawing;

namespace AeVae.Reports.Comparisons;

/// <summary>Groups as lines over one of the keys that were varied.</summary>
/// <param name="Key">The key along the axis.</param>
/// <param name="OtherKeys">The other keys that were varied, which a line has one value of.</param>
/// <param name="X">The axis, over the values of all groups.</param>
/// <param name="All">Name and groups of each line: a variant, values of the other keys, or both. The only line may have no name.</param>
sealed record EffectLines(string Key, IReadOnlyList<string> OtherKeys, ParameterAxis X, IReadOnlyList<(string Name, IReadOnlyList<RunGroup> Groups)> All)
{
    const int FewestValuesOfNumbers = 3;

    /// <summary>The lines of all groups that have trained an epoch, so that their colours are the same in every figure. Null where nothing was varied, or where there are more lines than colours or hardly two points to each, as of random draws.</summary>
    public static EffectLines? Of(ComparedRuns compared)
    {
        RunGroup[] groups = [.. compared.Groups.Where(group => group.Counted.Count > 0)];
        IReadOnlyList<string> keys = compared.Differing.Swept;
        if (keys.Count == 0 || groups.Length < 2) return null;
        string key = keys.MaxBy(one => (groups.All(group => group.Value(one) is null || group.Number(one) is not null) && Values(one) >= FewestValuesOfNumbers, Values(one)))!;
        string[] others = [.. keys.Where(one => one != key)];
        ParameterAxis[] axes = [.. others.Select(other => ParameterAxis.Of(other, groups.Select(group => group.Value(other))))];
        IOrderedEnumerable<RunGroup> ordered = groups.OrderBy(group => group.Variant, StringComparer.Ordinal);
        foreach ((string other, ParameterAxis axis) in others.Zip(axes)) ordered = ordered.ThenBy(group => axis.At(group.Value(other)));
        // A group without a value of the key, as an AE among KL weights, is joined to no other.
        string[] valued = [.. groups.Where(group => group.Value(key) is not null).Select(Name)];
        (string Name, IReadOnlyList<RunGroup>)[] lines = [.. ordered.GroupBy(group => (Name: Name(group), HasValue: group.Value(key) is not null))
            .Select(line => (line.Key.HasValue || !valued.Contains(line.Key.Name) ? line.Key.Name : Joined(line.Key.Name, $"no {DifferingKeys.Shorten(key, keys)}"), (IReadOnlyList<RunGroup>)[.. line]))];
        return others.Length > 0 && (lines.Length > GroupPalette.Count || groups.Length < 2 * lines.Length)
            ? null
            : new EffectLines(key, others, ParameterAxis.Of(key, groups.Select(group => group.Value(key))), lines);

        int Values(string of) => groups.Select(group => group.Value(of)).OfType<string>().Distinct().Count();

        static string Joined(string name, string more) => name.Length == 0 ? more : $"{name}, {more}";

        string Name(RunGroup group) => string.Join(", ", [.. group.Variant is { } variant ? [variant] : (string[])[], .. others.Select(other => $"{DifferingKeys.Shorten(other, keys)}={group.Value(other) ?? "–"}")]);
    }
}
