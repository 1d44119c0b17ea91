using AeVae.Runner.Specs;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Reads the section <c>claims</c>.</summary>
static class ClaimReader
{
    /// <summary>The claims in the file's order; none without the section.</summary>
    public static IReadOnlyList<ClaimText> Read(SpecNode? node, IReadOnlyList<Variant> variants, SweepSection sweep, List<LocatedProblem> problems)
    {
        if (node is null or ScalarNode { IsNull: true })
            return [];
        if (node is not ListNode list)
        {
            problems.Add(node.At.Problem("'claims' must be a list, each with 'text' and 'check': - {text: …, check: \"…\"}."));
            return [];
        }

        if (variants.Count == 0)
            problems.Add(node.At.Problem("claims compare variants, but the file has none. Add a section 'variants'."));
        else if (sweep.Keys.Count > 0)
            problems.Add(node.At.Problem($"claims compare variants with one value each, but '{sweep.Keys[0].Path}' is swept as well. Move the claims, or the swept parameters, to a file of their own."));
        return [.. list.Items.Select(item => Claim(item, problems)).OfType<ClaimText>()];
    }

    static ClaimText? Claim(SpecNode node, List<LocatedProblem> problems)
    {
        if (node is not MapNode map || map.Entries.Any(entry => entry.Key is not ("text" or "check")) || Text(map, "text") is not { } text || Text(map, "check") is not { } check)
        {
            problems.Add(node.At.Problem("a claim is a mapping with 'text', the claim in words, and 'check', what is measured for it, and nothing else."));
            return null;
        }

        return new(text.Text, check.Text);
    }

    static ScalarNode? Text(MapNode map, string key) => map.Find(key)?.Value is ScalarNode { IsNull: false } scalar && scalar.Text.Trim().Length > 0 ? scalar : null;
}
