using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Specs;
using AeVae.Runner.Verifying;
using AeVae.Tests.Models;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner.Verifying;

/// <summary>A run in a results file of its own, trained and stored as the program does, with a place to plant faults; and its verification.</summary>
sealed class StoredExperiment : IDisposable
{
    public const string Vae = """
        name: small
        seed: 7
        data: {dataset: synthetic, validation: 17}
        model: {type: vae, encoder: [10], latent_dim: 3}
        train: {epochs: 4, batch_size: 8, learning_rate: 1e-2}
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("aevae-verify-").FullName;

    public string Database => Path.Combine(_folder, "results.db");

    public string RunId { get; private set; } = "";

    /// <summary>The images of both; a test replaces them to plant a fault.</summary>
    public Splits Splits { get; set; } = SmallData.Splits();

    /// <summary>Trains and stores a run.</summary>
    /// <param name="yaml">The experiment.</param>
    /// <param name="between">Done after each epoch, before the next.</param>
    /// <param name="epochs">Stops after so many epochs, as a user might; null trains all.</param>
    /// <param name="provenance">Where and from what; null for the truth.</param>
    public StoredExperiment Train(string yaml = Vae, Action<Trainer, int>? between = null, int? epochs = null, Func<Provenance, Provenance>? provenance = null)
    {
        RunRequest request = Request(Spec(yaml));
        using ThreadTeam team = new(1);
        using RunStore store = RunStore.Open(Database);
        Trainer trainer = new(request.Settings, Splits, team);
        RunId = Begin(store, request, trainer, provenance ?? (truth => truth));
        EpochResult last = TrainEpochs(store, trainer, between ?? ((_, _) => { }), epochs ?? request.Spec.Train.Epochs);
        if (epochs is null)
            Complete(store, trainer, last);
        store.FinishRun(RunId, epochs is null ? RunStatus.Completed : RunStatus.Interrupted);
        return this;
    }

    /// <summary>Stores an interrupted run of one epoch that was computed elsewhere.</summary>
    public StoredExperiment Store(Func<Trainer, EpochRecord> epoch)
    {
        RunRequest request = Request(Spec(Vae));
        using ThreadTeam team = new(1);
        using RunStore store = RunStore.Open(Database);
        Trainer trainer = new(request.Settings, Splits, team);
        RunId = Begin(store, request, trainer, truth => truth);
        store.AppendEpoch(RunId, epoch(trainer));
        store.FinishRun(RunId, RunStatus.Interrupted);
        return this;
    }

    /// <summary>Edits the file behind the program's back.</summary>
    public StoredExperiment Edit(string sql)
    {
        Assert.True(Do(sql) > 0, $"{sql}: no row was changed");
        return this;
    }

    /// <summary>Seals the run as it is now, as if it had been completed so.</summary>
    public StoredExperiment SealAgain()
    {
        Edit("update run set seal_sha256 = null where seal_sha256 is not null");
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        RunSeal.SealCompleted(connection);
        return this;
    }

    /// <summary>Changes the file in any way; gives how many rows it changed.</summary>
    public int Do(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Executes the run again.</summary>
    /// <param name="epochs">As in the command.</param>
    /// <param name="threads">As in the command.</param>
    /// <param name="view">Watches.</param>
    /// <param name="meanwhile">Done when the run was read and before it is executed.</param>
    /// <param name="cancellation">Stops it.</param>
    public VerificationOutcome Verify(int? epochs = null, int threads = 1, IVerificationView? view = null, Action? meanwhile = null, CancellationToken cancellation = default)
    {
        using RunStore store = RunStore.Open(Database);
        using RunQueries queries = RunQueries.Open(Database);
        VerificationPlan plan = VerificationPlan.Of(queries.Get(RunId), epochs);
        meanwhile?.Invoke();
        RunRequest request = Request(plan.Spec) with { Threads = threads };
        using IVerificationView watching = view ?? new SilentVerification();
        return new Verifier(plan, request, Splits, store, queries, new RunProvenance(request, Splits, _folder, Database), watching).Execute(cancellation);
    }

    public RunDetail Get(string? runId = null)
    {
        using RunQueries queries = RunQueries.Open(Database);
        return queries.Get(runId ?? RunId);
    }

    /// <summary>The run's seal; null when it has none.</summary>
    public string? Seal
    {
        get
        {
            using RunQueries queries = RunQueries.Open(Database);
            return queries.GetSeal(RunId).Stored;
        }
    }

    public double Metric(string split, string name, int epoch)
    {
        using RunQueries queries = RunQueries.Open(Database);
        return queries.GetSeries(RunId)[new(split, name)].Single(point => point.Epoch == epoch).Value;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static ExperimentSpec Spec(string yaml)
    {
        SpecResult read = SpecReader.ReadText("small.yaml", yaml);
        return read.Spec ?? throw new InvalidOperationException(string.Join(", ", read.Problems));
    }

    static RunRequest Request(ExperimentSpec spec) => new() { Spec = spec, File = "small.yaml", YamlText = "", Threads = 1, CommandLine = ["runner"] };

    string Begin(RunStore store, RunRequest request, Trainer trainer, Func<Provenance, Provenance> provenance)
    {
        store.DefineMetrics(RunRecords.Definitions);
        string config = ResolvedConfig.ToJson(request.Spec);
        return store.BeginRun(new NewRun
        {
            Experiment = new ExperimentRecord("small", null, "small.yaml", config, ResolvedConfig.Sha256(config), ""),
            Name = "small",
            Seed = request.Spec.Seed,
            NumericContract = NumericContract.Version,
            Parameters = ResolvedConfig.Flatten(config),
            Provenance = provenance(new RunProvenance(request, Splits, _folder, Database).AtBegin()),
            EffectiveBeta = trainer.EffectiveBeta,
            ParameterCount = trainer.ParameterCount,
            EpochsPlanned = request.Spec.Train.Epochs,
        });
    }

    // What is planted between two epochs may be a restored checkpoint, after which the trainer is asked anew.
    EpochResult TrainEpochs(RunStore store, Trainer trainer, Action<Trainer, int> between, int epochs)
    {
        for (EpochResult? last = null; ; between(trainer, last.Epoch))
        {
            last = trainer.Run(CancellationToken.None).First();
            store.AppendEpoch(RunId, RunRecords.Of(last));
            if (last.Epoch == epochs || last.StopsEarly)
                return last;
        }
    }

    void Complete(RunStore store, Trainer trainer, EpochResult last)
    {
        FinalEvaluation final = trainer.Finish(CancellationToken.None);
        store.AppendFinalMetrics(RunId, last.Epoch, RunRecords.Of(final.Metrics));
        foreach (Artifact artifact in RunArtifacts.From(final, Splits.ClassNames))
            store.AddArtifact(RunId, artifact);
        store.AddArtifact(RunId, RunArtifacts.FinalWeights(last.ParametersSha256, "runs/some/epoch-0004.safetensors"));
    }
}
