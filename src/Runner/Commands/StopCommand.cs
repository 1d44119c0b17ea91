using System.CommandLine;
using System.Diagnostics;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner stop RUN…</c>: ends training from another terminal, as Ctrl-C does in its own.</summary>
static class StopCommand
{
    // A step and the write of a checkpoint are done long before; a disk that hangs may take longer.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Command command = new("stop", "Stop the training or verification of runs by a process of this machine, as Ctrl-C in its terminal would; a sweep stops with all of its trials") { selectors };
        command.SetAction(parsed => Stop(globals.Read(parsed), parsed.GetRequiredValue(selectors)));
        return command;
    }

    static int Stop(Globals globals, string[] selectors)
    {
        IReadOnlyList<string> ids;
        RunDetail[] trained;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            ids = RunArgument.ResolveAll(queries, selectors).Ids;
            RunDetail[] running = [.. queries.List(new RunFilter { Status = RunStatus.Running, Limit = null, Verifications = true }).Select(run => queries.Get(run.Id))];
            HashSet<string> processes = [.. running.Where(run => ids.Contains(run.Run.Id) || ids.Contains(run.ParentRunId)).Select(Process)];
            trained = [.. running.Where(run => processes.Contains(Process(run)))];
        }

        if (trained.Length == 0)
            globals.Note(ids is [var id] ? $"run {id} is not being trained or verified: it is {Read(globals, ids)[0].Run.Status.Word()}" : $"none of these {ids.Count} runs is being trained or verified");
        Dictionary<string, string?> refusals = trained.DistinctBy(Process).ToDictionary(Process, Ask);
        RunDetail[] stopped = Wait(globals, [.. trained.Where(run => refusals[Process(run)] is null)]);
        Write(globals, stopped);
        string[] refused = [.. refusals.Values.OfType<string>()];
        return refused.Length > 0 ? throw new CommandException(ExitCodes.UserError, string.Join('\n', refused))
            : stopped.Any(run => run.Run.Status is RunStatus.Crashed or RunStatus.Failed) ? ExitCodes.RunFailed
            : ExitCodes.Ok;
    }

    // Also one of another container, which may have the same number on a machine of the same name.
    static string Process(RunDetail run) => $"{run.Worker}, {(run.Worker.IsInSight ? "here" : "elsewhere")}";

    /// <summary>Asks the process of a run to stop.</summary>
    /// <returns>Why it cannot be asked; null when it was.</returns>
    static string? Ask(RunDetail run)
    {
        string trained = $"run {run.Run.Id} is trained by {run.Worker}";
        if (!run.Worker.IsInSight)
            return $"{trained}, which cannot be reached from here. Run this command there.";
        try
        {
            return run.Worker.Terminate() is { } refusal ? $"{trained}, which cannot be stopped: {refusal}. Its owner can, with the same command." : null;
        }
        catch (PlatformNotSupportedException e)
        {
            return $"{trained}, which cannot be stopped from here: {e.Message}. Press Ctrl-C in its window.";
        }
    }

    /// <summary>Waits until runs are no longer trained.</summary>
    static RunDetail[] Wait(Globals globals, RunDetail[] asked)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            RunDetail[] now = Read(globals, asked.Select(run => run.Run.Id));
            if (now.FirstOrDefault(run => run.Run.Status == RunStatus.Running) is not { } late)
                return now;
            if (waited.Elapsed > Patience)
                throw new CommandException(ExitCodes.RunFailed, $"{late.Worker}, which trains run {late.Run.Id}, was asked to stop and has not done so for {Durations.Format(Patience)}: it may be waiting for a disk. `kill -9 {late.Worker.ProcessId}` ends it at once; its runs can be resumed from their newest checkpoints.");
            Thread.Sleep(Poll);
        }
    }

    static RunDetail[] Read(Globals globals, IEnumerable<string> ids) => RunQueries.Ask(globals.DatabasePath, queries => ids.Select(queries.Get).ToArray());

    static void Write(Globals globals, RunDetail[] stopped)
    {
        if (globals.Json)
        {
            CommandJson.Write(globals.Output, stopped.Select(run => new { RunId = run.Run.Id, run.Run.Status, run.Run.EpochsDone, run.Run.EpochsPlanned }));
            return;
        }

        if (globals.Quiet)
            return;
        foreach (RunSummary run in stopped.Select(run => run.Run))
            globals.Output.WriteLine(VisibleText.Of($"run {run.Id} ({run.Name}) {run.Status.Word()} after {run.EpochsDone} of {Counted.Of(run.EpochsPlanned, "epoch")}"));
        string[] open = [.. stopped.Select(run => run.Run).Where(run => run.ParentRunId is null && run.Status != RunStatus.Completed).Select(run => run.Id)];
        string[] next = RunQueries.Ask(globals.DatabasePath, queries => open.SelectMany(id => queries.SweepsWith(id).Select(sweep => $"sweep --resume {sweep}").DefaultIfEmpty($"resume {id}")).Distinct().ToArray());
        new LabelledLines(globals.Output, 6).Write("next:", next.Select(globals.Command));
    }
}
