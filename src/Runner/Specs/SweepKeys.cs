namespace AeVae.Runner.Specs;

/// <summary>What a file may hold beside an experiment: variants, a sweep and claims.</summary>
static class SweepKeys
{
    /// <summary>Keys of the file that make it a sweep.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["variants", "sweep", "claims"];

    /// <summary>Keys of the section <c>sweep</c> that hold keys of the experiment, or lists of them.</summary>
    public static IReadOnlyList<string> OfPoints { get; } = ["parameters", "zip", "include", "exclude", "baseline"];

    /// <summary>The other keys of that section.</summary>
    public static SpecKey Sweep { get; } = SpecKeys.Section("sweep", typeof(SweepOptions));

    /// <summary>Dotted paths of all of them.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. Sections, .. Sweep.Tree().Skip(1).Select(key => key.Path), .. OfPoints.Select(name => $"sweep.{name}"), .. Parameter("KEY").Children.Select(key => key.Path)];

    /// <summary>Those of them that have no record: path, value and meaning.</summary>
    public static IReadOnlyList<(string Path, string Value, string Meaning)> Described { get; } =
    [
        ("variants", "a mapping of names to keys", "Named changes of the experiment; each variant is run, at every point and with every seed. A variant may change any key but name and description."),
        ("claims", "a list of mappings with text and check", "Statements about the variants: `text` in words, `check` as an expression that compares what was measured; the report says which hold."),
        ("sweep.parameters", "a mapping of dotted keys to values", "Keys that are swept, such as `train.learning_rate`: a list of values, or a mapping as below."),
        ("sweep.parameters.KEY.values", "a list of values of the key", "The values, one by one; the same as the list alone."),
        ("sweep.zip", "a list of lists of swept keys", "Keys that advance together: the first value of one with the first of the others."),
        ("sweep.exclude", "a list of mappings", "Points to leave out: those that have all of the given values of dotted keys, and the given `variant`."),
        ("sweep.include", "a list of mappings", "Further points, excluded or not: values of dotted keys, for every variant or for the given `variant`."),
        ("sweep.baseline", "a variant's name, or a mapping", "What the others are compared with: one variant at one point."),
    ];

    /// <summary>The keys of a swept parameter that is written as a mapping, without <c>values</c>.</summary>
    /// <param name="key">The key that is swept.</param>
    public static SpecKey Parameter(string key) => SpecKeys.Section($"sweep.parameters.{key}", typeof(ParameterOptions));

    /// <summary>Why a key cannot be swept; null when it can.</summary>
    public static string? Defect(string key) => key switch
    {
        "seed" => "seeds have a list of their own: write 'seeds: [0, 1, 2]' in the section 'sweep'.",
        "name" or "description" => $"'{key}' is no setting; every point has a name already.",
        _ => SpecKeys.Find(key) switch
        {
            null => $"unknown key '{SpecBinder.Shown(key)}'.{(UnknownKey.Nearest("", key[(key.LastIndexOf('.') + 1)..]) is { } near && SpecKeys.Find(near) is not null ? $" Did you mean '{near}'?" : "")} Every key is listed in experiments/README.md.",
            { Kind: KeyKind.Section } section => $"'{key}' is a section; write its keys with dots, for example '{section.Children[0].Path}'.",
            _ => null,
        },
    };

    /// <summary>An override as a mapping: swept keys stand in one piece below <c>sweep.parameters</c>.</summary>
    public static MapNode Override(string[] path, SpecNode value)
    {
        if (path is not ["sweep", "parameters", _, ..])
            return MapNode.Of(string.Join('.', path), value);
        string key = string.Join('.', path[2..]);
        if (SpecKeys.Find(key) is null && SpecKeys.Find(string.Join('.', path[2..^1])) is { Kind: not KeyKind.Section } owner)
            (key, value) = (owner.Path, new MapNode(value.At, [new(path[^1], value.At, value)]));
        return MapNode.Of("sweep.parameters", new MapNode(value.At, [new(key, value.At, value)]));
    }
}
