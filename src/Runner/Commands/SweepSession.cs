using System.Diagnostics;
using AeVae.Data;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Commands;

/// <summary>Carries out a sweep for a command: frozen list, images, view, verdicts, report and exit code.</summary>
sealed class SweepSession(Globals globals, SweepOrder order) : IDisposable
{
    const int PollMilliseconds = 1000;

    readonly Interruption interruption = new();
    readonly Dictionary<DataOptions, Splits> images = [];
    readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Freezes the list of a file's trials and carries them out.</summary>
    /// <returns>The exit code.</returns>
    public int Begin(SweepPlan plan, string file, string yamlText, IReadOnlyList<SpecText> files)
    {
        SweepDetail sweep;
        using (RunStore store = DatabaseFile.OpenForWriting(globals))   // a file that cannot be written must be known now, not after a download
        {
            if (!LoadImages(plan.Trials.Select(trial => trial.Spec.Data)))
                return interruption.ExitCode;
            sweep = Read(store.BeginSweep(FrozenPlan.Of(plan, file, yamlText, order.CommandLine) with { Outline = plan.Outline with { Tags = order.Tags, Note = order.Note } }));
        }

        return Launch(new SweepRequest(sweep, files, order), isResumed: false);
    }

    /// <summary>Goes on with a frozen list.</summary>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="files">Its file, when it was named again.</param>
    /// <param name="extension">What the file changes of the list; null for nothing. It is stored when nothing more can be refused.</param>
    /// <returns>The exit code.</returns>
    public int Resume(string sweepId, IReadOnlyList<SpecText> files, NewSweep? extension)
    {
        DatabaseFile.OpenForWriting(globals).Dispose();   // what dead processes left in journals belongs to the list
        if (WaitForOthers(sweepId) is not { } sweep)
            return interruption.ExitCode;
        SoleProcess.Require(sweep, sweep.Trials, globals);
        IEnumerable<FrozenTrial> toDo = [.. new SweepRequest(sweep, files, order).ToDo, .. extension?.Trials ?? []];
        if (!LoadImages(toDo.Select(trial => FrozenPlan.Spec(trial, sweep).Data)))
            return interruption.ExitCode;
        if (extension is not null)
        {
            using RunStore store = DatabaseFile.OpenForWriting(globals);
            store.ExtendSweep(sweepId, extension);
        }

        return Launch(new SweepRequest(Read(sweepId), files, order), isResumed: true);
    }

    /// <inheritdoc/>
    public void Dispose() => interruption.Dispose();

    int Launch(SweepRequest request, bool isResumed) =>
        order.Launcher == Launcher.Slurm ? SlurmLaunch.Submit(globals, request.Sweep, order) : Execute(request, isResumed);

    int Execute(SweepRequest request, bool isResumed)
    {
        string sweepId = request.Sweep.Sweep.Id;
        using ISweepView view = ViewFactory.OfSweep(globals);
        SweepExecution execution = new(request, data => images[data], globals, view);
        if (execution.Warning is { } incomplete && !globals.Quiet)
            LogLine.Write(globals, LogEventLevel.Warning, incomplete);
        BestTrial? best = RunQueries.Ask(globals.DatabasePath, queries => SweepRanking.BestAlone(queries, request.Sweep));
        view.Started(new SweepStart(request.Sweep, request.ToDo.Select(trial => trial.Number).ToHashSet(), order.Parallel, order.Threads, isResumed, best));
        execution.Execute(interruption.Token);
        bool wasInterrupted = interruption.ExitCode != ExitCodes.Ok;
        // Verdicts, counts and exit code are of one state of the trials, of which other processes may train some.
        SweepDetail sweep = !wasInterrupted && !execution.HasWaitingRecords && order.Only.Count == 0 ? SweepVerdicts.Judge(globals, sweepId) : Read(sweepId);
        ReportResult? report = null;
        try
        {
            // A report shows what is stored.
            string[] runIds = [.. sweep.Trials.Select(trial => trial.RunId).OfType<string>()];
            if (order.WritesReport && !wasInterrupted && !execution.HasWaitingRecords && runIds.Length > 0)
                report = ReportFolder.Write(globals, new SelectedRuns(runIds, sweep), folder: null);
        }
        finally
        {
            BestTrial? found = RunQueries.Ask(globals.DatabasePath, queries => SweepRanking.Best(queries, sweep));
            view.Ended(new SweepEnd(sweep, found, report, clock.Elapsed, wasInterrupted, execution.StoppedAfter));
        }

        if (execution.HasWaitingRecords)
            globals.Error.WriteLine($"The database could not be written to the end: what is missing in it waits in journals beside it.\nnext: {globals.Command("doctor --repair")}");
        RunStatus[] ends = [.. (request with { Sweep = sweep }).Meant.Select(trial => trial.Status)];
        bool isDone = ends.All(status => status is RunStatus.Completed or RunStatus.Pruned);
        if (globals.Quiet && !wasInterrupted && !isDone)
            globals.Error.WriteLine($"not every trial is completed: {SweepText.Counts(ends)}. Which, and why: {globals.Command($"sweep status {sweepId}")}");
        return wasInterrupted ? interruption.ExitCode
            : execution.HasBug ? ExitCodes.Bug
            : execution.HasWaitingRecords ? ExitCodes.Storage
            : isDone ? ExitCodes.Ok
            : ExitCodes.RunFailed;
    }

    /// <summary>A trial that is meant by its number and trained elsewhere is waited for: where its process has died on another machine, that shows only after a while.</summary>
    /// <returns>The sweep as it stands then; null when it was cancelled.</returns>
    SweepDetail? WaitForOthers(string sweepId)
    {
        bool isTold = false;
        while (true)
        {
            SweepDetail sweep = Read(sweepId);
            if (order.Only.Count == 0 || order.Launcher != Launcher.Local || new SweepRequest(sweep, [], order).Meant.FirstOrDefault(trial => trial.Status == RunStatus.Running) is not { } running)
                return sweep;
            if (!isTold)
                globals.Error.WriteLine($"trial {running.Number} is being trained by another process (run {running.RunId}): waiting for it. Ctrl-C stops the waiting only.");
            isTold = true;
            if (interruption.Token.WaitHandle.WaitOne(PollMilliseconds))
                return null;
        }
    }

    SweepDetail Read(string sweepId) => RunQueries.Ask(globals.DatabasePath, queries => queries.GetSweep(sweepId));

    /// <summary>Reads the images of all trials; false when it was cancelled.</summary>
    bool LoadImages(IEnumerable<DataOptions> all)
    {
        LoadedImages loaded = new(globals, "nothing was trained");
        foreach (DataOptions data in all.Distinct())
        {
            if (loaded.Of(data, interruption.Token) is not { } splits)
                return false;
            images[data] = splits;
        }

        return true;
    }
}
