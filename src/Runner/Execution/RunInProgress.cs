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

    CheckpointKeeper Checkpoints => field ??= new(request.Spec.Checkpoint, folder, configSha256, (epoch, warning) =>
    {
        store.AddWarning(runId, epoch, warning);
        log.Warn(epoch, warning);
    });

    /// <summary>Trains, evaluates and stores; the run ends with a status, unless storage itself fails.</summary>
    /// <param name="remarks">What was found when it was resumed.</param>
    /// <param name="best">The best of its stored epochs; null where the experiment asks for none.</param>
    /// <param name="cancellation">Stops it.</param>
    public RunOutcome Carry(IEnumerable<string> remarks, BestEpoch? best, CancellationToken cancellation)
    {
        view.Started(start, trainer);
        log.Started(start);
        foreach (string remark in remarks)
            log.Warn(remark);
        RunOutcome outcome;
        string? tainted;
        try
        {
            store.Notice = log.Warn;
            if (ProvenanceReader.UnreadPackageList is { } list)
                log.Warn($"{list} could not be read, which a build may be writing: the packages of the program are not stored with the run");
            if (provenance.Warning is { } incomplete)
            {
                store.AddWarning(runId, trainer.Epoch, incomplete);
                if (request.Trial is null)
                    log.Warn(incomplete);   // a sweep says it once for all of its trials
            }

            outcome = Outcome(best, cancellation);
            Checkpoints.Flush();
            tainted = store.FinishRun(runId, outcome.Status, outcome.Reason, outcome.Reason is null ? null : trainer.Epoch, provenance.AtEnd(), outcome.Failure);
        }
        finally
        {
            store.Notice = null;    // the log does not outlive the run
        }

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

    RunOutcome Outcome(BestEpoch? best, CancellationToken cancellation)
    {
        try
        {
            if (start.Resumed is { Epoch: var epoch })
                TakeOver(epoch, best?.State);
            RunOutcome outcome = Train(best, cancellation) is { } pruned ? End(RunStatus.Pruned) with { Reason = pruned }
                : trainer.IsTrained ? Complete(best?.State, cancellation)
                : Interrupted();
            Checkpoints.Flush();    // here, so that what it throws ends the run with a status
            return outcome;
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

    void TakeOver(int epoch, Checkpoint? best)
    {
        folder.RemoveAfter(epoch);
        Checkpoints.TakeOver(best);
        Checkpoints.KeepMissing(trainer, epoch);
    }

    /// <summary>Trains until every epoch is done, the early-stop rule fires, the run is pruned or cancelled.</summary>
    /// <returns>Why it was pruned; null unless it was.</returns>
    string? Train(BestEpoch? best, CancellationToken cancellation)
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
            Checkpoints.Keep(trainer, result.Epoch, isBest: best?.Observe(trainer, result) == true);

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

    /// <summary>Measures the test images, with the parameters of a state or with the last ones.</summary>
    RunOutcome Complete(Checkpoint? best, CancellationToken cancellation)
    {
        view.EvaluationStarted();
        FinalEvaluation final = trainer.Finish(cancellation, view.Evaluating, best);
        EpochResult last = newest!;
        store.AppendFinalMetrics(runId, final.Epoch, RunRecords.Of(final.Metrics));
        foreach (Artifact artifact in RunArtifacts.From(final, start.Splits.ClassNames))
            store.AddArtifact(runId, artifact);
        Checkpoints.Flush();
        store.AddArtifact(runId, RunArtifacts.FinalWeights(final.ParametersSha256, FileOf(final.Epoch) is { } file ? folder.Relative(file) : null));
        string? reason = last.StopsEarly && last.Epoch < request.Spec.Train.Epochs && request.Spec.Train.EarlyStop is { } rule ? StoppedEarly(rule) : null;
        return End(RunStatus.Completed) with { Final = final, Reason = reason };
    }

    /// <summary>The checkpoint of an epoch; null when the disk refused it.</summary>
    string? FileOf(int epoch) => Checkpoints.LastEpoch == epoch ? folder.CheckpointPath(epoch)
        : Checkpoints.BestEpoch == epoch ? folder.BestCheckpointPath
        : null;

    static string StoppedEarly(EarlyStopOptions rule) => string.Create(CultureInfo.InvariantCulture,
        $"stopped early, as {rule.Metric} did not improve{(rule.MinDelta > 0 ? $" by more than {Numbers.Chosen(rule.MinDelta)}" : "")} in {Counted.Of(rule.Patience, "evaluation")}");

    RunOutcome Interrupted() => End(RunStatus.Interrupted) with { Reason = request.Trial?.WhyStopped() ?? RunOutcome.StoppedByUser };

    RunOutcome End(RunStatus status) => new() { RunId = runId, Status = status, Last = newest, Elapsed = clock.Elapsed };
}
