namespace AeVae.Tracking.Merging;

/// <summary>What a results file took from another.</summary>
/// <param name="Runs">Runs of the other file.</param>
/// <param name="Sweeps">Sweeps of the other file.</param>
/// <param name="Verdicts">Verifications that were done there, of runs that both have.</param>
public sealed record MergeResult(MergedIds Runs, MergedIds Sweeps, int Verdicts);

/// <summary>Ids of what the other file has, by what this one knew of it.</summary>
public sealed class MergedIds
{
    readonly Dictionary<string, Knowledge> all = [];

    /// <summary>Nothing.</summary>
    public IReadOnlyList<string> Added => Of(Knowledge.Nothing);

    /// <summary>Less: a run had gone on or ended there, a sweep had been extended or had other runs.</summary>
    public IReadOnlyList<string> Updated => Of(Knowledge.Less);

    /// <summary>The same.</summary>
    public IReadOnlyList<string> Equal => Of(Knowledge.Same);

    /// <summary>The same or more.</summary>
    public IReadOnlyList<string> Unchanged => [.. Equal, .. Of(Knowledge.More)];

    internal void Add(string id, Knowledge knowledge) => all.Add(id, knowledge);

    List<string> Of(Knowledge knowledge) => [.. all.Where(one => one.Value == knowledge).Select(one => one.Key)];
}

/// <summary>What a file knew of a run or sweep of another.</summary>
enum Knowledge
{
    Nothing,
    Less,
    Same,
    More,
}
