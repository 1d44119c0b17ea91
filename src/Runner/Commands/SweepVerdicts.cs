using AeVae.Reports.Claims;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Stores what the runs of a sweep say of its claims.</summary>
static class SweepVerdicts
{
    const int MostRounds = 3;   // whoever ends the last trial judges again

    /// <summary>Judges them by what is stored, in place of earlier verdicts.</summary>
    /// <returns>The sweep as it was judged.</returns>
    public static SweepDetail Judge(Globals globals, string sweepId)
    {
        for (int round = 1; ; round++)
        {
            SweepDetail sweep = RunQueries.Ask(globals.DatabasePath, queries => Judged(queries, queries.GetSweep(sweepId)));
            if (sweep.Claims.Count == 0)
                return sweep;
            using (RunStore store = DatabaseFile.OpenForWriting(globals))
                store.JudgeClaims(sweepId, sweep.Claims);
            // Another process may have ended trials and judged them meanwhile: these verdicts would stand in place of its own.
            if (round == MostRounds || RunQueries.Ask(globals.DatabasePath, queries => queries.GetSweep(sweepId)).Trials.Select(Standing).SequenceEqual(sweep.Trials.Select(Standing)))
                return sweep;
        }
    }

    static SweepDetail Judged(RunQueries queries, SweepDetail sweep) => sweep with { Claims = SweepClaims.Judge(queries, sweep) };

    static string? Standing(FrozenTrial trial) => trial.Status is RunStatus.Queued or RunStatus.Running ? null : $"{trial.RunId} {trial.Status}";
}
