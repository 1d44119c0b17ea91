using AeVae.Reports.Claims;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Stores what the runs of a sweep say of its claims.</summary>
static class SweepVerdicts
{
    /// <summary>Judges them by what is stored, in place of earlier verdicts.</summary>
    public static void Judge(Globals globals, string sweepId)
    {
        IReadOnlyList<ClaimVerdict> verdicts = RunQueries.Ask(globals.DatabasePath, queries => SweepClaims.Judge(queries, queries.GetSweep(sweepId)));
        if (verdicts.Count == 0)
            return;
        using RunStore store = DatabaseFile.OpenForWriting(globals);
        store.JudgeClaims(sweepId, verdicts);
    }
}
