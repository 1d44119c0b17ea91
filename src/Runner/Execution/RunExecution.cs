using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Carries out one run, from its first step or from a checkpoint, and ends it with a status.</summary>
sealed class RunExecution(RunRequest request, Splits splits, RunStore store, string databasePath, string projectRoot, IRunView view)
{
    readonly ExperimentSpec spec = request.Spec;
    readonly RunProvenance provenance = new(request, splits, projectRoot, databasePath);
    readonly Stopwatch clock = Stopwatch.StartNew();

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
        using RunInProgress run = InProgress(new RunStart(runId, request, splits), trainer, configSha256);
        return run.Carry([], BestEpoch.Of(spec), cancellation);
    }

    /// <summary>Stores a run that cannot begin, as failed before its first step.</summary>
    /// <param name="reason">What <see cref="Execute"/> said.</param>
    public RunOutcome Refuse(string reason)
    {
        string config = ResolvedConfig.ToJson(spec);
        string runId = Begin(config, ResolvedConfig.Sha256(config), ExperimentSize.Of(spec).Parameters, request.Settings.EffectiveBeta(splits.Train.PixelsPerImage));
        store.FinishRun(runId, RunStatus.Failed, reason);
        return new RunOutcome { RunId = runId, Status = RunStatus.Failed, Reason = reason, Elapsed = clock.Elapsed };
    }

    /// <summary>Goes on with a run from its newest whole checkpoint, or anew where there is none; it ends with the bits of one that was never interrupted.</summary>
    /// <param name="stored">What is stored of it; the request is made from its configuration.</param>
    /// <param name="cancellation">Stops it again.</param>
    /// <exception cref="StorageException">The database cannot be written.</exception>
    /// <exception cref="RunTakenException">Another process works on the run, or has completed it.</exception>
    /// <exception cref="SettingsException">The experiment does not fit the images or the memory; the run is as it was.</exception>
    /// <exception cref="Invocation.CommandException">A checkpoint cannot be read; the run is as it was.</exception>
    public RunOutcome Resume(StoredRun stored, CancellationToken cancellation)
    {
        using ThreadTeam team = new(request.Threads);
        Trainer trainer = Build(request.Settings, splits, team);
        CheckpointSearch search = new(stored, spec, new RunFolder(databasePath, stored.Id));
        int epoch = search.Restore(trainer);
        ResumedRun resumed = store.ResumeRun(stored.Id, epoch, provenance.AtBegin());

        // From here on the run is this process's, and so are its files.
        RunStart start = new(stored.Id, request, splits) { Resumed = new(epoch, resumed.EpochsCut, stored.Result(epoch, trainer.StoppedEarly)) };
        IEnumerable<string> remarks = search.Rejected.Select(defect => $"{defect} {(epoch > 0 ? "An older state was taken." : "The run is begun anew.")}");
        if (resumed.Changes is { } changes)
            remarks = remarks.Append($"{changes}; the run is marked as tainted");
        using RunInProgress run = InProgress(start, trainer, stored.Detail.Experiment.ConfigSha256);
        return run.Carry(remarks, search.Best, cancellation);
    }

    RunInProgress InProgress(RunStart start, Trainer trainer, string configSha256) =>
        new(start, trainer, new RunFolder(databasePath, start.RunId), configSha256, store, provenance, view, clock);

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
