using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Journals;

/// <summary>Brings into the results file what a dead process left in the journal of its run.</summary>
sealed class JournalRecovery(SqliteConnection connection, RunJournal journal)
{
    /// <summary>Stores what is not there yet, in one transaction, and removes the journal.</summary>
    /// <returns>What was done; null when the journal is none of this file's or its process lives and will do it itself.</returns>
    public RepairedRun? Bring()
    {
        RepairedRun? repair = null;
        try
        {
            connection.InTransaction(() => repair = Store());
            if (repair is not null)
                journal.Delete();
            return repair;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
            or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT })
        {
            // One journal that cannot be understood must not keep other runs from being stored.
            return new RepairedRun(journal.RunId) { Problem = $"{journal.FilePath} cannot be stored: {exception.Message}" };
        }
    }

    RepairedRun? Store()
    {
        var holders = connection.Query(Sql.LeaseOfRun, row => (Lease: Lease.FromRow(row), Heartbeat: StoredValues.ToTime(row.GetString(6))), ("$run_id", journal.RunId));
        if (holders is not [var (holder, heartbeat)] || !holder.IsDead(heartbeat))
            return null;

        (IReadOnlyList<JournalLine> lines, int torn) = journal.Read();
        // Whoever was taken over may have gone on for a while; his successor has trained those epochs himself.
        RunRecord[] records = [.. lines.Where(line => line.Lease == holder && line.Record.RunId == journal.RunId).Select(line => line.Record)];
        var writer = new RecordWriter(connection);
        foreach (RunRecord record in records)
        {
            connection.Execute(Sql.LateRecord, ("$run_id", record.RunId), ("$epoch", record.NewEpoch), ("$time", StoredValues.FromTime(record.Time)));
            writer.Write(record, again: true);
        }

        return new RepairedRun(journal.RunId) { Stored = records.Length == 0 ? null : WaitingRecords.Text(records), TornLines = torn };
    }
}
