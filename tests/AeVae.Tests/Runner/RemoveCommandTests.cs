using System.Text.Json;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner;

/// <summary><c>rm</c>, <c>tag</c> and <c>note</c> as a user types them.</summary>
public sealed class RemoveCommandTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void ARunGoesWithItsCheckpoints()
    {
        string id = Train(), kept = Train();

        (int exitCode, string output, _) = Run("rm", id, "--yes");

        Assert.Equal((ExitCodes.Ok, "removed 1 run\n"), (exitCode, output.ReplaceLineEndings("\n")));
        Assert.Equal([kept], Directory.GetDirectories(Path.Combine(_results.Folder, "runs")).Select(Path.GetFileName));
        Assert.Equal(ExitCodes.NoSuchRun, Run("show", id).ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("show", kept).ExitCode);
    }

    [Fact]
    public void CheckpointsStayThatAnotherDatabaseOfTheFolderNeeds()
    {
        string id = Train();
        File.Copy(_results.Path, Path.Combine(_results.Folder, "copy.db"));
        File.WriteAllText(Path.Combine(_results.Folder, "diary.db"), "dear diary");

        Assert.Equal(ExitCodes.Ok, Run("rm", id, "--yes").ExitCode);
        Assert.True(Directory.Exists(Path.Combine(_results.Folder, "runs", id)));

        Assert.Equal(ExitCodes.Ok, CommandLine.Run(["--db", Path.Combine(_results.Folder, "copy.db"), "rm", id, "--yes"], TextWriter.Null, TextWriter.Null));
        Assert.False(Directory.Exists(Path.Combine(_results.Folder, "runs", id)));
    }

    [Fact]
    public void CheckpointsStayWhereANeighbourCannotBeAsked()
    {
        string id = Train(), newer = Path.Combine(_results.Folder, "newer.sqlite");
        File.Copy(_results.Path, newer);
        using (var connection = new SqliteConnection($"Data Source={newer};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "delete from run; pragma user_version = 999";
            command.ExecuteNonQuery();
        }

        (int exitCode, _, string error) = Run("rm", id, "--yes");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("files of 1 run stay", error, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(_results.Folder, "runs", id)));
    }

    [Fact]
    public void ASweepGoesWithItsRunsAndTheFilesOfTasksAreNamed()
    {
        string earlier = Train(), sweep, own;
        using (RunStore store = _results.OpenStore())
        {
            sweep = store.BeginSweep(SweepStoreTests.Sweep("beta"));
            own = store.BeginRun(ResultsFolder.Run() with { Trial = new TrialKey(sweep, 1) });
            store.FinishRun(own, RunStatus.Completed);
        }

        Directory.CreateDirectory(Path.Combine(_results.Folder, "runs", "sweeps", sweep));
        (int exitCode, string output, string error) = Run("rm", $"sweep:{sweep}", "--yes", "--json");

        JsonElement removed = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Equal([own], removed.GetProperty("runs").EnumerateArray().Select(run => run.GetString()));
        Assert.Equal([sweep], removed.GetProperty("sweeps").EnumerateArray().Select(id => id.GetString()));
        Assert.Contains(Path.Combine("sweeps", sweep), error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NoSuchRun, Run("sweep", "status", sweep).ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("show", earlier).ExitCode);
    }

    [SkippableFact]
    public void WhereNobodyCanBeAskedNothingIsRemoved()
    {
        Skip.IfNot(Console.IsInputRedirected, "started by hand in a terminal");
        string id = Train();

        (int exitCode, _, string error) = Run("rm", id);

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains($"run   {id}", error, StringComparison.Ordinal);
        Assert.Contains("needs --yes", error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, Run("show", id).ExitCode);
    }

    [Fact]
    public void TagsSelectTheRunsThatTheyWereGivenTo()
    {
        string first = Train(), second = Train();
        Assert.Equal(ExitCodes.Ok, Run("tag", first, second, "--add", "paper", "--add", "old").ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("tag", second, "--remove", "paper").ExitCode);

        JsonElement tagged = JsonDocument.Parse(Run("tag", "tag:paper", "--json").Output).RootElement;

        Assert.Equal([first], tagged.EnumerateArray().Select(run => run.GetProperty("id").GetString()));
        Assert.Equal(["old", "paper"], tagged[0].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(ExitCodes.UserError, Run("tag", first, "--add", "two words").ExitCode);
    }

    [Fact]
    public void ANoteIsReplacedShownAndTakenAway()
    {
        string id = Train();
        Assert.Contains("no note", Run("note", id).Output, StringComparison.Ordinal);
        Run("note", id, "the", "one of figure 3");
        Assert.Contains("the one of figure 3", Run("note", id).Output, StringComparison.Ordinal);
        Assert.Contains("the one of figure 3", Run("show", id).Output, StringComparison.Ordinal);
        Run("note", id, "");
        Assert.Contains("no note", Run("note", id).Output, StringComparison.Ordinal);
    }

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run(["--db", _results.Path, .. arguments], output, error), output.ToString(), error.ToString());
    }

    string Train()
    {
        using RunStore store = _results.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", 1)));
        store.FinishRun(id, RunStatus.Completed);
        Directory.CreateDirectory(Path.Combine(_results.Folder, "runs", id));
        File.WriteAllText(Path.Combine(_results.Folder, "runs", id, "epoch-0001.safetensors"), "weights");
        return id;
    }
}
