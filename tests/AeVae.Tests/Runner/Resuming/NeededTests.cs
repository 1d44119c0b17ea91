using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner.Resuming;

/// <summary><c>runner run FILE --needed</c>: exit code 0 means that an equal run is completed, whoever trained it.</summary>
public sealed class NeededTests : IDisposable
{
    static readonly string Experiment = $$"""
        data: {{{SmallImages.Dataset}}, validation: 20, train_limit: 40}
        model: {type: ae, encoder: [10], latent_dim: 3, output: identity}
        loss: {reconstruction: mse}
        train: {epochs: 1, batch_size: 8, optimizer: sgd}
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("aevae needed ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Database => Path.Combine(_folder, "results.db");

    [Fact]
    public void AnEqualRunThatIsCompletedIsShownAndNothingIsTrained()
    {
        Assert.Equal(ExitCodes.Ok, Run().ExitCode);
        string run = Assert.Single(Runs()).Id;

        (int exitCode, string output, _) = Run();

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.StartsWith($"run {run} is completed", output, StringComparison.Ordinal);
        Assert.Equal(run, Run("--quiet").Output.Trim());
        Assert.Contains($"\"run_id\":\"{run}\",\"status\":\"completed\"", Run("--json").Output, StringComparison.Ordinal);
        Assert.Single(Runs());
    }

    [Theory]
    [InlineData("--seed=9")]
    [InlineData("--set=train.epochs=2")]
    public void AnotherConfigurationIsAnotherRun(string option)
    {
        Run();
        Assert.Equal(ExitCodes.Ok, Run(option).ExitCode);
        Assert.Equal(2, Runs().Count);
    }

    [Theory]
    [InlineData("update run set numeric_contract = 7")]
    [InlineData("update provenance_data_file set sha256 = 'abcd'")]
    [InlineData("update run set parent_run_id = id")]
    public void ARunByOtherArithmeticOnOtherDataOrOfAVerificationIsNotEqual(string change)
    {
        Run();
        Execute(change);
        Assert.Equal(ExitCodes.Ok, Run().ExitCode);
        Assert.Equal("2", Scalar("select count(*) from run"));
    }

    [Fact]
    public void OneThatStoppedIsResumed()
    {
        Run();
        Execute("update run set status = 'interrupted'");
        (int exitCode, string output, _) = Run();
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains($"run {Assert.Single(Runs()).Id} resumed after epoch 1 of 1", output, StringComparison.Ordinal);
        Assert.Equal("1", Scalar("select count(*) from resumption"));
    }

    [Fact]
    public void OneWhoseNumbersWereNotFiniteIsNotTrainedAgain()
    {
        Assert.Equal(ExitCodes.RunFailed, Run("--set=train.learning_rate=1e6").ExitCode);
        (int exitCode, string output, string error) = Run("--set=train.learning_rate=1e6");
        Assert.Equal(ExitCodes.RunFailed, exitCode);
        Assert.Contains("is the same and failed: ", error, StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Single(Runs());
    }

    [Fact]
    public void ABugInTrainingHasTheExitCodeOfBugsAndTheRunCanGoOn()
    {
        using FaultyWriter output = new("\"event\":\"epoch\"");
        using StringWriter error = new();
        Assert.Equal(70, Run(output, error, "--json"));
        Assert.Equal(("failed", "bug"), (Scalar("select status from run"), Scalar("select failure from run")));
        Assert.Equal(ExitCodes.Ok, Run().ExitCode);
        Assert.Equal("1", Scalar("select count(*) from resumption"));
    }

    [Fact]
    public async Task OneThatIsBeingTrainedIsWaitedFor()
    {
        Run();
        Execute("update run set status = 'running'");   // by this very process, which is alive
        using StringWriter output = new();
        using WatchedWriter error = new($"is being trained by process {Environment.ProcessId}");
        Task<int> waiting = Task.Run(() => Run(output, error));
        Assert.Same(error.Seen, await Task.WhenAny(error.Seen, waiting));
        Execute("update run set status = 'completed'");

        Assert.Equal(ExitCodes.Ok, await waiting);
        Assert.Contains("is completed", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("0", Scalar("select count(*) from resumption"));
    }

    (int ExitCode, string Output, string Error) Run(params string[] options)
    {
        using StringWriter output = new(), error = new();
        int exitCode = Run(output, error, options);
        return (exitCode, output.ToString(), error.ToString());
    }

    int Run(TextWriter output, TextWriter error, params string[] options)
    {
        string file = Path.Combine(_folder, "needed.yaml");
        File.WriteAllText(file, Experiment);
        return CommandLine.Run(["run", file, "--needed", "--no-report", "--threads", "1", "--db", Database, .. options], output, error);
    }

    IReadOnlyList<RunSummary> Runs()
    {
        using RunQueries queries = RunQueries.Open(Database);
        return queries.List(new RunFilter());
    }

    void Execute(string sql) => Scalar(sql);

    string? Scalar(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    /// <summary>Tells when a line with a text is written.</summary>
    sealed class WatchedWriter(string text) : StringWriter
    {
        readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public override void WriteLine(string? value)
        {
            if (value?.Contains(text, StringComparison.Ordinal) == true)
                _seen.TrySetResult();
        }
    }
}
