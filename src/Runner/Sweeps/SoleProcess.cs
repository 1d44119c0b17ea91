using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Trials that are compared while they train must be trained by one process: it alone knows how far each has come.</summary>
static class SoleProcess
{
    /// <summary>Refuses to train such trials while another process trains one of them.</summary>
    /// <param name="sweep">The sweep; any number of processes may train one without <see cref="SweepOutline.Asha"/>.</param>
    /// <param name="trials">Trials that this process does not train, as they stand now.</param>
    /// <param name="globals">For commands to type.</param>
    /// <exception cref="CommandException">Another process is at work.</exception>
    public static void Require(SweepDetail sweep, IEnumerable<FrozenTrial> trials, Globals globals)
    {
        if (sweep.Outline.Asha is null || trials.FirstOrDefault(trial => trial.Status == RunStatus.Running) is not { RunId: { } runId } running)
            return;
        string id = sweep.Sweep.Id;
        throw new CommandException(ExitCodes.UserError, $"sweep {id} is being trained by {RunQueries.Ask(globals.DatabasePath, queries => queries.Get(runId)).Worker} (trial {running.Number}, run {runId}), and 'asha' compares trials while they train, so one process must train them all. "
            + $"Wait for it: {globals.Command($"sweep status {id}")}. Or stop it and go on here: {globals.Command($"sweep --resume {id}")}");
    }
}
