using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Journals;

/// <summary>Sets right what dead processes left behind.</summary>
static class DeadRuns
{
    /// <summary>Brings in their journals and marks their runs as crashed that are stored as running.</summary>
    public static IReadOnlyList<RepairedRun> Repair(SqliteConnection connection, string path)
    {
        var repairs = new Dictionary<string, RepairedRun>();
        foreach (RunJournal journal in RunJournal.Waiting(path))
        {
            if (new JournalRecovery(connection, journal).Bring() is { } repair)
                repairs[journal.RunId] = repair;
        }

        connection.InTransaction(() =>
        {
            foreach ((string id, string? death) in connection.Query(Sql.RunningLeases, row => (row.GetString(4), Lease.FromRow(row).Death(StoredValues.ToTime(row.GetString(5))))))
            {
                if (death is null)
                    continue;
                connection.Execute(Sql.MarkCrashed, ("$run_id", id), ("$reason", death));
                repairs[id] = repairs.GetValueOrDefault(id, new RepairedRun(id)) with { Death = death };
            }
        });
        return [.. repairs.Values.OrderBy(repair => repair.RunId, StringComparer.Ordinal)];
    }
}
