namespace AeVae.Runner.Specs;

/// <summary>Puts one layer of an experiment over another.</summary>
static class SpecMerge
{
    /// <summary>An experiment without keys.</summary>
    public static MapNode Empty(Position at) => new(at, []);

    /// <summary>Merges two files, variants and sweep included; claims are a list and are replaced.</summary>
    public static MapNode MergeFiles(MapNode lower, MapNode upper)
    {
        MapNode merged = Merge(lower, upper, SpecKeys.Root);
        return new(merged.At, [.. merged.Entries.Select(entry => SweepKeys.Sections.Contains(entry.Key) && lower.Find(entry.Key) is { } below
            ? entry with { Value = MergeSection(below.Value, entry.Value, areVariants: entry.Key == "variants") }
            : entry)]);
    }

    /// <summary>A file with overrides, which are one change however many they are.</summary>
    public static MapNode Override(MapNode file, IReadOnlyList<MapNode> overrides) => overrides.Count == 0 ? file : MergeFiles(file, Combine(overrides));

    static SpecNode MergeSection(SpecNode lower, SpecNode upper, bool areVariants)
    {
        if (ReferenceEquals(lower, upper) || lower is not MapNode below || upper is not MapNode above)
            return upper;
        var merged = below.Entries.Where(entry => above.Find(entry.Key) is null).Concat(above.Entries.Select(entry => below.Find(entry.Key) is { } former
            ? entry with { Value = areVariants && (former.Value, entry.Value) is (MapNode one, MapNode other) ? Merge(Merge(Empty(one.At), one, SpecKeys.Root), other, SpecKeys.Root) : MergeSection(former.Value, entry.Value, areVariants: false) }
            : entry)).ToList();
        // Replacing a value does not move its key.
        var order = below.Entries.Select(entry => entry.Key).ToList();
        return new MapNode(Place(below, above), [.. merged.OrderBy(entry => order.IndexOf(entry.Key) is >= 0 and var index ? index : order.Count)]);
    }

    /// <summary>Several changes as one, later values over earlier ones: of a choice whose type one of them gives and whose options others do, all stays.</summary>
    public static MapNode Combine(IReadOnlyList<MapNode> changes) =>
        changes.Select(change => Merge(Empty(change.At), change, SpecKeys.Root)).Aggregate((earlier, later) => (MapNode)MergeSection(earlier, later, areVariants: false));

    /// <summary>
    /// Mappings merge key by key; everything else of <paramref name="upper"/> replaces what stands below. Where the type of a choice (optimizer, schedule)
    /// changes, the options below that mean nothing to the new one are dropped: betas of adam for sgd. Afterwards every choice is a mapping.
    /// </summary>
    public static MapNode Merge(MapNode lower, MapNode upper, SpecKey section)
    {
        var merged = lower.Entries.ToList();
        foreach (var entry in upper.Entries)
        {
            int index = merged.FindIndex(other => other.Key == entry.Key);
            var value = Value(index < 0 ? null : merged[index].Value, entry.Value, section.Child(entry.Key), lower.At);
            if (index < 0)
                merged.Add(entry with { Value = value });
            else
                merged[index] = entry with { Value = value };
        }
        return new(Place(lower, upper), merged);
    }

    // What a mapping lacks is missing in the file, whatever the command line puts over it.
    static Position Place(MapNode lower, MapNode upper) => upper.At.Source.Layer > 0 && lower.At.Source.Layer <= 0 ? lower.At : upper.At;

    static SpecNode Value(SpecNode? lower, SpecNode upper, SpecKey? key, Position place)
    {
        if (key is not { Kind: KeyKind.Section or KeyKind.Choice })
            return upper;

        // `loss:` with nothing (or only comments) below it is a section without keys.
        if (upper is ScalarNode { IsNull: true } && !key.IsNullable)
            return lower as MapNode ?? Empty(upper.At);
        if (key.Kind == KeyKind.Choice && upper is ScalarNode word)
            upper = new MapNode(word.At, [new("type", word.At, word)]);
        if (upper is not MapNode map)
            return upper;

        var below = lower as MapNode ?? Empty(map.At.Source.Layer > 0 ? place : map.At);
        if (key.Kind == KeyKind.Choice && map.Find("type")?.Value is ScalarNode { Text: var type })
            below = new(below.At, [.. below.Entries.Where(entry => Applicability.Fits($"{key.Path}.{entry.Key}", $"{key.Path}.type", type))]);
        return Merge(below, map, key);
    }
}
