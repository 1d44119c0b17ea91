using System.Text.Json;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>A value of a swept key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Node">The value, to be laid over the experiment.</param>
/// <param name="Text">The value as in the canonical JSON; texts and words without quotes.</param>
sealed record PointValue(SpecKey Key, SpecNode Node, string Text)
{
    /// <summary>Reads a value as its key demands; null when it does not fit.</summary>
    public static PointValue? Read(SpecKey key, SpecNode node, List<LocatedProblem> problems)
    {
        if (key.Kind == KeyKind.Choice && node is ScalarNode { IsNull: false } word)
            node = new MapNode(word.At, [new("type", word.At, word)]);
        int before = problems.Count;
        object? value = new SpecBinder(problems).Value(key, node);
        if (problems.Count > before)
            return null;
        return new(key, node.With(SpecSource.OfPoint), key.Kind is KeyKind.Choice or KeyKind.Section ? Flow(node) : TextOf(key, value));
    }

    /// <summary>A number.</summary>
    public static PointValue Of(SpecKey key, Position at, double value)
    {
        string text = Canonical.Number(value);
        return new(key, new ScalarNode(at.With(SpecSource.OfPoint), text, Quoted: false), text);
    }

    /// <summary>The value that an experiment has at a key; null when the section above it is null.</summary>
    public static string? TextIn(ExperimentSpec spec, SpecKey key) => SpecKeys.SectionOf(spec, key) is { } section ? TextOf(key, key.Property!.GetValue(section)) : null;

    static string TextOf(SpecKey key, object? value) => value switch
    {
        string text => text,
        Enum word => Canonical.Word(word),
        _ => ResolvedConfig.ValueToJson(key, value).Trim('"'),
    };

    /// <summary>A value as YAML on one line.</summary>
    public static string Flow(SpecNode node) => node switch
    {
        ScalarNode scalar => scalar.Quoted ? JsonSerializer.Serialize(scalar.Text) : scalar.Text,
        ListNode list => $"[{string.Join(", ", list.Items.Select(Flow))}]",
        MapNode { Entries: [{ Key: "type" } type] } => Flow(type.Value),
        MapNode map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Flow(entry.Value)}"))}}}",
        _ => "",
    };
}
