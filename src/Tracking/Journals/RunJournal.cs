using System.Text;

namespace AeVae.Tracking.Journals;

/// <summary>What a run could not store in the results file, one record per line, in order: <c>runs/ID/journal.jsonl</c> beside that file.</summary>
sealed class RunJournal(string databasePath, string runId)
{
    const string FileName = "journal.jsonl";

    /// <summary>The run.</summary>
    public string RunId => runId;

    /// <summary>Full path; the file is there only while something waits.</summary>
    public string FilePath { get; } = Path.Combine(RunsFolder(databasePath), runId, FileName);

    /// <summary>The journals in which something waits.</summary>
    public static IReadOnlyList<RunJournal> Waiting(string databasePath)
    {
        string runs = RunsFolder(databasePath);
        return !Directory.Exists(runs) ? [] :
            [.. from folder in Directory.EnumerateDirectories(runs)
                let journal = new RunJournal(databasePath, Path.GetFileName(folder))
                where File.Exists(journal.FilePath)
                orderby journal.RunId
                select journal];
    }

    /// <summary>Adds a record; when this returns it is on the disk.</summary>
    /// <exception cref="IOException">It is not, and nothing of it is.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not.</exception>
    public void Append(RunRecord record)
    {
        byte[] line = JournalLine.Of(record).ToBytes();
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        using FileStream file = new(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        long end = EndOfLastLine(file);
        try
        {
            file.SetLength(end);
            file.Position = end;
            file.Write(line);
            file.Flush(flushToDisk: true);
        }
        catch (Exception refusal) when (refusal is IOException or ArgumentOutOfRangeException)
        {
            file.SetLength(end);
            if (end == 0)
                File.Delete(FilePath);
            if (refusal is ArgumentOutOfRangeException)
                throw new IOException($"{FilePath}: {refusal.Message}", refusal);     // as .NET calls a limit of file sizes (ulimit -f)
            throw;
        }
    }

    /// <summary>The lines up to the first that is damaged, in order, and how many there are from that one on: a process that is killed may leave its last one torn.</summary>
    /// <remarks>What follows a damaged line is whole but not believed: an epoch or an end without what was before it would leave a gap that nobody trains again.</remarks>
    public (IReadOnlyList<JournalLine> Lines, int Torn) Read()
    {
        JournalLine?[] lines = [.. File.ReadLines(FilePath, Encoding.UTF8).Where(line => line.Length > 0).Select(JournalLine.Parse)];
        JournalLine[] whole = [.. lines.TakeWhile(line => line is not null).OfType<JournalLine>()];
        return (whole, lines.Length - whole.Length);
    }

    /// <summary>Everything is stored.</summary>
    public void Delete()
    {
        if (File.Exists(FilePath))
            File.Delete(FilePath);
    }

    internal static string RunsFolder(string databasePath) => Path.Combine(Path.GetDirectoryName(databasePath)!, "runs");

    static long EndOfLastLine(FileStream file)
    {
        for (long end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                return end;
        }

        return 0;
    }
}
