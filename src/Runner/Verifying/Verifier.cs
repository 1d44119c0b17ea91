using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Executes a stored run again as a run of its own and compares every epoch as it comes: the trainer yields, this stores and compares.</summary>
/// <remarks>The verifying run has epochs and metrics, and those artifacts that differ; no checkpoint, no log, no report.</remarks>
/// <param name="plan">Which run.</param>
/// <param name="request">Its configuration, to be executed here.</param>
/// <param name="splits">Its images.</param>
/// <param name="store">Where the verifying run and the verdict go.</param>
/// <param name="queries">What is stored of the run.</param>
/// <param name="provenance">Of the verifying run.</param>
/// <param name="view">Shows it.</param>
/// <param name="restoreTo">Folder of the run, if its checkpoints are to be written there when every epoch is equal; else null.</param>
sealed class Verifier(VerificationPlan plan, RunRequest request, Splits splits, RunStore store, RunQueries queries, RunProvenance provenance, IVerificationView view, RunFolder? restoreTo = null)
{
    readonly Stopwatch clock = Stopwatch.StartNew();
    readonly RunDetail run = plan.Run;
    readonly Provenance here = provenance.AtBegin();
    readonly IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series = queries.GetSeries(plan.Run.Run.Id);
    Tally compared;
    readonly List<Artifact> frames = [];   // of the epochs that were executed
    readonly List<string> additions = [];
    EpochRecord? newest;
    string? note;
    (Checkpoint Last, Checkpoint? Best)? states;   // to restore: of the last epoch, all being equal, and of the best one where the run keeps it

    /// <summary>Trains until the first epoch that differs, and stores the verdict; one that cannot be stored is returned all the same.</summary>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    /// <exception cref="CommandException">The stored configuration does not fit the images, or the run was resumed meanwhile.</exception>
    public VerificationOutcome Execute(CancellationToken cancellation)
    {
        using ThreadTeam team = new(request.Threads);
        Trainer trainer = Build(team);
        (string? seal, string held) = queries.GetSeal(run.Run.Id);
        Evidence evidence = new(run, here, IsSealed: seal is not null,
        [
            .. ConfigurationCheck.Of(run, trainer.EffectiveBeta, trainer.ParameterCount), .. run.Provenance is { DataFiles: { Count: > 0 } files } ? DataCheck.Of(files, splits.Files) : [], .. HistoryCheck.Of(run, series, queries.Definitions, plan.Spec, queries.GetStoredSummaries(run.Run.Id)),
            .. SealCheck.OfArtifacts(run, queries), .. SealCheck.Of(seal, held),
        ]);
        note = plan.IsCompleted && !evidence.IsSealed ? SealCheck.Missing : null;
        string verifyingRunId = Begin(trainer);
        try
        {
            view.Started(new VerificationStart(plan, verifyingRunId, here, LikelyCauses.OfInputs(evidence.Inputs)), trainer);
            evidence = Compare(trainer, verifyingRunId, evidence, cancellation);
        }
        catch (OperationCanceledException)
        {
            store.FinishRun(verifyingRunId, RunStatus.Interrupted, RunOutcome.StoppedByUser, trainer.Epoch, provenance.AtEnd());
            return Outcome(verifyingRunId, null, []);
        }
        catch (Exception e) when (e is not StorageException)
        {
            store.FinishRun(verifyingRunId, RunStatus.Failed, $"{e.GetType().Name}: {e.Message}", trainer.Epoch, provenance.AtEnd());
            throw;
        }

        Verification verification = Judge(verifyingRunId, evidence);
        VerificationOutcome outcome = Outcome(verifyingRunId, verification, evidence.Differences.Count > 0 ? evidence.Differences : evidence.Inputs);
        try
        {
            RefuseWhatWasResumed(verifyingRunId, trainer.Epoch);
            string? reason = evidence.Epoch is { } epoch ? $"stopped at the first epoch that is not that of {run.Run.Id}" : null;
            store.FinishRun(verifyingRunId, RunStatus.Completed, reason, evidence.Epoch, provenance.AtEnd());
            store.AddVerification(verification);
        }
        catch (StorageException e)
        {
            outcome = outcome with { NotStored = e.Message };
        }

        return states is var (last, best) ? Restore(outcome, restoreTo!, last, best) : outcome;
    }

