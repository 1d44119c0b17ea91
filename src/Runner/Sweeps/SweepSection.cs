using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>What the section <c>sweep</c> says.</summary>
/// <param name="Node">It; empty where the file has none.</param>
sealed record SweepSection(MapNode Node)
{
    /// <summary>Where it stands, or the file begins.</summary>
    public Position At => Node.At;

    /// <summary>Its plain keys.</summary>
    public SweepOptions Options { get; init; } = new();

    /// <summary>Swept keys in the file's order, and what belongs to each.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>The same; parameters of one dimension advance together.</summary>
    public IReadOnlyList<IReadOnlyList<Parameter>> Dimensions { get; init; } = [];

    /// <summary>Further points.</summary>
    public IReadOnlyList<TrialPattern> Include { get; init; } = [];

    /// <summary>Points that are left out.</summary>
    public IReadOnlyList<TrialPattern> Exclude { get; init; } = [];

    /// <summary>The group that others are compared with.</summary>
    public TrialPattern? Baseline { get; init; }

    /// <summary>Keys that differ between trials: those of parameters, then those of included points.</summary>
    public IReadOnlyList<SpecKey> Keys => [.. Parameters.Select(parameter => parameter.Key).Concat(Include.SelectMany(point => point.Values).Select(value => value.Key)).DistinctBy(key => key.Path)];

    /// <summary>Its points, those that are excluded among them.</summary>
    public Points Points => new(Options, Dimensions, Include);

    /// <summary>Where one of its keys stands.</summary>
    public Position Place(string key) => Node.Find(key)?.Value.At ?? At;
}
