using System.Diagnostics;
using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>A stored run that this process works on, from its next step to its last artifact: the trainer yields, the store keeps, the view shows.</summary>
sealed class RunInProgress(RunStart start, Trainer trainer, RunFolder folder, string configSha256, RunStore store, RunProvenance provenance, IRunView view, Stopwatch clock) : IDisposable
{
    readonly string runId = start.RunId;
    readonly RunRequest request = start.Request;
    readonly RunLog log = new(folder.LogPath, view);
    EpochResult? newest = start.Resumed?.Last;

    CheckpointKeeper Checkpoints => field ??= new(request.Spec.Checkpoint, request.Spec.Loss, folder, configSha256, (epoch, warning) =>
    {
        store.AddWarning(runId, epoch, warning);
        log.Warn(epoch, warning);
    });

    /// <summary>Trains, evaluates and stores; the run ends with a status, unless storage itself fails.</summary>
    /// <param name="remarks">What was found when it was resumed.</param>
    /// <param name="history">Values of the metric of the best checkpoint in its stored epochs.</param>
    /// <param name="cancellation">Stops it.</param>
    public RunOutcome Carry(IEnumerable<string> remarks, IEnumerable<SeriesPoint> history, CancellationToken cancellation)
    {
        view.Started(start, trainer);
        log.Started(start);
        foreach (string remark in remarks)
            log.Warn(remark);
        store.Notice = log.Warn;
        if (ProvenanceReader.UnreadPackageList is { } list)
            log.Warn($"{list} could not be read, which a build may be writing: the packages of the program are not stored with the run");
        if (provenance.Warning is { } incomplete)
        {
            store.AddWarning(runId, trainer.Epoch, incomplete);
            if (request.Trial is null)
                log.Warn(incomplete);   // a sweep says it once for all of its trials
        }

        RunOutcome outcome = Outcome(history, cancellation);
        Checkpoints.Flush();
        string? tainted = store.FinishRun(runId, outcome.Status, outcome.Reason, outcome.Reason is null ? null : trainer.Epoch, provenance.AtEnd(), outcome.Failure);
        store.Notice = null;
        if (outcome.Status == RunStatus.Completed)
            Checkpoints.Complete();
        outcome = outcome with { TaintedReason = tainted, Checkpoint = Checkpoints.LastEpoch > 0 ? folder.CheckpointPath(Checkpoints.LastEpoch) : null };
        log.Ended(outcome);
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Checkpoints.Dispose();
        log.Dispose();
    }

    RunOutcome Outcome(IEnumerable<SeriesPoint> history, CancellationToken cancellation)
    {
        try
        {
            if (start.Resumed is { Epoch: var epoch })
                TakeOver(epoch, history);
            return Train(cancellation) is { } pruned ? End(RunStatus.Pruned) with { Reason = pruned }
                : trainer.IsTrained ? Complete(cancellation)
                : Interrupted();
        }
        catch (OperationCanceledException)
        {
            return Interrupted();
        }
        catch (NonFiniteException e)
        {
            return End(RunStatus.Failed) with { Failure = FailureKind.NotFinite, Reason = e.Message };
        }
        catch (Exception e) when (e is not (StorageException or RunTakenException))
        {
            (FailureKind failure, string reason) = e switch
            {
                IOException or UnauthorizedAccessException => (FailureKind.Disk, e.Message),
                OutOfMemoryException => (FailureKind.Disk, "there is not enough memory. Close other programs, or train fewer trials at once."),
                _ => (FailureKind.Bug, $"{e.GetType().Name}: {e.Message}"),
            };
            return End(RunStatus.Failed) with { Failure = failure, Error = e, Reason = reason };
        }
    }

    void TakeOver(int epoch, IEnumerable<SeriesPoint> history)
    {
        Checkpoints.TakeOver(folder.CheckpointEpochs.Where(kept => kept <= epoch), history.Where(point => point.Epoch <= epoch));
        folder.RemoveAfter(epoch);
        if (trainer.IsTrained)
            Checkpoints.KeepLast(trainer);
    }

    /// <summary>Trains until every epoch is done, the early-stop rule fires, the run is pruned or cancelled.</summary>
    /// <returns>Why it was pruned; null unless it was.</returns>
    string? Train(CancellationToken cancellation)
    {
        if (newest is not null && PrunedBecause(newest, cancellation) is { } late)
            return late;
        foreach (EpochResult result in trainer.Run(cancellation))
        {
            // First the epoch, then its checkpoint: a run goes on from a state only if the epoch is stored that the state belongs to.
            store.AppendEpoch(runId, RunRecords.Of(result));
            newest = result;
            foreach (string warning in result.Warnings)
                log.Warn(result.Epoch, warning);
            view.EpochFinished(result);
            log.EpochFinished(result);
            Checkpoints.Keep(trainer, result);

            // An epoch leaves copies of the whole state behind; the collector alone would let hundreds of MiB of them pile up.
            // Of trials side by side each would stop all others while it does so.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: request.Trial is null);
            if (PrunedBecause(result, cancellation) is { } reason)
                return reason;
        }

        return null;
    }

    string? PrunedBecause(EpochResult result, CancellationToken cancellation)
    {
        if (request.Trial?.Rungs is not { } rungs)
            return null;
        rungs.Observe(result);
        return trainer.IsTrained ? null : rungs.Prune(result, cancellation);
    }

    RunOutcome Complete(CancellationToken cancellation)
    {
        view.EvaluationStarted();
        FinalEvaluation final = trainer.Finish(cancellation, view.Evaluating);
        EpochResult last = newest!;
        store.AppendFinalMetrics(runId, last.Epoch, RunRecords.Of(final.Metrics));
        foreach (Artifact artifact in RunArtifacts.From(final, start.Splits.ClassNames))
            store.AddArtifact(runId, artifact);
        Checkpoints.Flush();
        string? weights = Checkpoints.LastEpoch == last.Epoch ? folder.Relative(folder.CheckpointPath(last.Epoch)) : null;
        store.AddArtifact(runId, RunArtifacts.FinalWeights(last.ParametersSha256, weights));
        string? reason = last.StopsEarly && last.Epoch < request.Spec.Train.Epochs && request.Spec.Train.EarlyStop is { } rule ? StoppedEarly(rule) : null;
        return End(RunStatus.Completed) with { Final = final, Reason = reason };
    }

    static string StoppedEarly(EarlyStopOptions rule) => string.Create(CultureInfo.InvariantCulture,
        $"stopped early, as {rule.Metric} did not improve{(rule.MinDelta > 0 ? $" by more than {Numbers.Chosen(rule.MinDelta)}" : "")} in {Counted.Of(rule.Patience, "evaluation")}");

    RunOutcome Interrupted() => End(RunStatus.Interrupted) with { Reason = request.Trial?.WhyStopped() ?? RunOutcome.StoppedByUser };

    RunOutcome End(RunStatus status) => new() { RunId = runId, Status = status, Last = newest, Elapsed = clock.Elapsed };
}
