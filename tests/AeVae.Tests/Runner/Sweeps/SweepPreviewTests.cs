using System.Text.Json;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Commands;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>What --print-trials and --dry-run say, and that they run nothing.</summary>
public sealed class SweepPreviewTests : IDisposable
{
    const string Yaml = """
        data: {dataset: synthetic, validation: 5900}
        model: {type: vae, encoder: [4], latent_dim: 2}
        train: {epochs: 2, batch_size: 16}
        variants: {vae: {}, ae: {model: {type: ae}}}
        sweep: {parameters: {train.learning_rate: [1e-3, 1e-2]}, seeds: [3, 4]}
        """;

    readonly ExperimentFiles files = new ExperimentFiles().Add("x.yaml", Yaml).Add("mnist.yaml", Yaml.Replace("synthetic, validation: 5900", "mnist", StringComparison.Ordinal)).Add("bad.yaml", Yaml + "\nclaims: 3\n");

    [Fact]
    public void EveryTrialIsPrintedInOrder()
    {
        (string output, string error) = Run("sweep", files.Path("x.yaml"), "--print-trials", "--no-color");
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal("trial  name     variant  train.learning_rate  seed", lines[0]);
        Assert.Equal("    1  x-vae-1  vae      0.001                3", lines[1]);
        Assert.Equal("    8  x-ae-2   ae       0.01                 4", lines[^1]);
        Assert.StartsWith("8 trials: 2 variants, 4 settings with 2 seeds each\nnext: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfTrialsHasNoColoursAndAQuietOneNothingBesideIt()
    {
        (string output, string error) = Run("sweep", files.Path("x.yaml"), "--print-trials", "--quiet");
        Assert.DoesNotContain('\e', output);
        Assert.DoesNotContain(" \n", output, StringComparison.Ordinal);
        Assert.Equal("", error);
    }

    [Theory]
    [InlineData("--print-trials")]
    [InlineData("--dry-run")]
    public void APreviewOfAllTrialsIsNotTakenForOneOfSome(string preview)
    {
        (string output, string error) = Run("sweep", files.Path("x.yaml"), "--trial", "99", preview);
        Assert.Equal("", output);
        Assert.StartsWith("error: --trial ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--print-trials")]
    [InlineData("--dry-run")]
    public void TheNextCommandChangesTheKeysThatThePreviewChanged(string preview)
    {
        string error = Run("sweep", files.Path("x.yaml"), preview, "--set", "train.epochs=1", "--set", "sweep.seeds=[5, 6]").Error;
        Assert.EndsWith("x.yaml --set train.epochs=1 --set 'sweep.seeds=[5, 6]'", error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void TrialsAsJsonHaveTheDigestsOfTheirConfigurations()
    {
        using JsonDocument json = JsonDocument.Parse(Run("sweep", files.Path("x.yaml"), "--print-trials", "--json").Output);
        JsonElement last = json.RootElement[7];
        Assert.Equal((8, "x-ae-2", "ae", "0.01", 4), (last.GetProperty("number").GetInt32(), last.GetProperty("name").GetString(), last.GetProperty("variant").GetString(),
            last.GetProperty("parameters").GetProperty("train.learning_rate").GetString(), last.GetProperty("seed").GetInt32()));
        Assert.Equal(ResolvedConfig.Sha256(ResolvedConfig.ToJson(ExperimentReader.Read(files.Path("x.yaml"), []).Plan!.Trials[7].Spec)), last.GetProperty("config_sha256").GetString());
    }

    [Fact]
    public void ADryRunCountsAndEstimates()
    {
        using JsonDocument json = JsonDocument.Parse(Run("sweep", files.Path("x.yaml"), "--dry-run", "--json").Output);
        Assert.Equal((8, 2, 4, 2), (Of("trials"), Of("variants"), Of("groups"), Of("seeds")));
        Assert.True(json.RootElement.GetProperty("estimated_seconds").GetDouble() > 0);
        Assert.Contains("  trials  8 trials: 2 variants, 4 settings with 2 seeds each\n", Run("run", files.Path("x.yaml"), "--dry-run").Output, StringComparison.Ordinal);

        int Of(string key) => json.RootElement.GetProperty(key).GetInt32();
    }

    [Fact]
    public void TestsAfterTheLastEpochArePartOfTheTimeUnlessTheyTakeTooLong()
    {
        Assert.Contains("  with the tests after the last epoch, ", Run("sweep", files.Path("x.yaml"), "--dry-run").Output, StringComparison.Ordinal);
        Trial trial = ExperimentReader.Read(files.Path("x.yaml"), []).Plan!.Trials[0];
        Splits images = new SplitLoader(new DataFolder(files.Path("data"))).Load(trial.Spec.Data);
        Assert.Null(TrialShape.Of(trial.Spec).Measure(images, threads: 1, testsAtMost: TimeSpan.Zero).TestSeconds);
    }

    [Fact]
    public void ARateThatWouldDivergeIsEstimated()
    {
        files.Add("diverging.yaml", "data: {dataset: synthetic, validation: 5900}\nloss: {reconstruction: mse}\nmodel: {type: ae, encoder: [4], latent_dim: 2, output: identity}\ntrain: {epochs: 2, optimizer: sgd}\nsweep: {parameters: {train.learning_rate: [1e5, 1e6]}}\n");
        Assert.Contains("  trials  2 trials", Run("sweep", files.Path("diverging.yaml"), "--dry-run").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkThatDoesNotFitIsNoBug()
    {
        files.Add("huge.yaml", "data: {dataset: synthetic}\nmodel: {type: ae, encoder: [65536, 65536], latent_dim: 2}\ntrain: {epochs: 1}\nsweep: {seeds: [1, 2]}\n");
        Assert.Contains("does not fit into memory", Run("sweep", files.Path("huge.yaml"), "--dry-run").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutItsDataNothingIsEstimatedAndNothingIsFetched()
    {
        string folder = files.Path("data");
        string output = Run("sweep", files.Path("mnist.yaml"), "--dry-run", "--data", folder).Output;
        Assert.Contains("no estimate: mnist is not on this machine", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void CheckSaysHowManyTrialsAFileHasAndWhatIsWrong()
    {
        Assert.Contains("  x: 8 trials: 2 variants, 4 settings with 2 seeds each\n", Run("check", files.Path("x.yaml")).Output, StringComparison.Ordinal);
        Assert.Contains("bad.yaml(6,9): 'claims' must be a list", Run("check", files.Path("bad.yaml")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckSaysOfWhichMetricsOfClaimsHigherIsBetter()
    {
        const string two = "data: {dataset: synthetic}\nmodel: {type: vae, latent_dim: 2}\ntrain: {epochs: 1}\nvariants: {a: {}, b: {loss: {kl_weight: 2}}}\nclaims: [{text: x, check: ";
        files.Add("elbo.yaml", $"{two}last(a.val.elbo) > last(b.val.elbo)}}]\n").Add("mse.yaml", $"{two}last(a.val.mse) < last(b.val.mse)}}]\n");
        Assert.Contains("  higher is better of what claims compare: elbo\n", Run("check", files.Path("elbo.yaml")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("higher is better", Run("check", files.Path("mse.yaml")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrialTakesItsStepsAndItsEvaluations()
    {
        // 100 images in batches of 16 are 7 steps; 5 epochs, evaluated after 2, 4 and 5.
        ExperimentSpec spec = new() { Data = new DataOptions { Dataset = "synthetic", Validation = ValidationSource.FromTraining(5900) }, Model = new ModelOptions { Type = ModelType.Ae }, Train = new TrainingOptions { Epochs = 5, BatchSize = 16 }, Eval = new EvaluationOptions { Every = 2 } };
        Assert.Equal(5 * 7 * 0.5 + 3 * 0.25, new ShapePace(StepSeconds: 0.5, EvaluationSeconds: 0.25).Of(spec), 1e-12);
        Assert.Equal(5 * 7 * 0.5 + 3 * 0.25 + 2, new ShapePace(StepSeconds: 0.5, EvaluationSeconds: 0.25) { TestSeconds = 2 }.Of(spec), 1e-12);
    }

    [Fact]
    public void APaceIsInProportionToWhatAStepComputes()
    {
        TrialShape measured = Shape(batchSize: 32, latents: 2), larger = Shape(batchSize: 256, latents: 2), wider = Shape(batchSize: 32, latents: 200);
        ShapePace pace = new(StepSeconds: 1, EvaluationSeconds: 3);
        Assert.Equal(new ShapePace(8, 3), larger.PaceBy(measured, pace));
        double more = (double)wider.Parameters / measured.Parameters;
        Assert.True(more > 1);
        Assert.Equal(new ShapePace(more, 3 * more), wider.PaceBy(measured, pace));

        static TrialShape Shape(int batchSize, int latents) => TrialShape.Of(new() { Data = new DataOptions { Dataset = "synthetic" }, Model = new ModelOptions { Type = ModelType.Ae, LatentDim = latents }, Train = new TrainingOptions { BatchSize = batchSize } });
    }

    public void Dispose() => files.Dispose();

    static (string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        CommandLine.Run(arguments, output, error);
        return (output.ToString(), error.ToString());
    }
}
