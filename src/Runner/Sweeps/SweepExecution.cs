using AeVae.Data;
using AeVae.Runner.Commands;
using AeVae.Runner.Execution;
using AeVae.Runner.Resuming;
using AeVae.Runner.Specs;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Carries out the trials of a frozen list, several at once, in this process.</summary>
/// <param name="request">Which, and how.</param>
/// <param name="images">The images of a trial; one copy serves all that use the same.</param>
/// <param name="globals">Where results go.</param>
/// <param name="view">Shows them.</param>
sealed class SweepExecution(SweepRequest request, Func<DataOptions, Splits> images, Globals globals, ISweepView view)
{
    readonly SweepDetail sweep = request.Sweep;
    readonly SuccessiveHalving? halving = request.Sweep.Outline.Asha is { } asha ? new(asha, request.Sweep.Sweep.Metric) : null;
    Exception? fatal;

    /// <summary>Something of the trials is not in the database yet.</summary>
    public bool HasWaitingRecords { get; private set; }

    /// <summary>Works until every trial has ended, or it is cancelled.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    public void Execute(CancellationToken cancellation)
    {
        IReadOnlyList<TrialDetail> toDo = request.ToDo;
        RememberEpochs(toDo);
        TrialQueue queue = new(toDo, request.Parallel, request.Threads, sweep.Outline.MaxFailed);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Thread[] workers = [.. Enumerable.Range(1, Math.Min(request.Parallel, toDo.Count)).Select(number =>
            new Thread(() => Work(queue, stop)) { Name = $"trial worker {number}", IsBackground = true })];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        if (fatal is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fatal);
    }

    void Work(TrialQueue queue, CancellationTokenSource stop)
    {
        try
        {
            using RunStore store = RunStore.Open(globals.DatabasePath);
            while (!stop.IsCancellationRequested && queue.Take() is var (trial, threads))
            {
                TrialOutcome outcome = Carry(trial, threads, store, stop.Token);
                halving?.End(trial.Trial.Number);
                queue.Return(threads, outcome.Status == RunStatus.Failed);
                view.TrialEnded(outcome);
            }

            if (store.HasWaitingRecords)
                HasWaitingRecords = true;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref fatal, e, null);
            stop.Cancel();   // what ends one worker (a database that cannot be written, a bug) would end the others
        }
    }

    TrialOutcome Carry(TrialDetail trial, int threads, RunStore store, CancellationToken cancellation)
    {
        NewTrial frozen = trial.Trial;
        TrialKey key = new(sweep.Sweep.Id, frozen.Number);
        try
        {
            ExperimentSpec spec = ResolvedConfig.FromJson(frozen.ConfigJson);
            Splits splits = images(spec.Data);
            StoredRun? stored = Stored(trial, spec, splits);
            if (stored is not null && stored.Id != trial.RunId)
                store.SetRunOfTrial(key, stored.Id);
            if (stored is not null && !CanGoOn(stored))
                return Ended(frozen, stored);

            RunRequest run = new()
            {
                Spec = spec,
                File = sweep.Sweep.File,
                YamlText = sweep.YamlText,
                Files = request.Files,
                Trial = new SweepTrial(key, frozen.Name, frozen.Variant, halving is null ? null : (result, token) => halving.Prune(frozen.Number, result, token)),
                Tags = request.Tags,
                Note = request.Note,
                Threads = threads,
                CommandLine = request.CommandLine,
            };
            RunExecution execution = new(run, splits, store, globals.DatabasePath, globals.ProjectRoot, new TrialView(frozen, view));
            return Ended(frozen, stored is null ? execution.Execute(cancellation) : execution.Resume(stored, cancellation));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or CommandException or DataException or RunTakenException)
        {
            // The others may do better: a network that does not fit its images, a list that another version froze, a run that another process has taken.
            return new TrialOutcome { Trial = frozen, RunId = trial.RunId, Status = RunStatus.Failed, Reason = e.Message };
        }
    }

    /// <summary>The run to go on with or to take as it is; null to begin one.</summary>
    StoredRun? Stored(TrialDetail trial, ExperimentSpec spec, Splits splits)
    {
        if (trial is { RunId: { } id, Status: not RunStatus.Failed })
        {
            using RunQueries queries = RunQueries.Open(globals.DatabasePath);
            StoredRun run = StoredRun.Read(queries, id);
            ResumeCheck.State(run, globals);
            ResumeCheck.Data(run, splits, globals);
            return run;
        }

        return request.Needed && EqualRun.Find(globals.DatabasePath, spec, splits).Found is { Detail.Run.Status: not RunStatus.Running } equal ? equal : null;
    }

    static bool CanGoOn(StoredRun run) => run.Detail is { Run.Status: not RunStatus.Completed, Failure: not FailureKind.NotFinite };

    /// <summary>Trials that are done, or were begun before, count at the rungs that they reached.</summary>
    void RememberEpochs(IReadOnlyList<TrialDetail> toDo)
    {
        if (halving is null)
            return;
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        foreach (TrialDetail trial in sweep.Trials)
        {
            if (trial.RunId is { } id)
            {
                StoredRun run = StoredRun.Read(queries, id);
                foreach (EpochSummary epoch in run.Detail.Epochs)
                    halving.Observe(trial.Trial.Number, epoch.Epoch, ValueAt(run, epoch.Epoch));
            }

            if (!toDo.Contains(trial))
                halving.End(trial.Trial.Number);
        }
    }

    double? ValueAt(StoredRun run, int epoch) => run.History(sweep.Sweep.Metric).Where(point => point.Epoch == epoch).Select(point => (double?)point.Value).FirstOrDefault();

    TrialOutcome Ended(NewTrial trial, StoredRun run) => new()
    {
        Trial = trial,
        RunId = run.Id,
        Status = run.Detail.Run.Status,
        Reason = run.Detail.Run.Reason,
        Value = Value(run.Id),
        WasReused = true,
    };

    TrialOutcome Ended(NewTrial trial, RunOutcome outcome) => new()
    {
        Trial = trial,
        RunId = outcome.RunId,
        Status = outcome.Status,
        Reason = outcome.Reason,
        Value = outcome.Last is null ? null : Value(outcome.RunId),
        Elapsed = outcome.Elapsed,
    };

    double? Value(string runId)
    {
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        return SweepRanking.Value(queries, runId, sweep.Sweep.Metric);
    }
}
