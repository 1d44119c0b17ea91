using AeVae.Compute;
using AeVae.Data;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Finds a run that gives the same bits as one that is asked for: equal configuration with its seed, images and numeric contract.</summary>
static class EqualRun
{
    /// <summary>The one to use of all that there are: completed, else being trained, else failed for good, else the newest to go on with; null when there is none.</summary>
    /// <returns>It, and the ids of all runs of the configuration that were looked at.</returns>
    public static (StoredRun? Found, IReadOnlyList<string> LookedAt) Find(string databasePath, ExperimentSpec spec, Splits splits)
    {
        using RunQueries queries = RunQueries.Open(databasePath);
        IReadOnlyList<string> ids = queries.FindRuns(ResolvedConfig.Sha256(ResolvedConfig.ToJson(spec)), NumericContract.Version);
        IEnumerable<StoredRun> equal = ids
            .Select(id => StoredRun.Read(queries, id))
            .Where(run => !DataCheck.Of(run.Detail.Provenance?.DataFiles ?? [], splits.Files).Any() && Rank(run) is not null);
        return (equal.MinBy(Rank), ids);
    }

    // Null for what nobody can go on with.
    static int? Rank(StoredRun run) => run.Detail.Run.Status switch
    {
        RunStatus.Completed => 0,
        RunStatus.Running => 1,
        RunStatus.Failed when run.Detail.Failure == FailureKind.NotFinite => 2,
        RunStatus.Failed or RunStatus.Crashed or RunStatus.Interrupted or RunStatus.Pruned => 3,
        _ => null,
    };
}
