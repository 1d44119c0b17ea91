using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner doctor --repair</c>: brings the results file up to what has happened.</summary>
static class Repair
{
    /// <summary>Does it and says what was done.</summary>
    public static int Run(Globals globals)
    {
        if (!File.Exists(globals.DatabasePath))
            throw new CommandException(ExitCodes.NoSuchRun, DatabaseFile.NothingYet(globals));
        IReadOnlyList<RepairedRun> repairs;
        using (RunStore store = DatabaseFile.OpenPatiently(globals))
            repairs = store.Repairs;

        if (globals.Json)
            CommandJson.Write(globals.Output, new { Database = globals.DatabasePath, Repaired = repairs });
        else if (repairs.Count == 0)
            globals.Output.WriteLine($"nothing to repair: no journal waits, and no dead process is taken for a living one\ndatabase  {globals.DatabasePath}");
        else
        {
            RepairText.Write(globals.Output, repairs);
            RepairText.WriteNext(globals.Output, globals, repairs);
        }

        return repairs.Any(repair => repair.Problem is not null) ? ExitCodes.Storage : ExitCodes.Ok;
    }

    /// <summary>Where the results file is, and whether it needs repair.</summary>
    public static string StateOf(Globals globals)
    {
        try
        {
            using RunQueries? queries = DatabaseFile.OpenIfThere(globals);
            if (queries is null)
                return $"{globals.DatabasePath} (not there yet)";
            return queries.RunsThatWait switch
            {
                [] => globals.DatabasePath,
                [var only] => $"{globals.DatabasePath}; results of run {only} wait in its journal: {globals.Command("doctor --repair")}",
                var several => $"{globals.DatabasePath}; results of {several.Count} runs wait in their journals: {globals.Command("doctor --repair")}",
            };
        }
        catch (StorageException e)
        {
            return e.Message;
        }
    }
}
