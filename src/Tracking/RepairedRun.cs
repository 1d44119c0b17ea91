namespace AeVae.Tracking;

/// <summary>What opening a results file for writing did to a run whose process is dead.</summary>
/// <param name="RunId">The run.</param>
public sealed record RepairedRun(string RunId)
{
    /// <summary>What came in from its journal, such as <c>epochs 3 to 5</c>; null for nothing.</summary>
    public string? Stored { get; init; }

    /// <summary>Lines of the journal from the first that is torn or damaged on, which were dropped.</summary>
    public int TornLines { get; init; }

    /// <summary>How its process died: the run was stored as <c>running</c> and is now as <c>crashed</c>.</summary>
    public string? Death { get; init; }

    /// <summary>Why its journal was left as it is.</summary>
    public string? Problem { get; init; }
}
