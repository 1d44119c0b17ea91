using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>The database of runs, as commands open it.</summary>
static class DatabaseFile
{
    /// <summary>Opens it for reading; null when nothing was ever run here.</summary>
    /// <exception cref="StorageException">It is there but cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Its folder may not be entered.</exception>
    public static RunQueries? OpenIfThere(Globals globals) =>
        Presence.IsThere(globals.DatabasePath) && new FileInfo(globals.DatabasePath) is not { Exists: true, Length: 0 } ? RunQueries.Open(globals.DatabasePath) : null;

    /// <summary>Opens it for reading, for a command that needs a run.</summary>
    /// <exception cref="CommandException">Nothing was ever run here.</exception>
    /// <exception cref="StorageException">It is there but cannot be read.</exception>
    public static RunQueries Open(Globals globals) =>
        OpenIfThere(globals) ?? throw new CommandException(ExitCodes.NoSuchRun, NothingYet(globals));

    /// <summary>Opens it for a command that trains, and says what had to be set right.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static RunStore OpenForWriting(Globals globals)
    {
        bool isNew = !Presence.IsThere(globals.DatabasePath);
        RunStore store = OpenPatiently(globals);
        if (isNew && globals.GivenPaths.Length == 0)
            globals.Note($"results are stored in {PathText.Of(globals.DatabasePath)}, which is new");
        if (!globals.Quiet)
            RepairText.Write(globals.Error, store.Repairs);
        return store;
    }

    /// <summary>Opens it for writing, and says so where that takes long.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static RunStore OpenPatiently(Globals globals)
    {
        using Timer note = new(_ => globals.Note($"opening {globals.DatabasePath} takes long: another program may have locked it, or it is being brought up to date"),
            null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        return RunStore.Open(globals.DatabasePath);
    }

    /// <summary>What to say, and to type, when there are no runs.</summary>
    public static string NothingYet(Globals globals) =>
        $"no runs in {globals.DatabasePath} yet. Make one: {FirstRun(globals)}";

    /// <summary>Says which of the shown runs are less than complete, since what they left behind waits in a journal.</summary>
    public static void NoteWaiting(Globals globals, RunQueries queries, IEnumerable<RunSummary> runs)
    {
        foreach (RunSummary run in runs.Where(run => queries.RunsThatWait.Contains(run.Id)))
        {
            globals.Note(run.Status == RunStatus.Running
                ? $"results of run {run.Id} wait in its journal until it can write the database again"
                : $"results of run {run.Id} wait in its journal: {globals.Command("doctor --repair")}");
        }
    }

    // Outside a clone of the project the shipped experiments are not there.
    static string FirstRun(Globals globals)
    {
        string quickstart = Path.Combine(globals.ProjectRoot, "experiments", "quickstart.yaml");
        return File.Exists(quickstart) ? globals.Command($"run {ShellWord.Quote(PathText.Of(quickstart))}") : $"{globals.Command("init")}, then run the file that it writes";
    }
}
