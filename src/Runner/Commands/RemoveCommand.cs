using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Slurm;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner rm RUN…</c>: removes runs and sweeps with their checkpoints, after asking.</summary>
static class RemoveCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = $"{RunArgument.SeveralDescription}; of a sweep, the sweep with those runs of its trials that began after it and that no other sweep has", Arity = ArgumentArity.OneOrMore };
        Option<bool> yes = CommandOptions.Yes();
        Command command = new("rm", "Remove runs and sweeps with their checkpoints for good, after asking; reports stay") { selectors, yes };
        command.SetAction(parsed => Remove(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(yes)));
        return command;
    }

    static int Remove(Globals globals, string[] selectors, bool yes)
    {
        List<string> runs = [], ofSweeps = [];
        List<SweepDetail> sweeps = [];
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            foreach (string selector in selectors)
            {
                if (SweepOf(queries, selector) is { } sweep)
                {
                    RunArgument.NoteSweeps(globals, queries, selector);
                    sweeps.Add(sweep);
                    ofSweeps.AddRange(queries.OwnRunsOf(sweep.Sweep.Id));
                }
                else
                    runs.AddRange(RunArgument.ResolveAll(globals, queries, [selector], "is removed").Ids);
            }

            sweeps = [.. sweeps.DistinctBy(sweep => sweep.Sweep.Id)];
            if (!yes && !IsWanted(globals, [.. runs.Union(ofSweeps).Select(id => queries.Get(id).Run)], sweeps))
            {
                if (globals.Json)
                    CommandJson.Write(globals.Output, new RemovedRuns([], [], [], []));
                return ExitCodes.Ok;
            }
        }

        RemovedRuns removed;
        using (RunStore store = DatabaseFile.OpenForWriting(globals))
            removed = store.RemoveRuns([.. runs.Distinct()], [.. sweeps.Select(sweep => sweep.Sweep.Id)]);
        string[] all = [.. removed.Runs, .. removed.Verifying];
        IReadOnlySet<string> shared = RunQueries.KnownBeside(globals.DatabasePath, all);
        string[] problems = [.. all.Where(id => !shared.Contains(id)).Select(id => RemoveFiles(globals, id)).OfType<string>()];
        Write(globals, removed);
        if (shared.Count > 0)
            globals.Note($"files of {Counted.Of(shared.Count, "run")} stay in {PathText.Of(RunQueries.RunsFolder(globals.DatabasePath))}: another database beside this one has, or may have, {(shared.Count == 1 ? "it" : "them")}, too");
        foreach (string folder in removed.Sweeps.Select(id => new SweepFolder(globals.DatabasePath, id).Path).Where(Directory.Exists))
            globals.Note($"what tasks of the cluster wrote stays in {PathText.Of(folder)}: remove it when none of them runs any more");
        return problems.Length == 0 ? ExitCodes.Ok
            : throw new CommandException(ExitCodes.Storage, $"the runs are removed, but not all of their files:\n{string.Join('\n', problems)}");
    }

    // As everywhere, one that has runs comes first; but one that has none can be removed, too.
    static SweepDetail? SweepOf(RunQueries queries, string selector) =>
        selector.StartsWith("sweep:", StringComparison.Ordinal) ? queries.GetSweep(selector["sweep:".Length..], withRuns: true)
        : RunArgument.ResolveAll(queries, [selector]).Sweep;

    static bool IsWanted(Globals globals, RunSummary[] runs, List<SweepDetail> sweeps)
    {
        foreach (SweepDetail sweep in sweeps)
            globals.Error.WriteLine($"sweep {sweep.Sweep.Id}  {VisibleText.Of(sweep.Sweep.Name)}, {Counted.Of(sweep.Trials.Count, "trial")}");
        foreach (RunSummary run in runs)
            globals.Error.WriteLine($"run   {run.Id}  {VisibleText.Of(run.Name)}, {run.Status.Word()}, {Counted.Of(run.EpochsDone, "epoch")}");
        string what = InWords(runs.Length, sweeps.Count);
        Consent.RequireSomebody($"{what} would be removed for good. Where nobody can be asked, rm needs --yes. Nothing was removed.");
        if (Consent.Ask(globals, $"remove {what}, with checkpoints, for good?"))
            return true;
        globals.Error.WriteLine("nothing was removed");
        return false;
    }

    static string? RemoveFiles(Globals globals, string id)
    {
        RunFolder folder = new(globals.DatabasePath, id);
        try
        {
            folder.Remove();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{PathText.Of(folder.Path)}: {e.Message}";
        }
    }

    static void Write(Globals globals, RemovedRuns removed)
    {
        if (globals.Json)
        {
            CommandJson.Write(globals.Output, removed);
            return;
        }

        if (!globals.Quiet)
            globals.Output.WriteLine($"removed {InWords(removed.Runs.Count, removed.Sweeps.Count)}{(removed.Verifying.Count > 0 ? $", and {Counted.Of(removed.Verifying.Count, "run")} that only verified them" : "")}");
        foreach (string id in removed.SweepsLeft)
            globals.Note($"sweep {id} has lost runs of its trials, and with them its verdicts: {globals.Command($"sweep --resume {id}")} trains them again");
    }

    static string InWords(int runs, int sweeps) => string.Join(" and ", new[]
    {
        sweeps > 0 ? Counted.Of(sweeps, "sweep") : null,
        runs > 0 || sweeps == 0 ? Counted.Of(runs, "run") : null,
    }.OfType<string>());
}
