using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>A results file of some runs alone, with their checkpoints beside it: whoever gets the folder can list, report and verify them, or merge them into a file of their own.</summary>
static class ExportedBundle
{
    /// <summary>Writes it, in place of an earlier one of the same runs or some of them.</summary>
    /// <returns>The results file.</returns>
    /// <exception cref="CommandException">There is another file of that name, or one in which a run has gone on.</exception>
    public static string Write(Globals globals, RunQueries queries, IReadOnlyList<string> runIds, string folder)
    {
        // What verifies a run is nothing without it.
        string[] all = [.. runIds.Concat(runIds.Select(id => queries.Get(id).ParentRunId).OfType<string>()).Distinct()];
        string database = Path.Combine(folder, "results.db"), temporary = $"{database}.{Path.GetRandomFileName()}.new";
        if (RealPath.Of(database) == RealPath.Of(globals.DatabasePath))
            throw new CommandException(ExitCodes.UserError, $"{PathText.Of(database)} is the file that the runs are in. Name another folder with -o.");
        RefuseToLose(database, all, queries);
        Directory.CreateDirectory(folder);
        try
        {
            // First the checkpoints, as a run that is being trained has newer ones by the end: one that is not older than its epochs could not be gone on from.
            foreach (string id in all)
                new RunFolder(globals.DatabasePath, id).CopyTo(new RunFolder(database, id));
            using (RunStore bundle = RunStore.Open(temporary))
                bundle.Merge(globals.DatabasePath, all, SweepsOf(queries, all));
            File.Move(temporary, database, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return database;
    }

    // Somebody's own results, an earlier bundle of other runs, or one that was gone on with.
    static void RefuseToLose(string database, string[] runIds, RunQueries here)
    {
        if (new FileInfo(database) is not { Exists: true, Length: > 0 })
            return;
        IReadOnlyList<RunSummary> there;
        try
        {
            there = RunQueries.Ask(database, queries => queries.List(new RunFilter { Limit = null, Verifications = true }));
        }
        catch (StorageException e)
        {
            throw new CommandException(ExitCodes.Storage, e.Message.Replace("--db", "-o", StringComparison.Ordinal));
        }

        if (there.FirstOrDefault(run => !runIds.Contains(run.Id)) is { Id: var other })
            throw new CommandException(ExitCodes.UserError, $"{PathText.Of(database)} is there already, and has runs that are not exported now, such as {other}. Name another folder with -o, or export them together.");
        if (there.FirstOrDefault(run => run.EpochsDone > here.Get(run.Id).Run.EpochsDone || (run.Status == RunStatus.Completed && here.Get(run.Id).Run.Status != RunStatus.Completed)) is { } later)
            throw new CommandException(ExitCodes.UserError, $"{PathText.Of(database)} is there already, and run {later.Id} has gone on there: {later.EpochsDone} epochs, of which {here.Get(later.Id).Run.EpochsDone} are here. Name another folder with -o, or bring them here first with merge.");
    }

    // A sweep without some of its runs would be one that is to be trained again.
    static string[] SweepsOf(RunQueries queries, string[] runIds) =>
        [.. queries.ListSweeps().Select(sweep => queries.GetSweep(sweep.Id))
            .Where(sweep => sweep.Trials.Select(trial => trial.RunId).OfType<string>().ToArray() is { Length: > 0 } own && own.All(runIds.Contains))
            .Select(sweep => sweep.Sweep.Id)];
}
