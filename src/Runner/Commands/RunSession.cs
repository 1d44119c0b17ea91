using AeVae.Data;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Trains for a command: images, results file, view, report and exit code.</summary>
sealed class RunSession : IDisposable
{
    const int PollMilliseconds = 1000;

    readonly Globals globals;
    readonly bool writesReport;
    readonly RunStore store;
    readonly Interruption interruption;

    /// <summary>Opens the results file: one that cannot be written must be known now, not after an hour.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public RunSession(Globals globals, bool writesReport)
    {
        (this.globals, this.writesReport) = (globals, writesReport);
        store = DatabaseFile.OpenForWriting(globals);
        interruption = new Interruption();
    }

    /// <summary>Trains a new run.</summary>
    /// <returns>The exit code.</returns>
    public int Begin(RunRequest request) => Images(request) is { } splits ? Begin(request, splits) : interruption.ExitCode;

    /// <summary>Trains a new run unless there is an equal one: a completed one is shown, one that stopped goes on, and one that is being trained is waited for.</summary>
    /// <returns>The exit code; 0 when an equal run is completed.</returns>
    public int BeginIfNeeded(RunRequest request)
    {
        if (Images(request) is not { } splits)
            return interruption.ExitCode;
        string? waitedFor = null;
        while (true)
        {
            (StoredRun? equal, IReadOnlyList<string> lookedAt) = EqualRun.Find(globals.DatabasePath, request.Spec, splits);
            if (equal?.Detail.Run.Status == RunStatus.Running)
            {
                if (waitedFor != equal.Id)
                    globals.Error.WriteLine($"run {equal.Id} is the same and is being trained by {equal.Detail.Worker}: waiting for it. Ctrl-C stops the waiting only.");
                waitedFor = equal.Id;
                if (interruption.Token.WaitHandle.WaitOne(PollMilliseconds))
                    return interruption.ExitCode;
                continue;
            }

            try
            {
                return equal switch
                {
                    null => Begin(request with { KnownEquals = lookedAt }, splits),
                    { Detail.Run.Status: RunStatus.Completed } => Show(equal),
                    { Detail.Failure: FailureKind.NotFinite } => Refuse(equal),
                    _ => Resume(equal, request with { Spec = equal.Request(request.Threads, []).Spec }, splits),
                };
            }
            catch (RunTakenException)
            {
                // Another process was faster with the same run: what is said of it now decides.
            }
        }
    }

    /// <summary>Goes on with a run that has stopped; a completed one is shown.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">It cannot go on here.</exception>
    public int Resume(string runId, int threads, string[] commandLine)
    {
        StoredRun run = RunQueries.Ask(globals.DatabasePath, queries => StoredRun.Read(queries, runId));
        if (run.Detail.Run.Status == RunStatus.Completed)   // its end had waited in its journal
            return Show(run);
        ResumeCheck.State(run, globals);
        RunRequest request = run.Request(threads, commandLine);
        if (Images(request) is not { } splits)
            return interruption.ExitCode;
        ResumeCheck.Data(run, splits, globals);
        return Resume(run, request, splits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        store.Dispose();
        interruption.Dispose();
    }

    int Begin(RunRequest request, Splits splits) =>
        Train(request, view => new RunExecution(request, splits, store, globals.DatabasePath, globals.ProjectRoot, view).Execute(interruption.Token));

    int Resume(StoredRun run, RunRequest request, Splits splits) =>
        Train(request, view => new RunExecution(request, splits, store, globals.DatabasePath, globals.ProjectRoot, view).Resume(run, interruption.Token));

    int Train(RunRequest request, Func<IRunView, RunOutcome> execute)
    {
        using IRunView view = ViewFactory.OfRun(globals);
        RunOutcome outcome;
        try
        {
            outcome = execute(view);
        }
        catch (SettingsException e)
        {
            throw new CommandException(ExitCodes.UserError, $"{request.File}: {e.Message}");
        }

        ReportResult? report = null;
        try
        {
            // A report shows what is stored.
            if (writesReport && outcome.Status == RunStatus.Completed && !store.HasWaitingRecords)
                report = ReportFolder.Write(globals, SelectedRuns.One(outcome.RunId), folder: null);
        }
        finally
        {
            view.Ended(outcome, report);
        }

        if (store.HasWaitingRecords)
            globals.Error.WriteLine($"The database could not be written to the end: what is missing in it waits in {PathText.Of(new RunFolder(globals.DatabasePath, outcome.RunId).JournalPath)}.\nnext: {globals.Command("doctor --repair")}");
        if (globals.Verbose && outcome.Failure == FailureKind.Bug)
            globals.Error.WriteLine(outcome.Error);
        return outcome.Failure is { } failure ? ExitCodes.Of(failure)
            : interruption.ExitCode != ExitCodes.Ok ? interruption.ExitCode
            : store.HasWaitingRecords ? ExitCodes.Storage
            : ExitCodes.Ok;
    }

    /// <summary>Reads the images, and has the kernels compiled meanwhile. Null when it was cancelled.</summary>
    Splits? Images(RunRequest request)
    {
        _ = KernelWarmUp.Begin(request.Settings, request.Threads);
        return new LoadedImages(globals, "nothing was trained").Of(request.Spec.Data, interruption.Token);
    }

    int Show(StoredRun completed)
    {
        CompletedRun.Write(globals, completed, writesReport);
        return ExitCodes.Ok;
    }

    int Refuse(StoredRun failed)
    {
        globals.Error.WriteLine($"run {failed.Id} is the same and failed: {failed.Detail.Run.Reason} It would fail there again, with the same numbers, so nothing was trained.");
        globals.Error.WriteLine($"next: {globals.Command($"show {failed.Id}")}");
        return ExitCodes.RunFailed;
    }
}
