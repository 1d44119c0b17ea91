namespace AeVae.Tracking;

/// <summary>Which runs to list, in which order, with which columns.</summary>
public sealed record RunFilter
{
    /// <summary>Columns that are neither metrics nor keys of the configuration.</summary>
    public static IReadOnlyList<string> ColumnsOfRun => RunColumn.OfRun;

    /// <summary>At most so many runs; null for all.</summary>
    public int? Limit { get; init; } = 20;

    /// <summary>What <see cref="RunIds"/> were named by, to name them again.</summary>
    public string? Of { get; init; }

    /// <summary>Only runs with one of these ids; null for all.</summary>
    public IReadOnlyCollection<string>? RunIds { get; init; }

    /// <summary>Only runs of this status.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>Only runs of this name.</summary>
    public string? Name { get; init; }

    /// <summary>Only runs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Conditions on columns, joined by <c>and</c>: <c>val.loss&lt;110 and model.type=vae</c>. Operators are <c>= != &lt; &lt;= &gt; &gt;=</c> and <c>~</c> for contains; a run without a value fulfils <c>!=</c> alone.</summary>
    public string? Where { get; init; }

    /// <summary>Also runs that verify another.</summary>
    public bool Verifications { get; init; }

    /// <summary>A column as in <see cref="Columns"/>, with a leading minus for falling order; null for newest first. Runs without a value come last.</summary>
    public string? Sort { get; init; }

    /// <summary>Metrics by split and name (<c>val.loss</c>; <c>best.val.loss</c>), parameters by dotted key or by its end where one key alone has it (<c>learning_rate</c>), and what a run has itself (<c>epochs</c>, <c>effective_beta</c>, <c>note</c>).</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
}
