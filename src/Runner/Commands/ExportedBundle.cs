using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Merging;

namespace AeVae.Runner.Commands;

/// <summary>A results file of some runs alone, with their checkpoints beside it: whoever gets the folder can list, report and verify them, or merge them into a file of their own.</summary>
static class ExportedBundle
{
    /// <summary>Writes it, or adds to the one that is there.</summary>
    /// <returns>The results file.</returns>
    /// <exception cref="CommandException">It is the file that the runs are in.</exception>
    /// <exception cref="MergeRefusedException">The one that is there knows another run of the same id.</exception>
    public static string Write(Globals globals, RunQueries queries, SelectedRuns runs, string folder)
    {
        string database = Path.Combine(folder, "results.db");
        if (RealPath.Of(database) == RealPath.Of(globals.DatabasePath))
            throw new CommandException(ExitCodes.UserError, $"{PathText.Of(database)} is the file that the runs are in. Name another folder with -o.");
        Directory.CreateDirectory(folder);
        MergeResult result;
        using (RunStore bundle = RunStore.Open(database))
            result = bundle.Merge(globals.DatabasePath, runs.Ids, SweepsOf(queries, runs.Ids));
        foreach (string id in runs.Ids)
            new RunFolder(globals.DatabasePath, id).CopyTo(new RunFolder(database, id), onlyMissing: result.Runs.Equal.Contains(id));
        return database;
    }

    // A sweep without some of its runs would be one that is to be trained again.
    static string[] SweepsOf(RunQueries queries, IReadOnlyList<string> runIds) =>
        [.. queries.ListSweeps().Select(sweep => queries.GetSweep(sweep.Id))
            .Where(sweep => sweep.Trials.Select(trial => trial.RunId).OfType<string>().ToArray() is { Length: > 0 } own && own.All(runIds.Contains))
            .Select(sweep => sweep.Sweep.Id)];
}
