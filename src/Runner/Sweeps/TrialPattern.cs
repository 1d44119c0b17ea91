using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Sweeps;

/// <summary>A variant and values of keys, as <c>include</c>, <c>exclude</c> and <c>baseline</c> write them.</summary>
/// <param name="Variant">Name of the variant; null for any.</param>
/// <param name="Values">Values that are given.</param>
/// <param name="At">Where it stands.</param>
sealed record TrialPattern(string? Variant, IReadOnlyList<PointValue> Values, Position At)
{
    /// <summary>Whether the trials of a point are meant.</summary>
    public bool Matches(string? variant, Point point) =>
        (Variant is null || Variant == variant) && Values.All(value => point.Values.Any(other => other.Key.Path == value.Key.Path && other.Text == value.Text));

    /// <summary>Reads a mapping.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What it is, for problems: <c>exclude</c>.</param>
    /// <param name="variants">Names of the variants.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    public static TrialPattern? Read(SpecNode node, string what, IReadOnlyList<string> variants, List<LocatedProblem> problems)
    {
        if (node is not MapNode { Entries.Count: > 0 } map)
        {
            problems.Add(node.At.Problem($"'sweep.{what}' must be {(what == "baseline" ? "the name of a variant, or " : "a list of mappings, each ")}a mapping of dotted keys and 'variant' to values, for example {{train.learning_rate: 1e-3}}."));
            return null;
        }

        int before = problems.Count;
        string? variant = null;
        List<PointValue> values = [];
        foreach (MapEntry entry in map.Entries)
        {
            if (entry.Key == "variant")
                variant = VariantName(entry.Value, variants, problems);
            else if (SweepKeys.Defect(entry.Key) is { } defect)
                problems.Add(entry.At.Problem(defect));
            else if (PointValue.Read(SpecKeys.Get(entry.Key), entry.Value, problems) is { } value)
                values.Add(value);
        }

        return problems.Count > before ? null : new(variant, values, node.At);
    }

    /// <summary>The name of a variant that exists.</summary>
    public static string? VariantName(SpecNode node, IReadOnlyList<string> variants, List<LocatedProblem> problems)
    {
        string text = node is ScalarNode { IsNull: false } scalar ? scalar.Text : "";
        if (variants.Contains(text))
            return text;
        string near = NearestName.Hint(text, variants);
        problems.Add(node.At.Problem(variants.Count == 0
            ? "names a variant, but the file has none. Add a section 'variants', or leave this out."
            : $"there is no variant '{SpecBinder.Shown(text)}'; there {(variants.Count == 1 ? "is" : "are")} {string.Join(", ", variants)}.{near}"));
        return null;
    }
}
