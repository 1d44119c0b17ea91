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
        Command command = new("stop", "Stop what a process of this machine trains, as Ctrl-C in its terminal would; a sweep stops with all of its trials") { selectors };
        command.SetAction(parsed => Stop(globals.Read(parsed), parsed.GetRequiredValue(selectors)));
        return command;
    }

    static int Stop(Globals globals, string[] selectors)
    {
        RunDetail[] named, trained;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            named = [.. RunArgument.ResolveAll(queries, selectors).Ids.Select(queries.Get)];
            Worker[] workers = [.. Running(named).Select(run => run.Worker)];
            trained = [.. queries.List(new RunFilter { Status = RunStatus.Running, Limit = null, Verifications = true }).Select(run => queries.Get(run.Id))
                .Where(run => workers.Any(worker => IsSame(worker, run.Worker)))];
        }

        foreach (RunDetail run in named.Except(Running(named)).Take(named.Length > 1 ? 0 : 1))
            globals.Note($"run {run.Run.Id} is not being trained: it is {run.Run.Status.Word()}");
        if (trained.Length == 0 && named.Length > 1)
            globals.Note($"none of these {named.Length} runs is being trained");
        foreach (Worker worker in Workers(trained))
            Ask(worker, trained.First(run => IsSame(run.Worker, worker)));
        Stopwatch waited = Stopwatch.StartNew();
        RunDetail[] stopped;
        while (Running(stopped = Read(globals, trained)).FirstOrDefault() is { } late)
        {
            if (waited.Elapsed > Patience)
                throw new CommandException(ExitCodes.RunFailed, $"{late.Worker}, which trains run {late.Run.Id}, was asked to stop and has not done so for {Durations.Format(Patience)}: it may be waiting for a disk. `kill -9 {late.Worker.ProcessId}` costs no more than the epoch in progress.");
            Thread.Sleep(Poll);
        }

        Write(globals, stopped);
        return ExitCodes.Ok;
    }

    static IEnumerable<RunDetail> Running(IEnumerable<RunDetail> runs) => runs.Where(run => run.Run.Status == RunStatus.Running);

    static IEnumerable<Worker> Workers(IEnumerable<RunDetail> runs) => runs.Select(run => run.Worker).DistinctBy(worker => (worker.Host, worker.ProcessId, worker.IsInSight));

    static bool IsSame(Worker one, Worker other) => (one.Host, one.ProcessId, one.IsInSight) == (other.Host, other.ProcessId, other.IsInSight);

    static void Ask(Worker worker, RunDetail run)
    {
        if (!worker.IsInSight)
            throw new CommandException(ExitCodes.UserError, $"run {run.Run.Id} is trained by {worker}, which cannot be reached from here. Run this command there.");
        try
        {
            if (worker.Terminate() is { } refusal)
                throw new CommandException(ExitCodes.UserError, $"{worker}, which trains run {run.Run.Id}, cannot be stopped: {refusal}. Its owner can, with the same command.");
        }
        catch (PlatformNotSupportedException e)
        {
            throw new CommandException(ExitCodes.UserError, $"{worker}, which trains run {run.Run.Id}, cannot be stopped from here: {e.Message}. Press Ctrl-C in its window.");
        }
    }

    static RunDetail[] Read(Globals globals, RunDetail[] runs) => RunQueries.Ask(globals.DatabasePath, queries => runs.Select(run => queries.Get(run.Run.Id)).ToArray());

    static void Write(Globals globals, RunDetail[] stopped)
    {
        if (globals.Json)
        {
            RunJson.Write(globals.Output, stopped.Select(run => new { RunId = run.Run.Id, run.Run.Status, run.Run.EpochsDone, run.Run.EpochsPlanned }));
            return;
        }

        if (globals.Quiet)
            return;
        foreach (RunSummary run in stopped.Select(run => run.Run))
            globals.Output.WriteLine(VisibleText.Of($"run {run.Id} ({run.Name}) {run.Status.Word()} after {run.EpochsDone} of {Counted.Of(run.EpochsPlanned, "epoch")}"));
        string[] open = [.. stopped.Select(run => run.Run).Where(run => run.ParentRunId is null && run.Status != RunStatus.Completed).Select(run => run.Id)];
        string[] sweeps = [.. RunQueries.Ask(globals.DatabasePath, queries => queries.SweepsWithAny(open))];
        if (open.Length > 0)
            new LabelledLines(globals.Output, 6).Write("next:", (sweeps.Length > 0 ? sweeps.Select(id => $"sweep --resume {id}") : open.Select(id => $"resume {id}")).Select(globals.Command));
    }
}
