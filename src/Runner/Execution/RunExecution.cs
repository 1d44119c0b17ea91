using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Carries one run from its first step, or from a checkpoint, to its last artifact: the trainer yields, the store keeps, the view shows.</summary>
sealed class RunExecution(RunRequest request, Splits splits, RunStore store, string databasePath, string projectRoot, IRunView view)
{
    readonly ExperimentSpec spec = request.Spec;
    readonly RunProvenance provenance = new(request, splits, projectRoot, databasePath);
    readonly Stopwatch clock = Stopwatch.StartNew();
    EpochResult? newest;

    /// <summary>Trains, evaluates and stores; a run that was begun always ends with a status, unless storage itself fails.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    /// <exception cref="RunTakenException">Another process has taken the run, or one that is not among the known equals has begun.</exception>
    /// <exception cref="SettingsException">The experiment does not fit the images or the memory; no run was begun.</exception>
    public RunOutcome Execute(CancellationToken cancellation)
    {
        using ThreadTeam team = new(request.Threads);
        Trainer trainer = Build(request.Settings, splits, team);
        string config = ResolvedConfig.ToJson(spec), configSha256 = ResolvedConfig.Sha256(config);
        string runId = Begin(config, configSha256, trainer.ParameterCount, trainer.EffectiveBeta);
        RunFolder folder = new(databasePath, runId);
        using RunLog log = new(folder.LogPath, view);
        view.Started(new RunStart(runId, request, splits), trainer);
        log.Started(runId, request);
        using CheckpointKeeper checkpoints = Checkpoints(runId, folder, configSha256, log);
        return Carry(trainer, runId, folder, checkpoints, log, cancellation);
    }

    /// <summary>Stores a run that cannot begin, as failed before its first step.</summary>
    /// <param name="reason">What <see cref="Execute"/> said.</param>
    public RunOutcome Refuse(string reason)
    {
        string config = ResolvedConfig.ToJson(spec);
        string runId = Begin(config, ResolvedConfig.Sha256(config), ExperimentSize.Of(spec).Parameters, request.Settings.EffectiveBeta(splits.Train.PixelsPerImage));
        store.FinishRun(runId, RunStatus.Failed, reason);
        return End(runId, RunStatus.Failed) with { Reason = reason };
    }

    /// <summary>Goes on with a run from its newest whole checkpoint, or anew where there is none; it ends with the bits of one that was never interrupted.</summary>
    /// <param name="run">What is stored of it; the request is made from its configuration.</param>
    /// <param name="cancellation">Stops it again.</param>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    /// <exception cref="RunTakenException">Another process works on the run, or has completed it.</exception>
    /// <exception cref="SettingsException">The experiment does not fit the images or the memory; the run is as it was.</exception>
    /// <exception cref="Invocation.CommandException">A checkpoint cannot be read; the run is as it was.</exception>
    public RunOutcome Resume(StoredRun run, CancellationToken cancellation)
    {
        using ThreadTeam team = new(request.Threads);
        Trainer trainer = Build(request.Settings, splits, team);
        RunFolder folder = new(databasePath, run.Id);
        CheckpointSearch search = new(run, folder);
        int epoch = search.Restore(trainer);
        ResumedRun resumed = store.ResumeRun(run.Id, epoch, provenance.AtBegin());

        // From here on the run is this process's, and so are its files.
        using RunLog log = new(folder.LogPath, view);
        newest = run.Result(epoch, trainer.StoppedEarly);
        view.Started(new RunStart(run.Id, request, splits) { Resumed = new(epoch, resumed.EpochsCut, newest) }, trainer);
        log.Resumed(run.Id, epoch, resumed.EpochsCut, request.Threads);
        foreach (string defect in search.Rejected)
            log.Warn($"{defect} {(epoch > 0 ? "An older state was taken." : "The run is begun anew.")}");
        if (resumed.Changes is { } changes)
            log.Warn($"{changes}; the run is marked as tainted");
        using CheckpointKeeper checkpoints = Checkpoints(run.Id, folder, run.Detail.Experiment.ConfigSha256, log);
        return Carry(trainer, run.Id, folder, checkpoints, log, cancellation, () =>
        {
            checkpoints.TakeOver(folder.CheckpointEpochs.Where(kept => kept <= epoch), spec.Checkpoint.Best is { } metric ? run.History(metric).Where(point => point.Epoch <= epoch) : []);
            folder.RemoveAfter(epoch);
            if (trainer.IsTrained)
                checkpoints.KeepLast(trainer);
        });
    }

