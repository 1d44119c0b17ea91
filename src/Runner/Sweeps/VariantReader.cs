using System.Text.RegularExpressions;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>Named changes of the experiment.</summary>
/// <param name="Name">Its name; null for the experiment as it stands.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Changes">The keys that it sets.</param>
sealed record Variant(string? Name, Position At, MapNode Changes);

/// <summary>Reads the section <c>variants</c>.</summary>
static partial class VariantReader
{
    static readonly string[] OfTheFile = ["name", "description", "extends", .. SweepKeys.Sections];

    /// <summary>The variants in the file's order; none without the section.</summary>
    public static IReadOnlyList<Variant> Read(SpecNode? node, List<LocatedProblem> problems)
    {
        if (node is null or ScalarNode { IsNull: true })
            return [];
        if (node is not MapNode { Entries.Count: > 0 } map)
        {
            problems.Add(node.At.Problem("'variants' must be a mapping of names to the keys that each changes, for example {ae: {model: {type: ae}}, vae: {}}."));
            return [];
        }

        return [.. map.Entries.Select(entry => Variant(entry, problems))];
    }

    static Variant Variant(MapEntry entry, List<LocatedProblem> problems)
    {
        if (!NamePattern().IsMatch(entry.Key))
            problems.Add(entry.At.Problem($"a variant cannot be called '{SpecBinder.Shown(entry.Key)}': its name has letters, digits, '_' and '-', begins with a letter and has at most 40 of them."));
        if (entry.Value is not (MapNode or ScalarNode { IsNull: true }))
            problems.Add(entry.Value.At.Problem($"variant '{SpecBinder.Shown(entry.Key)}' must be a mapping of keys that it changes; {{}} changes none."));
        MapNode changes = entry.Value as MapNode ?? SpecMerge.Empty(entry.Value.At);
        foreach (MapEntry key in changes.Entries.Where(key => OfTheFile.Contains(key.Key)))
            problems.Add(key.At.Problem($"'{key.Key}' belongs to the whole file; a variant cannot change it."));
        return new(entry.Key, entry.At, changes.Without(OfTheFile).With(SpecSource.OfVariant));
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,39}\\z")]
    private static partial Regex NamePattern();
}
