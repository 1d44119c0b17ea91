using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Exporting;

/// <summary>A results file of some runs alone, with their checkpoints beside it: whoever gets the folder can list, report and verify them, or merge them into a file of their own.</summary>
static class ExportedBundle
{
    /// <summary>Writes it.</summary>
    /// <returns>The results file.</returns>
    /// <exception cref="CommandException">There is a file of that name, which may know more by now.</exception>
    public static string Write(Globals globals, RunQueries queries, IReadOnlyList<RunSummary> runs, string folder)
    {
        // What verifies a run is nothing without it.
        string[] all = [.. runs.Select(run => run.Id).Concat(runs.Select(run => run.ParentRunId).OfType<string>()).Distinct()];
        string database = Path.Combine(folder, "results.db"), temporary = $"{database}.{Path.GetRandomFileName()}.new";
        if (Path.Exists(database))
            throw new CommandException(ExitCodes.UserError, $"{PathText.Of(database)} is there already, and nothing is exported over it. Name another folder with -o, or remove it first.");
        Directory.CreateDirectory(folder);
        try
        {
            // First the checkpoints: a run that is being trained has newer ones by the end, and from one that is newer than its epochs nobody can go on.
            foreach (string id in all)
                new RunFolder(globals.DatabasePath, id).CopyTo(new RunFolder(database, id));
            using (RunStore bundle = RunStore.Open(temporary))
                bundle.Merge(globals.DatabasePath, all, queries.SweepsWithin(all));
            File.Move(temporary, database);     // fails where another export was faster
        }
        finally
        {
            File.Delete(temporary);
        }

        return database;
    }
}
