namespace AeVae.Runner.Comparing;

/// <summary>What two runs can differ in.</summary>
enum ComparedPart
{
    /// <summary>Keys of the resolved configuration.</summary>
    Config,

    /// <summary>Commit, changes that are not committed, the program and its numeric contract.</summary>
    Code,

    /// <summary>The data files.</summary>
    Data,

    /// <summary>Machine, system, threads, packages and variables.</summary>
    Environment,

    /// <summary>Metrics, digests and artifacts.</summary>
    Results,
}

/// <summary>What two runs differ in. When they ran, how long and under which id never counts.</summary>
/// <param name="A">The one.</param>
/// <param name="B">The other.</param>
/// <param name="Sections">Each part that was asked for.</param>
sealed record RunComparison(ComparedRun A, ComparedRun B, IReadOnlyList<ComparedSection> Sections)
{
    /// <summary>No part that was asked for differs.</summary>
    public bool IsSame => Sections.All(section => section.IsSame);

    /// <summary>Compares the <paramref name="parts"/> of two runs, in the order of <see cref="ComparedPart"/>.</summary>
    public static RunComparison Of(ComparedRun a, ComparedRun b, IReadOnlyCollection<ComparedPart> parts) =>
        new(a, b, [.. Enum.GetValues<ComparedPart>().Where(parts.Contains).Select(part => Compare(part, a, b))]);

    static ComparedSection Compare(ComparedPart part, ComparedRun a, ComparedRun b) => part switch
    {
        ComparedPart.Config => Config(a.Detail.Parameters, b.Detail.Parameters),
        ComparedPart.Code => CodeSection.Of(a.Detail, b.Detail),
        ComparedPart.Data => ProvenanceSections.Data(a.Detail.Provenance, b.Detail.Provenance),
        ComparedPart.Environment => ProvenanceSections.Environment(a.Detail.Provenance, b.Detail.Provenance),
        _ => ResultSection.Of(a, b),
    };

    static ComparedSection Config(IReadOnlyList<KeyValuePair<string, string>> a, IReadOnlyList<KeyValuePair<string, string>> b)
    {
        ComparedSection section = ComparedSection.Of(ComparedPart.Config, a, b);
        return section with { Discrepancies = [.. section.Discrepancies.OrderBy(pair => pair.What, StringComparer.Ordinal)] };
    }
}
