using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Tracking;

/// <summary>A temporary folder with a results file, and records to fill it with.</summary>
sealed class ResultsFolder : IDisposable
{
    public static readonly MetricDefinitionRecord[] Definitions =
    [
        new("loss", "nats per image", "mean over images", "lower", "The objective."),
        new("mse", "per pixel", "mean over pixels and images", "lower", "Squared error."),
        new("knn_accuracy", "share", "mean over images", "higher", "How well classes separate."),
        new("latent_radius", "none", "mean over images", "none", "Spread of the codes."),
    ];

    public ResultsFolder()
    {
        Folder = Directory.CreateTempSubdirectory("aevae-tracking-").FullName;
        Path = System.IO.Path.Combine(Folder, "results.db");
    }

    public string Folder { get; }

    public string Path { get; }

    public static Provenance Provenance { get; } = new()
    {
        CommandLine = ["runner", "run", "experiments/väe.yaml", "--set", "a b"],
        GitCommit = "c0ffee",
        GitBranch = "main",
        GitDirty = true,
        GitDiffSha256 = "d1ff",
        GitDiff = Patch("src/kept.cs", "src/old.cs"),
        ProgramSha256 = "90a9",
        Host = "box",
        OperatingSystem = "Linux 6.1",
        CpuModel = "CPU @ 2 GHz",
        LogicalProcessors = 2,
        SimdPath = "avx2",
        Threads = 2,
        DotnetVersion = "10.0.0",
        Locale = "de_DE.UTF-8",
        TimeZone = "Europe/Berlin",
        Environment = [new("LANG", "de_DE.UTF-8"), new("NO_COLOR", "")],
        Packages = [new("Serilog", "3.1.1")],
        DataFiles = [new("data/train", 47040016, "ba89")],
        ExperimentFiles = [new("experiments/väe.yaml", "7ae"), new("experiments/base.yaml", "ba5e")],
    };

    /// <summary>A patch that adds one line to each file.</summary>
    public static string Patch(params string[] files) =>
        string.Concat(files.Select(file => $"diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n@@ -1 +1,2 @@\n one\n+two\n"));

    public static NewRun Run(string name = "vae-lr1e-4", string configSha256 = "cf9", string file = "experiments/vae.yaml") => new()
    {
        Experiment = new(name, "The VAE of S0.", file, "{\"seed\":42}", configSha256, "seed: 42 # ünïcode\n"),
        Name = name,
        Seed = 42,
        NumericContract = 1,
        Parameters = [new("train.learning_rate", "0.0001"), new("seed", "42")],
        Provenance = Provenance,
        ParameterCount = 652824,
        EpochsPlanned = 50,
    };

    public static EpochRecord Epoch(int epoch, params MetricRecord[] metrics) =>
        new(epoch, metrics, $"params{epoch}", $"optimizer{epoch}", $"order{epoch}", [new("decoder.0.weight", $"d{epoch}"), new("encoder.0.weight", $"e{epoch}")], 2.5, 20_000.25);

    /// <summary>A store in which the metrics of <see cref="Definitions"/> are defined.</summary>
    public RunStore OpenStore()
    {
        RunStore store = RunStore.Open(Path);
        store.DefineMetrics(Definitions);
        return store;
    }

    /// <summary>Does what no store would.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
