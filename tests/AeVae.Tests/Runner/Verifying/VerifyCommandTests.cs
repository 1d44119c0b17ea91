using System.Text.Json;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner.Verifying;

/// <summary>The command in a database with a run of the generated digits.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae-verify-").FullName;

    public VerifyCommandTests()
    {
        string file = Path.Combine(_folder, "small.yaml");
        File.WriteAllText(file, $$"""
            name: small
            data: {{{SmallImages.Dataset}}, validation: 50, train_limit: 200}
            model: {type: ae, encoder: [8], latent_dim: 2}
            eval: {every: 2}
            train: {epochs: 2, batch_size: 50}
            """);
        Assert.Equal(ExitCodes.Ok, Run("run", file, "--no-report", "--quiet").ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AMismatchIsExitCodeThreeAndIsShownWhereverTheRunIs()
    {
        Assert.Equal(ExitCodes.Ok, Run("verify", "small", "--epochs", "1").ExitCode);
        Assert.Contains("1/2", Run("list").Output, StringComparison.Ordinal);
        Edit("update metric set value = value * 0.9 where epoch = 2 and split = 'validation' and name = 'mse'");

        (int exitCode, string output, _) = Run("verify", "small");

        Assert.Equal(ExitCodes.Mismatch, exitCode);
        Assert.Contains("mismatch   epoch 2 differs; epoch 1 is equal\nfirst      metric validation.mse\n", output, StringComparison.Ordinal);
        Assert.Matches("stored    0\\.[0-9]+ +0x3F[0-9A-F]{14}\n +computed  0\\.[0-9]+ +0x3F[0-9A-F]{14}\ncauses     1\\. The stored number was edited", output);
        Assert.Contains("MISMATCH", Run("list").Output, StringComparison.Ordinal);
        string page = Run("show", "small").Output;
        Assert.Contains("mismatch in epoch 2 of 2", page, StringComparison.Ordinal);
        Assert.Contains("likely causes 1. The stored number was edited", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AChangeBeyondThePrefixIsAMismatchAndAllEpochsTellWhich()
    {
        Edit("update epoch set order_sha256 = 'ab' || substr(order_sha256, 3) where epoch = 2");

        (int exitCode, string output, _) = Run("verify", "small", "--epochs", "1");

        Assert.Equal(ExitCodes.Mismatch, exitCode);
        Assert.Matches("mismatch   the run was changed since it was completed; epoch 1 is equal\nfirst      seal of the run\n +sealed    [0-9a-f]{64}\n +now       [0-9a-f]{64}\n", output);
        Assert.Matches(@"\nnext       [^\n]*verify [-0-9a-z]+ --db[^\n]*\n[^\n]*show ", output);
        Assert.Contains("mismatch, changed since it was completed", Run("show", "small").Output, StringComparison.Ordinal);
        Assert.Contains("mismatch   epoch 2 differs; epoch 1 is equal\nfirst      order of the images\n", Run("verify", "small").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AllCompletedRunsAreVerifiedALineEachAndTheirVerifiersAreNot()
    {
        Run("run", Path.Combine(_folder, "small.yaml"), "--no-report", "--quiet", "--name", "1234", "--seed", "3");     // a name, though YAML would see a number
        Edit("update run set name = 'other' where name = '1234'");
        Edit("update run set numeric_contract = 7 where name = 'small'");

        (int exitCode, string output, string error) = Run("verify", "--all", "--epochs", "1");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Matches("^[0-9a-z]{4}  other +verified, 1 of 2 epochs, [0-9.]+ s\n1 verified, 0 mismatches, 1 could not be executed again\n$", output);
        Assert.Contains("NC-7; this runner follows NC-1", error, StringComparison.Ordinal);

        Edit("update run set numeric_contract = 1");
        Edit("update epoch set order_sha256 = 'ab' || substr(order_sha256, 3) where run_id = (select id from run where name = 'other' and parent_run_id is null)");
        (exitCode, output, _) = Run("verify", "--all", "--epochs", "1", "--json");
        Assert.Equal(ExitCodes.Mismatch, exitCode);
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["start", "epoch", "result", "start", "epoch", "result", "summary"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal(["mismatch", "verified"], lines.Where(line => line.GetProperty("event").GetString() == "result").Select(line => line.GetProperty("verdict").GetString()));
        Assert.Equal((1, 1), (lines[^1].GetProperty("verified").GetInt32(), lines[^1].GetProperty("mismatch").GetInt32()));
    }

    [Fact]
    public void SeveralRunsAndTheRunsOfASweepAreVerifiedALineEach()
    {
        string sweep = Path.Combine(_folder, "seeds.yaml");
        File.WriteAllText(sweep, $$"""
            name: seeds
            data: {{{SmallImages.Dataset}}, validation: 50, train_limit: 200}
            model: {type: ae, encoder: [8], latent_dim: 2}
            train: {epochs: 1, batch_size: 50}
            sweep: {seeds: [0, 1]}
            """);
        Assert.Equal(ExitCodes.Ok, Run("sweep", sweep, "--no-report", "--quiet").ExitCode);

        Assert.Matches("^([0-9a-z]{4}  seeds[^\n]* verified, all 1 epoch, [0-9.]+ s\n){2}2 verified, 0 mismatches\n$", Run("verify", "sweep:seeds").Output);
        Assert.Contains("\n2 verified, 0 mismatches\n", Run("verify", sweep).Output, StringComparison.Ordinal);
        Edit("update epoch set order_sha256 = 'ab' || substr(order_sha256, 3) where run_id = (select id from run where name = 'small')");

        (int exitCode, string output, string error) = Run("verify", "sweep:seeds", "small", "small");

        Assert.Equal(ExitCodes.Mismatch, exitCode);
        Assert.Contains("\n2 verified, 1 mismatch\n", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^next: .*show [-0-9a-z]+ --db", error);

        // A trial that failed at once has nothing to compare, and that is no mistake.
        Edit("delete from epoch where run_id = (select id from run where name like 'seeds%' and seed = '1' and parent_run_id is null)");
        (exitCode, output, _) = Run("verify", "sweep:seeds");
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("1 verified, 0 mismatches, 1 without an epoch\n", output, StringComparison.Ordinal);
        Assert.Contains("{\"event\":\"not_verified\",\"run_id\":", Run("verify", "sweep:seeds", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatIsRemovedMeanwhileDoesNotKeepTheOthersFromBeingVerified()
    {
        Run("run", Path.Combine(_folder, "small.yaml"), "--no-report", "--quiet", "--seed", "3");
        Run("run", Path.Combine(_folder, "small.yaml"), "--no-report", "--quiet", "--seed", "4");
        Edit("update run set note = 'to be removed' where seed = '3'; create trigger rm after insert on verification begin delete from run where note = 'to be removed'; end");

        (int exitCode, string output, string error) = Run("verify", "--all");

        Assert.Equal(ExitCodes.NoSuchRun, exitCode);
        Assert.Contains("\n2 verified, 0 mismatches, 1 could not be executed again\n", output, StringComparison.Ordinal);
        Assert.Contains("not verified: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatKeptARunFromBeingVerifiedIsTheExitCode()
    {
        Edit("update run_param set value = 'mnist' where key = 'data.dataset'");
        Edit("update experiment set config_json = json_remove(json_set(config_json, '$.data.dataset', 'mnist'), '$.data.path', '$.data.size', '$.data.channels')");
        string data = Path.Combine(_folder, "data");
        File.WriteAllText(data, "no folder");

        Assert.Equal(ExitCodes.Storage, Run("verify", "small", "--data", data).ExitCode);
        Assert.Equal(ExitCodes.Storage, Run("verify", "--all", "--data", data).ExitCode);
    }

    [Theory]
    [InlineData("name: another\ndata: {dataset: synthetic}\nmodel: {type: ae, latent_dim: 2}\ntrain: {epochs: 1}\n")]
    [InlineData("name: small\nbogus: [")]
    [InlineData(null)]
    public void AFileMeansItsRunWhateverHasBecomeOfTheFile(string? today)
    {
        string file = Path.Combine(_folder, "small.yaml");
        File.Delete(file);
        if (today is not null)
            File.WriteAllText(file, today);

        (int exitCode, string output, string error) = Run("verify", file);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("verified, all 2 epochs", output, StringComparison.Ordinal);
        Assert.Equal(today is not null, error.Contains("its stored configuration is verified", StringComparison.Ordinal));
    }

    [Fact]
    public void ABrokenFileWithoutARunSaysWhatIsWrongWithIt()
    {
        string file = Path.Combine(_folder, "other.yaml");
        File.WriteAllText(file, "name: small\nbogus: 1\n");
        Assert.Contains("unknown key 'bogus'", Refused(ExitCodes.UserError, "verify", file), StringComparison.Ordinal);
    }

    [Fact]
    public void MisuseSaysWhatToDo()
    {
        Assert.Contains("verify needs RUN, or --all", Refused(ExitCodes.UserError, "verify"), StringComparison.Ordinal);
        Assert.Contains("verify takes RUN or --all, not both", Refused(ExitCodes.UserError, "verify", "small", "--all"), StringComparison.Ordinal);
        Assert.Contains("--epochs is 0, but must be 1 or more", Refused(ExitCodes.UserError, "verify", "small", "--epochs", "0"), StringComparison.Ordinal);
        Assert.Contains("--epochs is 3, but run", Refused(ExitCodes.UserError, "verify", "small", "--epochs", "3"), StringComparison.Ordinal);
        Assert.Contains("There is no run 'smal'. Did you mean small", Refused(ExitCodes.NoSuchRun, "verify", "smal"), StringComparison.Ordinal);
    }

    string Refused(int exitCode, params string[] arguments)
    {
        (int actual, string output, string error) = Run(arguments);
        Assert.Equal((exitCode, ""), (actual, output));
        return error;
    }

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = CommandLine.Run([.. arguments, "--db", Path.Combine(_folder, "results.db"), "--no-color"], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    void Edit(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(_folder, "results.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
