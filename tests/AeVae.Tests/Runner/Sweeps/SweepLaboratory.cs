using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>A temporary folder in which small sweeps run within this process.</summary>
sealed class SweepLaboratory : IDisposable
{
    static readonly string Experiment = $$"""
        name: small
        data: {{{SmallImages.Dataset}}, validation: 20, train_limit: 60}
        model: {type: vae, encoder: [10], latent_dim: 3}
        train: {epochs: 3, batch_size: 8}
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("aevae sweep ").FullName;

    public string Database => Path.Combine(Folder, "results.db");

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    /// <summary>Learning rates × one seed, in this order.</summary>
    public static SweepPlan Plan(params double[] learningRates) => new()
    {
        Name = "small",
        Options = new SweepOptions(),
        Outline = new SweepOutline { Variants = [], Parameters = ["train.learning_rate"], Seeds = [7] },
        Trials = [.. learningRates.Select((rate, i) => new Trial
        {
            Number = i + 1,
            Name = $"small-{i + 1}",
            Parameters = [new("train.learning_rate", Canonical.Number(rate))],
            Spec = Spec(rate),
        })],
    };

    public static ExperimentSpec Spec(double learningRate)
    {
        ExperimentSpec spec = SpecReader.ReadText("small", Experiment).Spec!;
        return spec with { Seed = 7, Train = spec.Train with { LearningRate = learningRate } };
    }

    public int Begin(SweepPlan plan, int parallel = 1, bool needed = false, Globals? globals = null)
    {
        using SweepSession session = new(globals ?? Globals(), Order(parallel) with { Needed = needed });
        return session.Begin(plan, "small.yaml", Experiment, []);
    }

    public int Resume(string sweep, int parallel = 1, bool retryFailed = false, NewSweep? extension = null)
    {
        using SweepSession session = new(Globals(), Order(parallel) with { RetryFailed = retryFailed });
        return session.Resume(sweep, [], extension);
    }

    public SweepDetail Sweep(string selector = "@last")
    {
        using RunQueries queries = RunQueries.Open(Database);
        return queries.GetSweep(selector);
    }

    /// <summary>Digest of the last parameters of each trial's run; null without one.</summary>
    public IReadOnlyList<string?> LastParameters(string selector = "@last")
    {
        using RunQueries queries = RunQueries.Open(Database);
        return [.. queries.GetSweep(selector).Trials.Select(trial => trial.RunId is { } id ? queries.Get(id).Epochs[^1].ParametersSha256 : null)];
    }

    /// <summary>What an SQL statement gives.</summary>
    public string? Sql(string text)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>What a command line on this results file gives.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = CommandLine.Run([.. arguments, "--db", Database, "--no-color"], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    static SweepOrder Order(int parallel) => new() { Parallel = parallel, Threads = parallel, CommandLine = ["runner", "sweep", "small.yaml"], WritesReport = false };

    public Globals Globals() => new()
    {
        ProjectRoot = Folder,
        GivenPaths = "",
        DatabasePath = Database,
        DataFolder = Path.Combine(Folder, "data"),
        Json = false,
        Quiet = false,
        Verbose = false,
        Color = false,
        Output = Output,
        Error = Error,
    };
}
