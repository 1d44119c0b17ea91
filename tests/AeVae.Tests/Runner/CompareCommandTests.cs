using System.Text.Json;
using AeVae.Reports.Runs;
using AeVae.Runner.Invocation;
using AeVae.Tests.Reports;
using AeVae.Tests.Reports.Comparisons;
using AeVae.Tracking;

namespace AeVae.Tests.Runner;

public sealed class CompareCommandTests : CommandTest
{
    [Fact]
    public void TheTableNamesTheBestGroupWhatDiffersAndWhatToTypeNext()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1, 1), FakeRun.Full(3).Seed(2, 2), FakeRun.Autoencoder().Seed(1, 50)]);
        (int exitCode, string output, string error) = Run("compare", ids[0], ids[1], ids[2], "--baseline", ids[2]);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.StartsWith("3 runs in 2 groups, by val.bce in nats per image after the last epoch, lower is better\n", output, StringComparison.Ordinal);
        Assert.Matches(@"1  vae-lr1e-4 +2  \d+\.\d+ ± 0\.71 ", output);
        Assert.Matches(@"2  ae-lr1e-4 \(baseline\) +1 ", output);
        Assert.Matches(@"model\.type +vae +ae\n", output);
        Assert.Matches($@"best  run {ids[0]}, vae-lr1e-4, seed 1, the best of the 2 seeds of the best group\nnext: .*report {ids[0]} {ids[1]} {ids[2]} --baseline {ids[2]} --db ", output);
        Assert.Contains("note: The runs minimise different objectives", error, StringComparison.Ordinal);
        Assert.Contains("note: Noise: val.bce of a VAE is of a sampled z", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheBaselineMayBeAGroupByItsLabelAndAKeyIsNamedByItsEnd()
    {
        string[] ids = Store([FakeRun.Full(3).Set("model.latent_dim", "2").Seed(1, 1), FakeRun.Full(3).Set("model.latent_dim", "8").Seed(1, 2)]);

        Assert.Contains("2  latent_dim=8 (baseline)", Run(["compare", .. ids, "--baseline", "latent_dim=8"]).Output, StringComparison.Ordinal);
        Assert.Contains("2  latent_dim=8 ", Run(["compare", .. ids, "--group-by", "latent_dim"]).Output, StringComparison.Ordinal);
        (int exitCode, _, string error) = Run(["compare", .. ids, "--baseline", "latent_dim=4"]);
        Assert.Equal(ExitCodes.NoSuchRun, exitCode);
        Assert.Contains("Nor has a group this label: 'latent_dim=2', 'latent_dim=8'.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ANameThatSeveralRunsHaveIsSaidToMeanTheNewest()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1, 1), FakeRun.Full(3).Seed(2, 2), FakeRun.Autoencoder().Seed(1, 50)]);

        string note = $"note: vae-lr1e-4 means its newest run, {ids[1]}. Another one has that name: where:name=vae-lr1e-4 takes all.\n";
        Assert.Contains(note, Run("compare", "vae-lr1e-4", ids[2]).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("means its newest run", Run("compare", "where:name=vae-lr1e-4", ids[1]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void GroupsOfOneVariantThatDifferHaveAColumnEach()
    {
        RunData Of(string name, string variant, string latents) => FakeRun.Full(3).Set("model.latent_dim", latents).Summary(run => run with { Name = name, Variant = variant });
        string[] ids = Store([Of("slim-a", "slim", "2"), Of("wide-a", "wide", "8"), Of("wide-b", "wide", "16")]);

        Assert.Matches(@"what differs\n +slim +wide-a +wide-b\n +model\.latent_dim +2 +8 +16\n", Run(["compare", .. ids]).Output);
    }

    [Fact]
    public void TestedWeightsAreADifferenceThoughConfigurationsLeaveTheUsualOnesOut()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1, 1), FakeRun.Full(3).Set("eval.weights", "best").Seed(1, 2)]);
        string output = Run("compare", ids[0], ids[1]).Output;

        Assert.Matches(@"1  weights=last +1 ", output);
        Assert.Matches(@"2  weights=best +1 ", output);
    }

    [Fact]
    public void TheJsonHoldsTheNumbersOfEveryGroup()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1, 1), FakeRun.Full(3).Seed(2, 2), FakeRun.Full(3).Set("train.batch_size", "8").Seed(1, 4)]);
        (_, string output, _) = Run("compare", ids[0], ids[1], ids[2], "--baseline", ids[2], "--json");
        JsonElement json = JsonDocument.Parse(output).RootElement;

        Assert.Equal("val.loss", json.GetProperty("metric").GetString());
        Assert.Equal(ids[0], json.GetProperty("best_run_id").GetString());
        JsonElement best = json.GetProperty("groups")[0];
        Assert.Equal("64", best.GetProperty("values").GetProperty("train.batch_size").GetString());
        Assert.Equal(2, best.GetProperty("count").GetInt32());
        Assert.Equal(best.GetProperty("mean").GetDouble() - 0.5, best.GetProperty("by_seed").GetProperty("1").GetDouble(), 1e-9);
        Assert.Equal(-3, json.GetProperty("differences_to_baseline")[0].GetProperty("mean").GetDouble(), 1e-9);
    }

    [Fact]
    public void WithSeveralVariedKeysItTellsHowMuchEachExplains()
    {
        // Errors are 10 · i + j: of the variance lie 100 of 101 parts between the levels of i.
        string[] ids = Store([.. Enumerable.Range(0, 9).Select(k => FakeRun.Full(3).Set("train.learning_rate", $"0.00{k / 3 + 1}").Set("train.batch_size", $"{8 << k % 3}").Seed((ulong)k, 10 * (k / 3) + k % 3))]);

        Assert.Matches(@"which key matters .*η².*\n +key +levels +η² +by chance +best level\n +train\.learning_rate +3 +99\.0 % +25\.0 % +0\.001\n +train\.batch_size +3 +1\.0 % +25\.0 % +8\n", Run(["compare", .. ids]).Output);
        JsonElement first = JsonDocument.Parse(Run(["compare", .. ids, "--json"]).Output).RootElement.GetProperty("importance")[0];
        Assert.Equal("train.learning_rate", first.GetProperty("key").GetString());
        Assert.Equal(100 / 101.0, first.GetProperty("eta_squared").GetDouble(), 1e-12);
        Assert.Equal("0.001", first.GetProperty("best_level").GetString());
        using RunQueries queries = RunQueries.Open(Path.Combine(Folder, "results.db"));
        Assert.Equal(ids.Take(3).Average(id => queries.Get(id).Metrics.Single(m => m is { Split: "validation", Name: "loss" }).Last), first.GetProperty("best_mean").GetDouble(), 1e-9);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(Run(["compare", .. ids, "--metric", "val.kl", "--json"]).Output).RootElement.GetProperty("importance")[0].GetProperty("best_level").ValueKind);
    }

    [Fact]
    public void RunsOfDifferentDataSetsHaveNoRankAndNoBest()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1), FakeRun.Full(3).Set("data.dataset", "synthetic").Seed(1, -60)]);
        (_, string output, string error) = Run("compare", ids[0], ids[1]);

        Assert.DoesNotContain("best ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("#", output, StringComparison.Ordinal);
        Assert.Contains("note: The runs are of different data sets (mnist; synthetic): their errors are not comparable", error, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(Run("compare", ids[0], ids[1], "--json").Output).RootElement.GetProperty("best_run_id").ValueKind);
    }

    [Fact]
    public void OneRunIsNoComparison()
    {
        string[] ids = Store([FakeRun.Full(3)]);
        (int exitCode, _, string error) = Run("compare", ids[0]);

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("is one run", error, StringComparison.Ordinal);
        Assert.Contains($"show {ids[0]}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--metric", "val.los", "there is no metric 'val.los'. Did you mean 'val.loss'?")]
    [InlineData("--metric", "kl", "'kl' may be that of the training, validation or test images. Write train.NAME, val.NAME or test.NAME;")]
    [InlineData("--group-by", "latents", "no run has a key 'latents'")]
    [InlineData("--baseline", "@3", "not among the runs that are compared")]
    public void AMistakeSaysWhatIsAllowed(string option, string value, string expected)
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1), FakeRun.Full(3).Seed(2), FakeRun.Full(3).Seed(3)]);
        (int exitCode, _, string error) = Run("compare", ids[1], ids[2], option, value);

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }
}
