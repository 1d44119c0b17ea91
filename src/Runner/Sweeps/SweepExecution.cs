using System.Collections.Concurrent;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Code;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Carries out the trials of a frozen list, several at once, in this process.</summary>
/// <param name="request">Which, and how.</param>
/// <param name="images">The images of a trial; one copy serves all that use the same.</param>
/// <param name="globals">Where results go.</param>
/// <param name="view">Shows them.</param>
sealed class SweepExecution(SweepRequest request, Func<DataOptions, Splits> images, Globals globals, ISweepView view)
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    readonly SweepDetail sweep = request.Sweep;
    readonly SuccessiveHalving? halving = request.Sweep.Outline.Asha is { } asha ? new(asha, request.Sweep.Sweep.Metric) : null;
    readonly ProgramCode code = ProgramCode.Read(SourceFolder.Of(globals.ProjectRoot), globals.DatabasePath);
    readonly ConcurrentQueue<Exception> fatal = new();

    /// <summary>What the runs lack of the code, and why; null when they lack nothing.</summary>
    public string? Warning => code.Warning;

    /// <summary>Something of the trials is not in the database yet.</summary>
    public bool HasWaitingRecords { get; private set; }

    /// <summary>A trial failed by a bug of this program.</summary>
    public bool HasBug { get; private set; }

    /// <summary>Trials that failed here, where they were so many that no further one began; else null.</summary>
    public int? StoppedAfter { get; private set; }

    /// <summary>Works until every trial has ended, or it is cancelled.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public void Execute(CancellationToken cancellation)
    {
        IReadOnlyList<FrozenTrial> toDo = request.ToDo;
        RememberEpochs(toDo);
        TrialQueue queue = new(toDo, request.Order.Parallel, request.Order.Threads, sweep.Outline.MaxFailed);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Thread[] workers = [.. Enumerable.Range(1, Math.Min(request.Order.Parallel, toDo.Count)).Select(number =>
            new Thread(() => Work(queue, stop)) { Name = $"trial worker {number}", IsBackground = true })];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        StoppedAfter = queue.StoppedAfter;
        if (fatal.FirstOrDefault(one => one is not StorageException) is { } bug)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(bug);
        if (!fatal.IsEmpty)
            throw new StorageException($"{string.Join('\n', fatal.Select(one => one.Message).Distinct())}\nThe sweep goes on with `runner sweep --resume {sweep.Sweep.Id}`.", fatal.First());
    }

    void Work(TrialQueue queue, CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && queue.Take() is var (trial, threads))
            {
                TrialOutcome outcome = Carry(trial, threads, stop.Token);
                halving?.End(trial.Number);
                queue.Return(threads, outcome.Status == RunStatus.Failed);
                view.TrialEnded(outcome);
            }
        }
        catch (StorageException e)
        {
            // No trial can begin; those that train go on, into their journals if need be. But where trials are compared, they would wait for one that nobody trains.
            fatal.Enqueue(e);
            queue.Close();
            if (halving is not null)
                stop.Cancel();
        }
        catch (Exception e)
        {
            fatal.Enqueue(e);
            stop.Cancel();
        }
    }

    TrialOutcome Carry(FrozenTrial trial, int threads, CancellationToken cancellation)
    {
        while (true)
        {
            FrozenTrial now = Now(trial.Number);    // another process may have taken it since the list was read
            SoleProcess.Require(sweep, [now], globals);
            try
            {
                if (now is { RunId: { } id, Status: RunStatus.Completed or RunStatus.Pruned or RunStatus.Running })
                {
                    StoredRun run = Read(id);
                    Remember(trial.Number, run);
                    return Reused(trial, run);
                }

                ExperimentSpec spec = FrozenPlan.Spec(now, sweep);
                Splits splits = images(spec.Data);
                (StoredRun? stored, IReadOnlyList<string>? knownEquals) = Stored(now, spec, splits);
                if (stored?.Detail.Run.Status == RunStatus.Running)
                {
                    cancellation.WaitHandle.WaitOne(Poll);
                    cancellation.ThrowIfCancellationRequested();
                    continue;
                }

                return Carry(now, stored, spec, splits, knownEquals, threads, cancellation);
            }
            catch (Exception e) when (e is RunTakenException or NoSuchRunException)
            {
                // Another process was faster, or removed its run: what is said of the trial now decides.
            }
            catch (OperationCanceledException)
            {
                return new TrialOutcome { Trial = trial, RunId = now.RunId, Status = RunStatus.Interrupted, Reason = WhyStopped() };
            }
            catch (Exception e) when (e is SettingsException or CommandException or DataException or IOException or UnauthorizedAccessException)
            {
                // The others may do better: its run, begun earlier, cannot go on here and stays as it is, or a folder cannot be written.
                return new TrialOutcome { Trial = trial, RunId = now.RunId, Status = RunStatus.Failed, Reason = e.Message };
            }
        }
    }

    TrialOutcome Carry(FrozenTrial trial, StoredRun? stored, ExperimentSpec spec, Splits splits, IReadOnlyList<string>? knownEquals, int threads, CancellationToken cancellation)
    {
        TrialKey key = new(sweep.Sweep.Id, trial.Number) { RunBefore = trial.RunId };
        using RunStore store = RunStore.Open(globals.DatabasePath);     // its own: what one run could not store says nothing of the next
        if (stored is not null && stored.Id != trial.RunId)
            store.SetRunOfTrial(key, stored.Id);
        if (stored is not null)
            Remember(trial.Number, stored);
        if (stored is not null && !CanGoOn(stored))
            return Reused(trial, stored);

        RunRequest run = new()
        {
            Spec = spec,
            File = sweep.Sweep.File,
            YamlText = sweep.YamlText,
            Files = request.Files,
            Trial = new SweepTrial(key, trial.Name, trial.Variant, Rungs(trial.Number), WhyStopped, code),
            KnownEquals = knownEquals,
            Tags = [.. sweep.Outline.Tags.Union(request.Order.Tags)],     // those of the command that began it, too
            Note = request.Order.Note ?? sweep.Outline.Note,
            Threads = threads,
            CommandLine = request.Order.CommandLine,
        };
        RunExecution execution = new(run, splits, store, globals.DatabasePath, globals.ProjectRoot, new TrialView(trial, view));
        try
        {
            return Ended(trial, stored is null ? execution.Execute(cancellation) : execution.Resume(stored, cancellation));
        }
        catch (SettingsException e) when (stored is null)
        {
            return Ended(trial, execution.Refuse(e.Message));   // nobody may have seen the screen
        }
        finally
        {
            if (!store.TryStoreWaiting())
                HasWaitingRecords = true;
        }
    }

    string WhyStopped() => fatal.IsEmpty ? RunOutcome.StoppedByUser : "stopped, as another trial could not be carried on";

    TrialRungs? Rungs(int trial) => halving is null ? null
        : new(result => halving.Observe(trial, result.Epoch, SweepRanking.Value(result, sweep.Sweep.Metric)), (result, cancellation) => halving.Prune(trial, result, cancellation));

    /// <summary>The run to go on with or to take as it is, null to begin one; and, when equal runs are wanted, those that were looked at.</summary>
    (StoredRun? Run, IReadOnlyList<string>? KnownEquals) Stored(FrozenTrial trial, ExperimentSpec spec, Splits splits)
    {
        if (trial is { RunId: { } id, Status: not RunStatus.Failed })
        {
            StoredRun run = Read(id);
            if (run.Detail.Run.Status != trial.Status)
                throw new RunTakenException($"another process works on run {id}");
            ResumeCheck.State(run, globals);
            ResumeCheck.Data(run, splits, globals);
            return (run, null);
        }

        if (!request.Order.Needed)
            return (null, null);
        (StoredRun? equal, IReadOnlyList<string> lookedAt) = EqualRun.Find(globals.DatabasePath, spec, splits);
        if (request.Order.RetryFailed && equal?.Detail.Run.Status is RunStatus.Failed)
            return (null, null);
        // What another sweep has pruned stays pruned there; and where trials are compared, only a run that went through all rungs tells what this one would.
        bool isUsable = equal?.Detail.Run.Status is RunStatus.Completed or RunStatus.Running || (halving is null && equal?.Detail.Run.Status is not RunStatus.Pruned);
        return isUsable ? (equal, lookedAt) : (null, null);
    }

    FrozenTrial Now(int number) => RunQueries.Ask(globals.DatabasePath, queries => queries.GetTrial(sweep.Sweep.Id, number))
        ?? throw new StorageException($"{globals.DatabasePath} has no trial {number} of sweep {sweep.Sweep.Id} any more");

    StoredRun Read(string runId) => RunQueries.Ask(globals.DatabasePath, queries => StoredRun.Read(queries, runId));

    static bool CanGoOn(StoredRun run) => run.Detail is { Run.Status: not RunStatus.Completed, Failure: not FailureKind.NotFinite };

    /// <summary>Trials that are done, or were begun before, count at the rungs that they reached.</summary>
    void RememberEpochs(IReadOnlyList<FrozenTrial> toDo)
    {
        if (halving is null)
            return;
        HashSet<int> open = [.. toDo.Select(trial => trial.Number)];
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        foreach (FrozenTrial trial in sweep.Trials)
        {
            if (trial.RunId is { } id)
                Remember(trial.Number, StoredRun.Read(queries, id));
            if (!open.Contains(trial.Number))
                halving.End(trial.Number);
        }
    }

    void Remember(int trial, StoredRun run)
    {
        if (halving is null)
            return;
        Dictionary<int, double> values = run.History(sweep.Sweep.Metric).ToDictionary(point => point.Epoch, point => point.Value);
        foreach (EpochSummary epoch in run.Detail.Epochs)
            halving.Observe(trial, epoch.Epoch, values.TryGetValue(epoch.Epoch, out double value) ? value : null);
    }

    TrialOutcome Reused(FrozenTrial trial, StoredRun run) => new()
    {
        Trial = trial,
        RunId = run.Id,
        Status = run.Detail.Run.Status,
        Reason = run.Detail.Run.Status == RunStatus.Running ? $"is being trained by {run.Detail.Worker}" : run.Detail.Run.Reason,
        Value = run.History(sweep.Sweep.Metric).Select(point => (double?)point.Value).LastOrDefault(),
        WasReused = true,
    };

    TrialOutcome Ended(FrozenTrial trial, RunOutcome outcome)
    {
        if (outcome.Failure == FailureKind.Bug)
            HasBug = true;
        return new()
        {
            Trial = trial,
            RunId = outcome.RunId,
            Status = outcome.Status,
            Reason = outcome.Reason,
            Value = outcome.Last is { } last ? SweepRanking.Value(last, sweep.Sweep.Metric) : null,
            Elapsed = outcome.Elapsed,
        };
    }
}
