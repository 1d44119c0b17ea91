namespace AeVae.Tracking.Sweeps;

/// <summary>One line of a list of sweeps.</summary>
public sealed record SweepSummary
{
    /// <summary>The sweep's id.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the experiment file.</summary>
    public required string File { get; init; }

    /// <summary>How its points were chosen: <c>grid</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The metric that trials are ranked by: <c>val.loss</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>When the list was frozen, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of trials.</summary>
    public required int Trials { get; init; }

    /// <summary>Trials whose run is completed or was pruned.</summary>
    public required int Done { get; init; }
}
