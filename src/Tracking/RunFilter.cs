namespace AeVae.Tracking;

/// <summary>Which runs to list, in which order, with which columns.</summary>
public sealed record RunFilter
{
    /// <summary>At most so many runs; null for all.</summary>
    public int? Limit { get; init; } = 20;

    /// <summary>Only runs of this status.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only runs of this name.</summary>
    public string? Name { get; init; }

    /// <summary>Only runs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Also runs that verify another.</summary>
    public bool Verifications { get; init; }

    /// <summary>A column as in <see cref="Columns"/>, with a leading minus for falling order; null for newest first. Runs without a value come last.</summary>
    public string? Sort { get; init; }

    /// <summary>Metrics by split and name (<c>val.loss</c>) and parameters by dotted key (<c>train.learning_rate</c>); <c>note</c> and <c>started</c> of the run itself.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
