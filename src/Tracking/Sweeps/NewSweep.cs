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
    public required IReadOnlyList<FrozenTrial> Trials { get; init; }
}
