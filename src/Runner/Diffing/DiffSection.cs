namespace AeVae.Runner.Diffing;

/// <summary>One thing that two runs do not have in common.</summary>
/// <param name="What">Such as a key of the configuration.</param>
/// <param name="A">What the one has; null when it has nothing of that name.</param>
/// <param name="B">What the other has.</param>
sealed record Discrepancy(string What, string? A, string? B);

/// <summary>The comparison of one part.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Compared">Things that at least one of the runs has.</param>
/// <param name="Discrepancies">Those that differ.</param>
record DiffSection(DiffPart Part, int Compared, IReadOnlyList<Discrepancy> Discrepancies)
{
    /// <summary>Nothing differs.</summary>
    public virtual bool IsSame => Discrepancies.Count == 0;

    /// <summary>Compares values by name; what the one run has comes first, in its order.</summary>
    public static DiffSection Of(DiffPart part, IEnumerable<KeyValuePair<string, string>> a, IEnumerable<KeyValuePair<string, string>> b)
    {
        Dictionary<string, string> valuesOfA = new(a), valuesOfB = new(b);
        string[] names = [.. valuesOfA.Keys.Union(valuesOfB.Keys)];
        return new(part, names.Length, [.. names
            .Select(name => new Discrepancy(name, valuesOfA.GetValueOrDefault(name), valuesOfB.GetValueOrDefault(name)))
            .Where(pair => pair.A != pair.B)]);
    }
}
