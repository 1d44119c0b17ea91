using System.Globalization;
using System.Text.Json;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Runner.Slurm;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary><c>sweep --trial</c> and <c>sweep status</c>, without a cluster.</summary>
public sealed class SweepStatusTests : IDisposable
{
    static readonly string Base = $$"""
        name: small
        data: {{{SmallImages.Dataset}}, validation: 20, train_limit: 40}
        model: {type: vae, encoder: [10], latent_dim: 3}
        train: {epochs: 2, batch_size: 8}

        """;

    static readonly string ThreeVariants = Base + """
        variants: {one: {}, two: {model: {latent_dim: 2}}, three: {model: {latent_dim: 4}}}
        sweep: {seeds: [1], max_failed: 1}
        claims: [{text: More latents help., check: last(three.val.loss) < last(two.val.loss)}]

        """;

    readonly string _folder = Directory.CreateTempSubdirectory("aevae sweep status ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OnlyTheTrialsThatAreMeantAreTrainedAndNothingIsConcluded()
    {
        (int exitCode, _, string error) = Sweep(File(ThreeVariants), "--trial", "2");
        Assert.True(exitCode == ExitCodes.Ok, error);
        Assert.Equal([RunStatus.Queued, RunStatus.Completed, RunStatus.Queued], Detail().Trials.Select(trial => trial.Status));
        Assert.Empty(Detail().Claims);

        Assert.Equal(ExitCodes.Ok, Sweep("--resume", "@last", "--trial", "1", "--trial", "2").ExitCode);
        Assert.Equal(RunStatus.Queued, Detail().Trials[2].Status);
        Assert.Equal(ExitCodes.Ok, Sweep("--resume", "@last").ExitCode);
        Assert.Single(Detail().Claims);
    }

    [Fact]
    public void AFileOfATaskThatCannotBeReadMayHoldWhatIsNotKnownHere()
    {
        Sweep(File(ThreeVariants), "--trial", "2");
        string task = new SweepFolder(Path.Combine(_folder, "results.db"), Detail().Sweep.Id).Database(1);
        Directory.CreateDirectory(Path.GetDirectoryName(task)!);
        System.IO.File.WriteAllText(task, "no database, or none that can be read now");

        TrialProgress trial = TrialProgress.Of(Path.Combine(_folder, "results.db"), Detail())[0];
        Assert.Equal((task, false, true), (trial.Database, trial.IsKnownHere, trial.IsToMerge));
        Assert.NotNull(trial.Reason);
    }

    [Fact]
    public void ATrialWhoseProcessDiedUnseenOnAnotherMachineIsWaitedForAndGoesOn()
    {
        Sweep(File(ThreeVariants), "--trial", "2");
        string id = Detail().Trials[1].RunId!, heartbeat = DateTimeOffset.UtcNow.AddSeconds(8 - 120).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);   // silent for nearly two minutes
        Execute($"update run set status = 'running', lease_host = 'node9', heartbeat_utc = '{heartbeat}' where id = '{id}'");

        (int exitCode, _, string error) = Sweep("--resume", "@last", "--trial", "2");

        Assert.Contains($"trial 2 is being trained by another process (run {id}): waiting for it", error, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Ok, id, RunStatus.Completed), (exitCode, Detail().Trials[1].RunId, Detail().Trials[1].Status));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    public void ATrialThatIsNotThereIsRefused(string number)
    {
        (int exitCode, _, string error) = Sweep(File(ThreeVariants), "--trial", number);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains($"there is no trial {number}: the sweep has the trials 1 to 3", error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Path.Combine(_folder, "results.db")));
    }

    [Theory]
    [InlineData("--trial", "1")]
    [InlineData("--launcher", "slurm")]
    public void TrialsThatAreComparedWhileTheyTrainAreNotTornApart(string option, string value)
    {
        string asha = $"{Base}sweep: {{method: asha, trials: 3, parameters: {{train.learning_rate: {{min: 1e-4, max: 1e-2}}}}}}\n";
        (int exitCode, _, string error) = Sweep(File(asha), option, value);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("compare trials while they train", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--jobs", "2")]
    [InlineData("--threads", "2")]
    [InlineData("--needed")]
    public void OptionsOfLocalTrainingAreRefusedForACluster(params string[] option)
    {
        (int exitCode, _, string error) = Sweep([File(ThreeVariants), "--launcher", "slurm", .. option]);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains($"{option[0]} goes with --launcher local", error, StringComparison.Ordinal);
    }

    [Fact]
    public void StatusShowsEveryTrialAndWhatToTypeNext()
    {
        Sweep(File(ThreeVariants), "--trial", "2");
        string id = Detail().Sweep.Id;
        string[] lines = Sweep("status").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"sweep {id}: small, {Path.Combine(_folder, "small.yaml")}", lines[0]);
        Assert.Contains("epochs", lines[1], StringComparison.Ordinal);
        Assert.Contains("one, seed 1    not begun", lines[2], StringComparison.Ordinal);
        Assert.Contains("completed     2/2", lines[3], StringComparison.Ordinal);
        Assert.Equal("3 trials: 2 not begun, 1 completed", lines[5]);
        Assert.StartsWith("next", lines[6], StringComparison.Ordinal);
        Assert.Contains($"sweep --resume {id} --db", lines[6], StringComparison.Ordinal);
    }

    [Fact]
    public void StatusAsJsonIsOneObject()
    {
        Sweep(File(ThreeVariants), "--trial", "2");
        JsonElement status = JsonDocument.Parse(Sweep("status", "--json").Output).RootElement;
        JsonElement trial = status.GetProperty("trials")[1];
        Assert.Equal(("completed", 2, 2, true), (trial.GetProperty("status").GetString(), trial.GetProperty("epochs").GetInt32(), trial.GetProperty("epochs_planned").GetInt32(), trial.GetProperty("merged").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, trial.GetProperty("slurm").ValueKind);
        Assert.Equal(2, status.GetProperty("counts").GetProperty("queued").GetInt32());
    }

    string File(string text)
    {
        string path = Path.Combine(_folder, "small.yaml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(_folder, "results.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    SweepDetail Detail()
    {
        using RunQueries queries = RunQueries.Open(Path.Combine(_folder, "results.db"));
        return queries.GetSweep("@last");
    }

    (int ExitCode, string Output, string Error) Sweep(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = CommandLine.Run(["sweep", .. arguments, "--db", Path.Combine(_folder, "results.db"), "--no-color"], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