    VerificationOutcome Restore(VerificationOutcome outcome, RunFolder folder, Checkpoint last, Checkpoint? best)
    {
        List<string> restored = [];
        try
        {
            if (WasResumed)
                return outcome with { NotRestored = "it was resumed meanwhile, and writes its checkpoints itself." };
            if (best is not null)
                Save(best, folder.BestCheckpointPath);
            Save(last, folder.CheckpointPath(last.Epoch));
            return outcome with { Restored = restored };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            return outcome with { Restored = restored, NotRestored = e.Message };
        }

        void Save(Checkpoint state, string path)
        {
            state.Save(path, run.Experiment.ConfigSha256);
            restored.Add(path);
        }
    }

    // Its epochs were cut and trained anew while they were compared: a difference proves nothing.
    void RefuseWhatWasResumed(string verifyingRunId, int epoch)
    {
        if (!WasResumed)
            return;
        string why = $"run {run.Run.Id} was resumed while it was verified";
        store.FinishRun(verifyingRunId, RunStatus.Interrupted, why, epoch, provenance.AtEnd());
        throw new CommandException(ExitCodes.RunFailed, $"{why}, so no verdict was stored. Verify it again when it has ended.");
    }

    bool WasResumed => queries.Get(run.Run.Id) is var now && (now.Resumptions.Count != run.Resumptions.Count || (restoreTo is not null && now.Run.Status == RunStatus.Running));

    Trainer Build(ThreadTeam team)
    {
        try
        {
            return RunExecution.Build(request.Settings, splits, team);
        }
        catch (SettingsException e)
        {
            throw new CommandException(ExitCodes.UserError, $"run {run.Run.Id} cannot be executed again: {e.Message}");
        }
    }

    Evidence Compare(Trainer trainer, string verifyingRunId, Evidence evidence, CancellationToken cancellation)
    {
        HashSet<MetricKey> measured = [.. series.Keys];
        BestEpoch? best = plan.HasEnd || restoreTo is not null ? BestEpoch.Of(plan.Spec, keepsState: restoreTo is not null) : null;
        try
        {
            foreach (EpochResult result in trainer.Run(cancellation))
            {
                best?.Observe(trainer, result);
                EpochRecord computed = newest = RunRecords.Of(result);
                store.AppendEpoch(verifyingRunId, computed with { Artifacts = [] });
                frames.AddRange(computed.Artifacts);
                EpochRecord? stored = queries.GetEpoch(run.Run.Id, result.Epoch);
                if (evidence.HadAll)
                    measured.UnionWith(computed.Metrics.Select(metric => metric.Key));
                IReadOnlyList<Difference> differences = EpochComparison.Of(stored, computed, measured);
                view.EpochCompared(result, differences.Count == 0);
                if (differences.Count > 0)
                    return evidence with { Epoch = result.Epoch, Stored = stored, Computed = computed, Differences = differences };
                int metrics = computed.Metrics.Count(metric => measured.Contains(metric.Key));
                Add(computed.Metrics.Where(metric => !measured.Contains(metric.Key)).Select(metric => metric.Key.FullName));
                compared = compared with { Epochs = result.Epoch, Metrics = compared.Metrics + metrics, Tensors = compared.Tensors + computed.Tensors.Count };
                // A completed run that would have gone on lacks its last epochs: the next one shows it.
                bool lacksEpochs = plan is { IsWhole: true, IsCompleted: true } && !trainer.IsTrained;
                if (result.Epoch >= plan.Epochs && !lacksEpochs)
                {
                    if (restoreTo is not null)
                        states = (trainer.Capture(), best?.State);
                    return plan.HasEnd ? CompareEnd(trainer, best is { IsEvaluated: true } ? best.State : null, verifyingRunId, evidence, cancellation) : evidence;
                }

                // An epoch leaves copies of the whole state behind; the collector alone would let hundreds of MiB of them pile up.
                GC.Collect();
            }
        }
        catch (NonFiniteException e)
        {
            return Missing(trainer.Epoch, e.Message);
        }

        cancellation.ThrowIfCancellationRequested();
        return Missing(compared.Epochs + 1, "training ends before this epoch");   // an early stop that the stored run did not have

        Evidence Missing(int epoch, string why) =>
            evidence with { Epoch = epoch, Differences = [new(DifferenceKind.Parameters, null, queries.GetEpoch(run.Run.Id, epoch)?.ParametersSha256, why)] };
    }

