using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Carries one run from its first step to its last artifact: the trainer yields, the store keeps, the view shows.</summary>
sealed class RunExecution(RunRequest request, Splits splits, RunStore store, string databasePath, string projectRoot, IRunView view)
{
    /// <summary>Version of the numeric contract that the kernels follow.</summary>
    public const int NumericContract = 1;

    readonly ExperimentSpec spec = request.Spec;
    readonly RunProvenance provenance = new(request, splits, projectRoot, databasePath);
    readonly Stopwatch clock = Stopwatch.StartNew();
    EpochResult? newest;

    /// <summary>Trains, evaluates and stores; a run that was begun always ends with a status, unless storage itself fails.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    /// <exception cref="RunTakenException">Another process has taken the run.</exception>
    /// <exception cref="ArgumentException">The experiment does not fit the images.</exception>
    public RunOutcome Execute(CancellationToken cancellation)
    {
        using ThreadTeam team = new(request.Threads);
        Trainer trainer = new(request.Settings, splits, team);
        string runId = Begin(trainer);
        RunFolder folder = new(databasePath, runId);
        CheckpointKeeper checkpoints = new(spec.Checkpoint, folder, ResolvedConfig.Sha256(ResolvedConfig.ToJson(spec)));
        using RunLog log = new(folder.LogPath, view);
        view.Started(new RunPlan(runId, request, splits, trainer.ParameterCount, trainer.StepsPerEpoch), trainer);
        log.Started(runId, request);

        RunOutcome outcome;
        try
        {
            Directory.CreateDirectory(folder.Path);
            outcome = Train(trainer, runId, checkpoints, log, cancellation)
                ? Complete(trainer, runId, folder, cancellation)
                : Interrupted(runId);
        }
        catch (OperationCanceledException)
        {
            outcome = Interrupted(runId);
        }
        catch (NonFiniteException e)
        {
            outcome = End(runId, RunStatus.Failed) with { Reason = e.Message };
        }
        catch (Exception e) when (e is not (StorageException or RunTakenException))
        {
            outcome = End(runId, RunStatus.Failed) with { Error = e };
            outcome = outcome with { Reason = outcome.IsBug ? $"{e.GetType().Name}: {e.Message}" : e.Message };
        }

        if (checkpoints.LastEpoch > 0)
            outcome = outcome with { Checkpoint = folder.CheckpointPath(checkpoints.LastEpoch) };
        string? tainted = store.FinishRun(runId, outcome.Status, outcome.Reason, outcome.Reason is null ? null : trainer.Epoch, provenance.AtEnd());
        outcome = outcome with { TaintedReason = tainted };
        log.Ended(outcome);
        return outcome;
    }

    /// <summary>True when every epoch was done, or the early-stop rule fired; false when it was cancelled.</summary>
    bool Train(Trainer trainer, string runId, CheckpointKeeper checkpoints, RunLog log, CancellationToken cancellation)
    {
        foreach (EpochResult result in trainer.Run(cancellation))
        {
            store.AppendEpoch(runId, RunRecords.Of(result));
            newest = result;
            foreach (string warning in result.Warnings)
            {
                store.AddWarning(runId, result.Epoch, warning);
                log.Warn(result.Epoch, warning);
            }

            view.EpochFinished(result);
            log.EpochFinished(result);
            checkpoints.Keep(trainer, result, isLast: result.Epoch == spec.Train.Epochs || result.StopsEarly);

            // An epoch leaves copies of the whole state behind; the collector alone would let hundreds of MiB of them pile up.
            GC.Collect();
        }

        return newest is { } last && (last.Epoch == spec.Train.Epochs || last.StopsEarly);
    }

    RunOutcome Complete(Trainer trainer, string runId, RunFolder folder, CancellationToken cancellation)
    {
        FinalEvaluation final = trainer.Finish(cancellation, view.Evaluating);
        EpochResult last = newest!;
        store.AppendFinalMetrics(runId, last.Epoch, RunRecords.Of(final.Metrics));
        foreach (Artifact artifact in RunArtifacts.From(final, splits.ClassNames))
            store.AddArtifact(runId, artifact);
        store.AddArtifact(runId, RunArtifacts.FinalWeights(last.ParametersSha256, folder.Relative(folder.CheckpointPath(last.Epoch))));
        string? reason = last.StopsEarly ? $"stopped early: {spec.Train.EarlyStop?.Metric} no longer improved" : null;
        return End(runId, RunStatus.Completed) with { Final = final, Reason = reason };
    }

    RunOutcome Interrupted(string runId) => End(runId, RunStatus.Interrupted) with { Reason = "stopped by the user" };

    RunOutcome End(string runId, RunStatus status) => new() { RunId = runId, Status = status, Last = newest, Elapsed = clock.Elapsed };

    string Begin(Trainer trainer)
    {
        string config = ResolvedConfig.ToJson(spec);
        store.DefineMetrics(RunRecords.Definitions);
        return store.BeginRun(new NewRun
        {
            Experiment = new ExperimentRecord(spec.Name, spec.Description, request.File, config, ResolvedConfig.Sha256(config), request.YamlText),
            Name = spec.Name,
            Seed = spec.Seed,
            NumericContract = NumericContract,
            Parameters = ResolvedConfig.Flatten(config),
            Provenance = provenance.AtBegin(),
            Tags = request.Tags,
            Note = request.Note,
            EffectiveBeta = trainer.EffectiveBeta,
            ParameterCount = trainer.ParameterCount,
            EpochsPlanned = spec.Train.Epochs,
        });
    }
}
