using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Runs that a person chose.</summary>
/// <param name="Ids">Each once, in the order in which they were named.</param>
/// <param name="Sweep">The sweep, when one sweep and nothing else was named.</param>
sealed record SelectedRuns(IReadOnlyList<string> Ids, SweepDetail? Sweep)
{
    /// <summary>Whether it is one run, and no sweep.</summary>
    public bool IsOne => this is { Sweep: null, Ids.Count: 1 };

    /// <summary>What a person types to name them.</summary>
    public string Selector => Sweep is { Sweep.Id: var id } ? $"sweep:{id}" : string.Join(' ', Ids);

    /// <summary>One run.</summary>
    public static SelectedRuns One(string runId) => new([runId], null);
}