    Evidence CompareEnd(Trainer trainer, Checkpoint? best, string verifyingRunId, Evidence evidence, CancellationToken cancellation)
    {
        FinalEvaluation final = trainer.Finish(cancellation, view.Evaluating, best);
        IReadOnlyList<MetricRecord> metrics = RunRecords.Of(final.Metrics);
        Artifact[] artifacts = [.. frames, .. RunArtifacts.From(final, splits.ClassNames)];
        store.AppendFinalMetrics(verifyingRunId, final.Epoch, metrics);
        Difference[] differences =
        [
            .. EndComparison.Metrics(series, final.Epoch, metrics, plan.IsCompleted, evidence.HadAll),
            .. EndComparison.Artifacts(run.Artifacts, name => queries.GetArtifact(run.Run.Id, name), artifacts, final.ParametersSha256, plan.IsCompleted, evidence.HadAll),
        ];
        foreach (Artifact artifact in artifacts.Where(artifact => differences.Any(difference => difference.Kind == DifferenceKind.Artifact && difference.Name == artifact.Name)))
            store.AddArtifact(verifyingRunId, artifact);
        string[] unknown = [.. metrics.Where(metric => !series.ContainsKey(metric.Key)).Select(metric => metric.Key.FullName)];
        compared = compared with { Metrics = compared.Metrics + metrics.Count - unknown.Length, Artifacts = run.Artifacts.Count };
        Add([.. unknown, .. artifacts.Select(artifact => artifact.Name).Except(run.Artifacts.Select(artifact => artifact.Name))], except: differences);
        return evidence with { Differences = differences };
    }

    void Add(IEnumerable<string> names, IEnumerable<Difference>? except = null) =>
        additions.AddRange(names.Except((except ?? []).Select(difference => difference.Name!)).Except(additions).ToArray());

    Verification Judge(string verifyingRunId, Evidence evidence) => new()
    {
        RunId = run.Run.Id,
        VerifyingRunId = verifyingRunId,
        Verdict = evidence.First is null ? Verdict.Verified : Verdict.Mismatch,
        FinishedAt = DateTimeOffset.UtcNow,
        EpochsCompared = evidence.Epoch ?? compared.Epochs,
        EpochsStored = Math.Max(plan.EpochsStored, evidence.Epoch ?? 0),
        FirstEpoch = evidence.Epoch,
        Difference = evidence.First,
        LikelyCauses = LikelyCauses.Of(evidence with { Unknown = additions }),
    };

    VerificationOutcome Outcome(string verifyingRunId, Verification? verification, IReadOnlyList<Difference> differences) => new()
    {
        Plan = plan,
        VerifyingRunId = verifyingRunId,
        Verification = verification,
        Differences = differences,
        Compared = compared,
        Additions = additions,
        Note = note,
        ParametersSha256 = newest?.ParametersSha256,
        Elapsed = clock.Elapsed,
    };

    string Begin(Trainer trainer)
    {
        store.DefineMetrics(RunRecords.Definitions);
        return store.BeginRun(new NewRun
        {
            Experiment = run.Experiment,
            Name = run.Run.Name,
            Variant = run.Run.Variant,
            Seed = plan.Spec.Seed,
            NumericContract = NumericContract.Version,
            Parameters = Specs.ResolvedConfig.Flatten(run.Experiment.ConfigJson),
            Provenance = here,
            EffectiveBeta = trainer.EffectiveBeta,
            ParameterCount = trainer.ParameterCount,
            EpochsPlanned = plan.Epochs,
            ParentRunId = run.Run.Id,
        });
    }
}
