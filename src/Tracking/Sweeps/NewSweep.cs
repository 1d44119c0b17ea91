namespace AeVae.Tracking.Sweeps;

/// <summary>A sweep before its first trial: all that it will run is known.</summary>
public sealed record NewSweep
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Description in the file.</summary>
    public string? Description { get; init; }

    /// <summary>Path of the experiment file, relative to the project root, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>The file as the user wrote it.</summary>
    public required string YamlText { get; init; }

    /// <summary>How its points were chosen: <c>grid</c>.</summary>
    public required string Method { get; init; }

    /// <summary>What its trials have in common and in which they differ.</summary>
    public required SweepOutline Outline { get; init; }

    /// <summary>The metric that trials are ranked by: <c>val.loss</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>In the order in which they begin.</summary>
    public required IReadOnlyList<NewTrial> Trials { get; init; }
}

/// <summary>One run that a sweep is to make.</summary>
public sealed record NewTrial
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

    /// <summary>Its resolved configuration as canonical JSON.</summary>
    public required string ConfigJson { get; init; }

    /// <summary>SHA-256 of <see cref="ConfigJson"/>, lower-case hex.</summary>
    public required string ConfigSha256 { get; init; }
}

/// <summary>A place in a frozen list.</summary>
/// <param name="SweepId">The sweep.</param>
/// <param name="Number">The trial, from 1.</param>
public sealed record TrialKey(string SweepId, int Number)
{
    /// <summary>The run that carried the trial out when it was looked at, null for none: should there be another by now, the trial is not taken.</summary>
    public string? RunBefore { get; init; }
}
