namespace AeVae.Tracking;

/// <summary>What part of a run a <see cref="Difference"/> is about; stored in lower case.</summary>
public enum DifferenceKind
{
    /// <summary>The configuration against its own digest or the keys that stand beside it.</summary>
    Configuration,

    /// <summary>A data file.</summary>
    Data,

    /// <summary>The order in which the images were seen.</summary>
    Order,

    /// <summary>One tensor of the parameters or of the optimiser's state.</summary>
    Tensor,

    /// <summary>All parameters together.</summary>
    Parameters,

    /// <summary>The optimiser's state.</summary>
    Optimizer,

    /// <summary>A measured number.</summary>
    Metric,

    /// <summary>A metric's history in brief, against the history.</summary>
    Summary,

    /// <summary>What the run left behind at its end.</summary>
    Artifact,
}

/// <summary>A place where a stored run and its execution of now are not equal to the last bit.</summary>
/// <param name="Kind">What part.</param>
/// <param name="Name">Which one: a tensor, a metric as <c>validation.loss</c>, a key, a file or an artifact; null where there is but one.</param>
/// <param name="Stored">What the run holds: a number in its shortest exact form, or a digest; null when it holds nothing.</param>
/// <param name="Computed">What was found now; null when there is nothing.</param>
public sealed record Difference(DifferenceKind Kind, string? Name, string? Stored, string? Computed)
{
    /// <summary>The 64 bits of a stored number in hex, such as <c>0x405A6DB22D0E5604</c>.</summary>
    public string? StoredBits { get; init; }

    /// <summary>The 64 bits of the computed number.</summary>
    public string? ComputedBits { get; init; }
}
