using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Journals;

/// <summary>Stores what this process's runs leave behind; while the file cannot be written, it waits in memory and in the run's journal, and comes in later, in order.</summary>
/// <param name="path">The results file.</param>
/// <param name="connected">Gives the connection to it.</param>
sealed class RecordStore(string path, Func<SqliteConnection> connected)
{
    // Once the file has refused something: training must not pay the full wait again for every record.
    static readonly TimeSpan Haste = TimeSpan.FromMilliseconds(100);

    readonly WaitingRecords waiting = new(path);
    int newestEpoch;

    /// <summary>Something is not in the file yet.</summary>
    public bool HasWaiting => waiting.All.Count > 0;

    /// <summary>Told that the file cannot be written, and that it can be again.</summary>
    public Action<string>? Notice { get; set; }

    /// <summary>Stores a record, or lets it wait.</summary>
    /// <param name="record">What to store.</param>
    /// <param name="isLast">Nothing follows: it is worth the full wait, and what is not even in the journal is lost.</param>
    /// <param name="andThen">To do in the same transaction.</param>
    /// <exception cref="StorageException">It is the last one, and neither the file nor the journal took all.</exception>
    /// <exception cref="RunTakenException">Another process has taken the run since.</exception>
    public void Store(RunRecord record, bool isLast = false, Action? andThen = null)
    {
        newestEpoch = Math.Max(newestEpoch, record.NewEpoch);
        bool isFirst = !HasWaiting, wasInMemory = waiting.OnlyInMemory.Any();
        try
        {
            StoreWaiting(isFirst || isLast ? ResultsFile.Patience : Haste, record, andThen);
        }
        catch (StorageException refusal)
        {
            if (isFirst)
                waiting.Add(new Warning(record.RunId, record.Time, newestEpoch, $"results were stored late from here on: {refusal.Message}"));
            waiting.Add(record);
            if (isLast && waiting.JournalProblem is { } problem)
                throw Lost(record.RunId, refusal, problem);
            if (isFirst || wasInMemory != waiting.OnlyInMemory.Any())
                Notice?.Invoke($"{refusal.Message} {(isLast ? "The results wait" : "Training goes on; its results wait")} {Where(record.RunId)}, and are stored as soon as the database can be written.");
        }
    }

    /// <summary>Stores what waits, and then the newest, in one transaction.</summary>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    /// <exception cref="RunTakenException">Another process has taken the run since.</exception>
    public void StoreWaiting(TimeSpan patience, RunRecord? newest = null, Action? andThen = null)
    {
        try
        {
            ResultsFile.Guard(path, () =>
            {
                SqliteConnection connection = connected();
                connection.InTransaction(
                    () =>
                    {
                        foreach (RunRecord record in waiting.All)
                            Write(connection, record, again: true);
                        if (newest is not null)
                            Write(connection, newest, again: false);
                        andThen?.Invoke();
                    },
                    patience);
                return true;
            });
        }
        catch (RunTakenException)
        {
            // They are of epochs that another process trains by now; the run may come back to this one.
            waiting.Forget();
            throw;
        }

        if (!HasWaiting)
            return;
        string stored = WaitingRecords.Text(waiting.All);
        waiting.Clear();
        Notice?.Invoke($"{path} can be written again; stored late: {stored}.");
    }

    void Write(SqliteConnection connection, RunRecord record, bool again)
    {
        string now = StoredValues.FromTime(DateTimeOffset.UtcNow);
        if (connection.Execute(Sql.Heartbeat, [.. Lease.Current.Columns, ("$run_id", record.RunId), ("$epoch", record.NewEpoch), ("$now", now)]) == 0)
        {
            throw connection.Query(Sql.LeaseOfRun, Lease.FromRow, ("$run_id", record.RunId)) is [var holder]
                ? new RunTakenException($"run {record.RunId} was taken over by {holder}, since this process had been silent. It stops here; `runner show {record.RunId}` shows how the run goes on.")
                : new NoSuchRunException($"{path} has no run {record.RunId}");
        }

        new RecordWriter(connection).Write(record, again);
    }

    string Where(string runId) => waiting.JournalProblem is { } problem
        ? $"in memory (the journal cannot be written either: {problem})"
        : $"in {new RunJournal(path, runId).FilePath}";

    StorageException Lost(string runId, StorageException refusal, string journalProblem) => new(
        $"run {runId}: neither the database nor the journal took {WaitingRecords.Text(waiting.OnlyInMemory)}; that is lost.\n"
        + $"{refusal.Message}\n{journalProblem}\nWhen there is room again, `runner resume {runId}` trains what is lost.", refusal);
}
