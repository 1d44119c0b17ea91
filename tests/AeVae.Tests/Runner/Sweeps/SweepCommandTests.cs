using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary><c>runner sweep</c> and <c>runner run</c> of a file with variants or a sweep.</summary>
public sealed class SweepCommandTests : IDisposable
{
    const string Base = """
        name: small
        data: {dataset: synthetic, validation: 20, train_limit: 40}
        model: {type: vae, encoder: [10], latent_dim: 3}
        train: {epochs: 2, batch_size: 8}

        """;

    const string TwoRates = $"{Base}sweep: {{parameters: {{train.learning_rate: [1e-3, 2e-3]}}}}\n";
    const string ThreeRates = $"{Base}sweep: {{parameters: {{train.learning_rate: [1e-3, 2e-3, 3e-3]}}}}\n";

    readonly string _folder = Directory.CreateTempSubdirectory("aevae sweep command ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Database => Path.Combine(_folder, "results.db");

    [Fact]
    public void RunDoesTheSameAsSweep()
    {
        Assert.Equal(ExitCodes.Ok, Run("sweep", TwoRates).ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("run", TwoRates).ExitCode);
        Assert.Equal(Parameters("@2"), Parameters("@1"));
        Assert.Equal(["small-1", "small-2"], Sweep("@1").Trials.Select(trial => trial.Name));
    }

    [Fact]
    public void TrialsThatWereTrainedBeforeAreNamedWithWhatTakesTheirRuns()
    {
        const string trained = "have completed runs of the same configuration here; they are trained again. With --needed those runs are taken";
        Assert.DoesNotContain(trained, Run("sweep", TwoRates).Error, StringComparison.Ordinal);
        Assert.Contains($"note: 2 of 3 trials {trained}\n", Run("sweep", ThreeRates).Error, StringComparison.Ordinal);
        Assert.Contains($"note: all trials {trained}\n", Run("sweep", ThreeRates).Error, StringComparison.Ordinal);
        Assert.DoesNotContain(trained, Run("sweep", ThreeRates, "--needed").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOutputBeginsAndEndsWithTheSweepsIdAndSaysWhatToTypeNext()
    {
        (_, string output, string error) = Run("sweep", TwoRates);
        string id = Sweep("@last").Sweep.Id;
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"sweep {id} started", lines[0]);
        Assert.StartsWith($"sweep {id} ended after ", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith(": 2 completed", lines[^1], StringComparison.Ordinal);
        Assert.Contains($" report sweep:{id}", output, StringComparison.Ordinal);
        Assert.Contains("trial 1/2  train.learning_rate 0.001, seed 0  completed", error, StringComparison.Ordinal);
        Assert.Equal(id, Run("sweep", TwoRates, "--resume", id, "--quiet").Output.Trim());
    }

    [Fact]
    public void EveryLineOfJsonIsAnObjectAndTheLastHasTheBest()
    {
        (_, string output, _) = Run("sweep", TwoRates, "--json");
        System.Text.Json.JsonDocument[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line))];
        Assert.Equal(["sweep_start", "trial_start", "trial_end", "sweep_result"], lines.Select(line => line.RootElement.GetProperty("event").GetString()!).Where(name => name != "epoch").Distinct());
        Assert.Equal(4, lines.Count(line => line.RootElement.GetProperty("event").GetString() == "epoch"));
        string best = lines[^1].RootElement.GetProperty("best_run_id").GetString()!;
        Assert.Contains(Sweep("@last").Trials, trial => trial.RunId == best);
    }

    [Fact]
    public void AChangedFileIsRefusedUnlessTheSweepIsToBeExtended()
    {
        Run("sweep", TwoRates);
        string id = Sweep("@last").Sweep.Id;
        IReadOnlyList<string?> before = [.. Sweep(id).Trials.Select(trial => trial.RunId)];

        (int exitCode, _, string error) = Run("sweep", ThreeRates, "--resume", id);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("it has 1 more (train.learning_rate 0.003, seed 0)", error, StringComparison.Ordinal);
        Assert.Contains("--extend", error, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Ok, Run("sweep", ThreeRates, "--resume", id, "--extend").ExitCode);
        Assert.Equal([.. before, Sweep(id).Trials[2].RunId], Sweep(id).Trials.Select(trial => trial.RunId));
        Assert.Equal(RunStatus.Completed, Sweep(id).Trials[2].Status);
        Assert.Contains("lacks 1 of its trials", Run("sweep", TwoRates, "--resume", id).Error, StringComparison.Ordinal);
        Assert.Contains("seed 0; …): train.batch_size is 7 and was 8. Go on", Run("sweep", ThreeRates, "--set", "train.batch_size=7", "--resume", id).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ClaimsAreJudgedWhenTheSweepIsDone()
    {
        Run("sweep", $"{Base}variants: {{ae: {{model: {{type: ae}}}}, vae: {{}}}}\nclaims: [{{text: The AE has codes., check: last(ae.val.latent_radius) > 0}}, {{text: It has none., check: last(ae.val.latent_radius) < 0}}]\n");
        Assert.Equal([ClaimOutcome.Holds, ClaimOutcome.DoesNotHold], Sweep("@last").Claims.Select(claim => claim.Outcome));
    }

    [Theory]
    [InlineData("is one experiment, without variants", Base)]
    [InlineData("--extend goes with --resume", TwoRates, "--extend")]
    [InlineData("--retry-failed goes with --resume", TwoRates, "--retry-failed")]
    [InlineData("--jobs is 0, but must be 1 to 256", TwoRates, "-j", "0")]
    [InlineData("unknown key 'sweep.parameter'", $"{Base}sweep: {{parameter: {{}}}}\n")]
    public void AMistakeIsExplainedAndNothingIsStored(string message, string yaml, params string[] options)
    {
        (int exitCode, _, string error) = Run("sweep", yaml, options);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(File.Exists(Database));
    }

    [Fact]
    public void ASweepThatDoesNotExistIsNoRun()
    {
        Run("sweep", TwoRates);
        (int exitCode, _, string error) = Run("sweep", TwoRates, "--resume", "nowhere");
        Assert.Equal(ExitCodes.NoSuchRun, exitCode);
        Assert.Contains("There is no sweep 'nowhere'", error, StringComparison.Ordinal);
    }

    (int ExitCode, string Output, string Error) Run(string command, string yaml, params string[] options)
    {
        string file = Path.Combine(_folder, "small.yaml");
        File.WriteAllText(file, yaml);
        using StringWriter output = new(), error = new();
        int exitCode = CommandLine.Run([command, file, "--no-report", "--threads", "2", "--db", Database, .. options], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    SweepDetail Sweep(string selector)
    {
        using RunQueries queries = RunQueries.Open(Database);
        return queries.GetSweep(selector);
    }

    IReadOnlyList<string> Parameters(string sweep)
    {
        using RunQueries queries = RunQueries.Open(Database);
        return [.. queries.GetSweep(sweep).Trials.Select(trial => queries.Get(trial.RunId!).Epochs[^1].ParametersSha256)];
    }
}
