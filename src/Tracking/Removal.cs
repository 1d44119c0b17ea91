using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Takes runs and sweeps out of a results file; call it within a transaction.</summary>
sealed class Removal(SqliteConnection connection)
{
    /// <exception cref="NoSuchRunException">One of the runs is no more.</exception>
    /// <exception cref="RunTakenException">A process works on one of them.</exception>
    public RemovedRuns Remove(IReadOnlyList<string> runIds, IReadOnlyList<string> sweepIds)
    {
        foreach (string id in sweepIds)
        {
            foreach (string run in connection.Texts(Sql.RunsOfSweep, ("$sweep_id", id)))
                RefuseLiving(run);
            runIds = [.. runIds.Union(connection.Texts(Sql.OwnRunsOfSweep, ("$sweep_id", id)))];
        }

        // A run that only verifies another means nothing without it.
        List<string> verifying = [.. connection.Texts(Sql.VerifyingRuns, ("$run_ids", Json(runIds))).Except(runIds)];
        string all = Json([.. runIds, .. verifying]);
        foreach (string id in (string[])[.. runIds, .. verifying])
            RefuseLiving(id);

        foreach (string id in sweepIds)
            connection.Execute(Sql.RemoveSweep, ("$id", id));
        // Verdicts speak of the runs that there were.
        List<string> sweepsLeft = connection.Texts(Sql.SweepsOfRuns, ("$run_ids", all));
        foreach (string id in sweepsLeft)
            connection.Execute(Sql.ForgetClaims, ("$sweep_id", id));
        connection.Execute(Sql.RemoveRuns, ("$run_ids", all));
        connection.Execute(Sql.RemoveUnusedExperiments);
        return new(runIds, verifying, sweepIds, sweepsLeft);
    }

    void RefuseLiving(string id)
    {
        HeldRun run = HeldRun.Find(connection, id) ?? throw new NoSuchRunException($"There is no run {id} any more.");
        if (run.IsTrained)
            throw new RunTakenException($"run {id} is being trained by {run.Holder}. Nothing was removed. Stop that process first.");
    }

    static string Json(IReadOnlyList<string> ids) => JsonSerializer.Serialize(ids);
}
