using System.Globalization;

namespace AeVae.Tracking.Journals;

/// <summary>What the results file refused, in order, until it takes it: in memory, and in the run's journal for the case that this process dies.</summary>
sealed class WaitingRecords(string databasePath)
{
    readonly List<RunRecord> records = [];
    int inJournal;   // so many of the first

    /// <summary>All, in order.</summary>
    public IReadOnlyList<RunRecord> All => records;

    /// <summary>Those that would be lost with this process.</summary>
    public IEnumerable<RunRecord> OnlyInMemory => records.Skip(inJournal);

    /// <summary>Why some are only in memory; null when all are in the journal.</summary>
    public string? JournalProblem { get; private set; }

    /// <summary>Adds a record, and writes to the journal whatever is not there yet.</summary>
    public void Add(RunRecord record)
    {
        records.Add(record);
        JournalProblem = null;
        try
        {
            for (; inJournal < records.Count; inJournal++)
                new RunJournal(databasePath, records[inJournal].RunId).Append(records[inJournal]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            JournalProblem = exception.Message;
        }
    }

    /// <summary>All are stored.</summary>
    public void Clear()
    {
        foreach (string runId in records.Select(record => record.RunId).Distinct())
        {
            try
            {
                new RunJournal(databasePath, runId).Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Whoever finds the journal later sees that everything in it is stored.
            }
        }

        records.Clear();
        inJournal = 0;
    }

    /// <summary>Nobody wants them any more; in a journal they stand under this process's name, and are not believed either.</summary>
    public void Forget()
    {
        records.Clear();
        inJournal = 0;
    }

    /// <summary>For people: <c>epochs 3 to 5, 2 artifacts and the end of the run</c>.</summary>
    public static string Text(IEnumerable<RunRecord> records)
    {
        RunRecord[] all = [.. records];
        int[] epochs = [.. all.OfType<FinishedEpoch>().Select(record => record.Epoch.Epoch)];
        int artifacts = all.OfType<FinishedArtifact>().Count();
        string?[] parts =
        [
            epochs.Length == 0 ? null : epochs is [var only] ? Text($"epoch {only}") : Text($"epochs {epochs.Min()} to {epochs.Max()}"),
            all.OfType<FinishedTest>().Any() ? "the final metrics" : null,
            artifacts == 0 ? null : artifacts == 1 ? "an artifact" : Text($"{artifacts} artifacts"),
            all.OfType<RunEnd>().Any() ? "the end of the run" : null,
        ];
        string[] present = [.. parts.OfType<string>()];
        return present.Length == 0 ? "a warning" : present.Length == 1 ? present[0] : $"{string.Join(", ", present[..^1])} and {present[^1]}";
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
