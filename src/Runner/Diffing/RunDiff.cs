using AeVae.Runner.Execution;
using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>What two runs can differ in.</summary>
enum DiffPart
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
sealed record RunDiff(StoredRun A, StoredRun B, IReadOnlyList<DiffSection> Sections)
{
    /// <summary>No part that was asked for differs.</summary>
    public bool IsSame => Sections.All(section => section.IsSame);

    /// <summary>Compares the <paramref name="parts"/> of two runs, in the order of <see cref="DiffPart"/>.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="epoch">An epoch of a run with the digests of its tensors; null where it has none.</param>
    /// <param name="parts">What to compare.</param>
    public static RunDiff Of(StoredRun a, StoredRun b, Func<string, int, EpochRecord?> epoch, IReadOnlyCollection<DiffPart> parts) =>
        new(a, b, [.. Enum.GetValues<DiffPart>().Where(parts.Contains).Select(part => Compare(part, a, b, epoch))]);

    static DiffSection Compare(DiffPart part, StoredRun a, StoredRun b, Func<string, int, EpochRecord?> epoch) => part switch
    {
        DiffPart.Config => Config(a.Detail.Parameters, b.Detail.Parameters),
        DiffPart.Code => CodeSection.Of(a.Detail, b.Detail),
        DiffPart.Data => ProvenanceSections.Data(a.Detail.Provenance, b.Detail.Provenance),
        DiffPart.Environment => ProvenanceSections.Environment(a.Detail.Provenance, b.Detail.Provenance),
        _ => ResultSection.Of(a, b, epoch),
    };

    static DiffSection Config(IReadOnlyList<KeyValuePair<string, string>> a, IReadOnlyList<KeyValuePair<string, string>> b)
    {
        DiffSection section = DiffSection.Of(DiffPart.Config, a, b);
        return section with { Discrepancies = [.. section.Discrepancies.OrderBy(pair => pair.What, StringComparer.Ordinal)] };
    }
}
