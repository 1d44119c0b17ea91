using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Which process has a run, and whether it works on it.</summary>
/// <param name="Holder">The process.</param>
/// <param name="Status">Where the run stands, as it is stored.</param>
/// <param name="TaintedReason">What changed under it; null when nothing did.</param>
/// <param name="Heartbeat">When the process last wrote.</param>
readonly record struct HeldRun(Lease Holder, RunStatus Status, string? TaintedReason, DateTimeOffset Heartbeat)
{
    /// <summary>The process trains it now, as far as anybody here can tell.</summary>
    public bool IsTrained => Status == RunStatus.Running && !Holder.IsDead(Heartbeat);

    /// <summary>As it is stored; null when there is no such run.</summary>
    public static HeldRun? Find(SqliteConnection connection, string runId) =>
        connection.Query(Sql.LeaseOfRun, row => new HeldRun(Lease.FromRow(row), StoredValues.ToStatus(row.GetString(4)), row.Text(5), StoredValues.ToTime(row.GetString(6))), ("$run_id", runId)) is [var found] ? found : null;
}