    RunOutcome Carry(Trainer trainer, string runId, RunFolder folder, CheckpointKeeper checkpoints, RunLog log, CancellationToken cancellation, Action? before = null)
    {
        RunOutcome outcome;
        store.Notice = log.Warn;
        if (ProvenanceReader.UnreadPackageList is { } list)
            log.Warn($"{list} could not be read, which a build may be writing: the packages of the program are not stored with the run");
        if (provenance.Warning is { } incomplete)
        {
            store.AddWarning(runId, trainer.Epoch, incomplete);
            if (request.Trial is null)
                log.Warn(incomplete);   // a sweep says it once for all of its trials
        }

        try
        {
            before?.Invoke();
            string? pruned = Train(trainer, runId, checkpoints, log, cancellation);
            outcome = pruned is not null ? End(runId, RunStatus.Pruned) with { Reason = pruned }
                : trainer.IsTrained ? Complete(trainer, runId, folder, checkpoints, cancellation)
                : Interrupted(runId);
        }
        catch (OperationCanceledException)
        {
            outcome = Interrupted(runId);
        }
        catch (NonFiniteException e)
        {
            outcome = End(runId, RunStatus.Failed) with { Failure = FailureKind.NotFinite, Reason = e.Message };
        }
        catch (Exception e) when (e is not (StorageException or RunTakenException))
        {
            (FailureKind failure, string reason) = e switch
            {
                IOException or UnauthorizedAccessException => (FailureKind.Disk, e.Message),
                OutOfMemoryException => (FailureKind.Disk, "there is not enough memory. Close other programs, or train fewer trials at once."),
                _ => (FailureKind.Bug, $"{e.GetType().Name}: {e.Message}"),
            };
            outcome = End(runId, RunStatus.Failed) with { Failure = failure, Error = e, Reason = reason };
        }

        checkpoints.Flush();
        string? tainted = store.FinishRun(runId, outcome.Status, outcome.Reason, outcome.Reason is null ? null : trainer.Epoch, provenance.AtEnd(), outcome.Failure);
        store.Notice = null;
        outcome = outcome with { TaintedReason = tainted };
        if (outcome.Status == RunStatus.Completed)
            checkpoints.Complete();
        if (checkpoints.LastEpoch > 0)
            outcome = outcome with { Checkpoint = folder.CheckpointPath(checkpoints.LastEpoch) };
        log.Ended(outcome);
        return outcome;
    }

    /// <summary>Trains until every epoch is done, the early-stop rule fires, the run is pruned or cancelled.</summary>
    /// <returns>Why it was pruned; null unless it was.</returns>
    string? Train(Trainer trainer, string runId, CheckpointKeeper checkpoints, RunLog log, CancellationToken cancellation)
    {
        if (newest is not null && PrunedBecause(trainer, cancellation) is { } late)
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
            checkpoints.Keep(trainer, result);

            // An epoch leaves copies of the whole state behind; the collector alone would let hundreds of MiB of them pile up.
            // Of trials side by side each would stop all others while it does so.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: request.Trial is null);
            if (PrunedBecause(trainer, cancellation) is { } reason)
                return reason;
        }

        return null;
    }

    string? PrunedBecause(Trainer trainer, CancellationToken cancellation)
    {
        if (request.Trial?.Rungs is not { } rungs)
            return null;
        rungs.Observe(newest!);
        return trainer.IsTrained ? null : rungs.Prune(newest!, cancellation);
    }

    RunOutcome Complete(Trainer trainer, string runId, RunFolder folder, CheckpointKeeper checkpoints, CancellationToken cancellation)
    {
        FinalEvaluation final = trainer.Finish(cancellation, view.Evaluating);
        EpochResult last = newest!;
        store.AppendFinalMetrics(runId, last.Epoch, RunRecords.Of(final.Metrics));
        foreach (Artifact artifact in RunArtifacts.From(final, splits.ClassNames))
            store.AddArtifact(runId, artifact);
        checkpoints.Flush();
        string? weights = checkpoints.LastEpoch == last.Epoch ? folder.Relative(folder.CheckpointPath(last.Epoch)) : null;
        store.AddArtifact(runId, RunArtifacts.FinalWeights(last.ParametersSha256, weights));
        string? reason = last.StopsEarly && last.Epoch < spec.Train.Epochs ? $"stopped early, as {spec.Train.EarlyStop?.Metric} no longer improved" : null;
        return End(runId, RunStatus.Completed) with { Final = final, Reason = reason };
    }

    RunOutcome Interrupted(string runId) => End(runId, RunStatus.Interrupted) with { Reason = request.Trial?.WhyStopped() ?? RunOutcome.StoppedByUser };

    RunOutcome End(string runId, RunStatus status) => new() { RunId = runId, Status = status, Last = newest, Elapsed = clock.Elapsed };

    CheckpointKeeper Checkpoints(string runId, RunFolder folder, string configSha256, RunLog log) => new(spec.Checkpoint, spec.Loss, folder, configSha256, (epoch, warning) =>
    {
        store.AddWarning(runId, epoch, warning);
        log.Warn(epoch, warning);
    });

    /// <summary>Makes a network.</summary>
    /// <exception cref="SettingsException">There is no room for it.</exception>
    public static Trainer Build(ExperimentSettings settings, Splits splits, ThreadTeam team)
    {
        try
        {
            return new Trainer(settings, splits, team);
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            throw new SettingsException($"the network [{string.Join(", ", settings.Model.Encoder)}] → {settings.Model.LatentDim} does not fit into memory with train.batch_size {settings.Train.BatchSize}. Take fewer or narrower layers in model.encoder and model.decoder, a smaller model.latent_dim, or a smaller batch.", e);
        }
    }

    string Begin(string config, string configSha256, long parameterCount, double? effectiveBeta)
    {
        store.DefineMetrics(RunRecords.Definitions);
        return store.BeginRun(new NewRun
        {
            Experiment = new ExperimentRecord(spec.Name, spec.Description, request.File, config, configSha256, request.YamlText),
            Name = request.Name,
            Variant = request.Trial?.Variant,
            Trial = request.Trial?.Key,
            Seed = spec.Seed,
            NumericContract = NumericContract.Version,
            Parameters = ResolvedConfig.Flatten(config),
            Provenance = provenance.AtBegin(),
            KnownEquals = request.KnownEquals,
            Tags = request.Tags,
            Note = request.Note,
            EffectiveBeta = effectiveBeta,
            ParameterCount = parameterCount,
            EpochsPlanned = spec.Train.Epochs,
        });
    }
}
