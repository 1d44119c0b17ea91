namespace AeVae.Tracking;

/// <summary>What was taken out of a results file.</summary>
/// <param name="Runs">Runs that were named.</param>
/// <param name="Verifying">Runs that only verified one of these.</param>
/// <param name="Sweeps">Sweeps, with their lists of trials.</param>
/// <param name="SweepsLeft">Sweeps that stay, some of whose trials have no run any more.</param>
public sealed record RemovedRuns(IReadOnlyList<string> Runs, IReadOnlyList<string> Verifying, IReadOnlyList<string> Sweeps, IReadOnlyList<string> SweepsLeft);
