namespace AeVae.Tracking.Sweeps;

/// <summary>One trial of the frozen list, and what became of it.</summary>
public sealed record FrozenTrial
{
    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>Name of its run; trials that differ in the seed alone share it.</summary>
    public required string Name { get; init; }

    /// <summary>Its variant, if the experiment has several.</summary>
    public string? Variant { get; init; }

    /// <summary>Its seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The dotted keys that the sweep sets, in the file's order, and their values as in the canonical JSON.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>Variant and parameters in one text: equal for trials that differ in the seed alone.</summary>
    public string Setting => $"{Variant}\n{string.Join('\n', Parameters)}";

    /// <summary>Its resolved configuration as canonical JSON.</summary>
    public required string ConfigJson { get; init; }

    /// <summary>SHA-256 of <see cref="ConfigJson"/>, lower-case hex.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>The run that carries it out; null until one does.</summary>
    public string? RunId { get; init; }

    /// <summary>Status of that run; queued without one.</summary>
    public RunStatus Status { get; init; }
}

/// <summary>A place in a frozen list.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Number">The trial, from 1.</param>
public sealed record TrialKey(string SweepId, int Number)
{
    /// <summary>The run that carried the trial out when it was looked at, null for none: should there be another by now, the trial is not taken.</summary>
    public string? RunBefore { get; init; }
}
