using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Trials of a frozen list that are to be carried out.</summary>
/// <param name="Sweep">The frozen list, with what was done before.</param>
/// <param name="Files">Its file and those that it extends, as they were read; empty when only the frozen list is known.</param>
/// <param name="Order">How.</param>
sealed record SweepRequest(SweepDetail Sweep, IReadOnlyList<SpecText> Files, SweepOrder Order)
{
    /// <summary>The trials that are meant, in order.</summary>
    public IReadOnlyList<FrozenTrial> Meant => Order.Only.Count == 0 ? Sweep.Trials : [.. Sweep.Trials.Where(trial => Order.Only.Contains(trial.Number))];

    /// <summary>Those of them that are not done.</summary>
    public IReadOnlyList<FrozenTrial> ToDo => [.. Meant.Where(trial => trial.Status switch
    {
        RunStatus.Completed or RunStatus.Pruned or RunStatus.Running => false,
        RunStatus.Failed => Order.RetryFailed,
        _ => true,
    })];
}
