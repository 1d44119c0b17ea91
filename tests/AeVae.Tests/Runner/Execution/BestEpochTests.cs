using System.Text.Json;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tests.Runner.Resuming;
using AeVae.Tests.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Execution;

/// <summary><c>eval.weights: best</c>: the test images are measured with the parameters of the best epoch, whatever happens to the run.</summary>
public sealed class BestEpochTests : CommandTest
{
    const int Epochs = 7, Best = 6;

    // So large a step size that the loss goes up and down: lowest in epoch 6.
    static readonly string Experiment = $$"""
        name: restless
        seed: 3
        data: {dataset: synthetic, validation: 100, train_limit: 60}
        model: {type: vae, encoder: [20], latent_dim: 3}
        train: {epochs: {{Epochs}}, batch_size: 8, learning_rate: 0.1}
        eval: {weights: best}
        checkpoint: {best: val.loss}
        """;

    // Trained on other images, of which the lowest loss is that of epoch 3.
    const string Laboratory = """
        name: laboratory
        seed: 3
        data: {dataset: synthetic, validation: 200}
        model: {type: ae, encoder: [10], latent_dim: 3}
        train: {epochs: 6, batch_size: 8, learning_rate: 0.1}
        eval: {weights: best}
        checkpoint: {best: val.loss}
        """;

    [Fact]
    public void TheTestImagesAreMeasuredAsAfterARunThatEndsThere()
    {
        JsonElement best = Train(), ended = Train($"--set=train.epochs={Best}", "--set=eval.weights=last"), last = Train("--set=eval.weights=last");

        Assert.Equal((Best, Best, Epochs), (Epoch(best), Epoch(ended), Epoch(last)));
        string[] names = [.. best.EnumerateObject().Select(member => member.Name).Where(name => name.StartsWith("test.", StringComparison.Ordinal))];
        Assert.Contains("test.loss", names);
        Assert.All(names, name => Assert.Equal(ended.GetProperty(name).GetRawText(), best.GetProperty(name).GetRawText()));
        Assert.NotEqual(last.GetProperty("test.loss").GetDouble(), best.GetProperty("test.loss").GetDouble());
        Assert.Equal(last.GetProperty("parameters_sha256").GetString(), best.GetProperty("parameters_sha256").GetString());   // training is the same

        // What the figures show is of that epoch, too, and so are the weights that are named.
        Assert.Equal(Artifacts(ended), Artifacts(best));
        static int Epoch(JsonElement result) => result.GetProperty("tested_epoch").GetInt32();
    }

    [Fact]
    public void PagesAndReportsSayWhichEpochItIs()
    {
        string id = IdOf(Train()), other = IdOf(Train("--seed=4"));

        Assert.Contains("tested        epoch 6, the best by val.loss", Run("show", id).Output, StringComparison.Ordinal);
        Assert.Contains("test       of epoch 6: loss ", Run("run", Path.Combine(Folder, "restless.yaml"), "--needed", "--no-report").Output, StringComparison.Ordinal);
        Assert.Contains("after the best epoch of each run", Run("compare", id, other, "--metric", "test.loss").Output, StringComparison.Ordinal);
        Assert.Contains("after the best epoch of each run (by val.loss)", Run("compare", id, other, "--metric", "val.loss").Output, StringComparison.Ordinal);
        Run("report", id, "-o", Path.Combine(Folder, "report"));
        Assert.Contains("test is measured once, with the weights of epoch 6, the best by `val.loss`.", File.ReadAllText(Path.Combine(Folder, "report", "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsVerifiedAsItWasMeasured()
    {
        string id = IdOf(Train());
        Assert.Equal(ExitCodes.Ok, Run("verify", id, "--threads", "1").ExitCode);

        // The same numbers as those of another epoch.
        Assert.True(Execute("update metric set epoch = 7 where split = 'test'; update metric_summary set last_epoch = 7 where split = 'test'") > 0);
        (int exitCode, string output, string error) = Run("verify", id, "--threads", "1");

        Assert.Equal(ExitCodes.Mismatch, exitCode);
        Assert.Contains("the completed run has no test.loss", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    [InlineData(Stop.InFinalEvaluation, true)]
    public void AResumedRunEndsAsOneThatWasNotStopped(int after, bool byKill)
    {
        using RunLaboratory laboratory = new(Laboratory);
        string whole = laboratory.Begin();
        Assert.Equal(3, laboratory.Stored(whole).Detail.TestedEpoch);

        string run = laboratory.Begin(new(after, byKill));
        laboratory.Resume(run);

        Assert.Empty(laboratory.Said);
        Assert.Equal(laboratory.Bits(whole), laboratory.Bits(run));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WithoutTheStateOfItsBestEpochARunIsBegunAnew(bool isDamaged)
    {
        using RunLaboratory laboratory = new(Laboratory);
        string whole = laboratory.Begin(), run = laboratory.Begin(new(Stop.InFinalEvaluation, ByKill: false));
        string best = laboratory.FolderOf(run).BestCheckpointPath;
        if (isDamaged)
            File.WriteAllText(best, "empty");
        else
            File.Delete(best);

        laboratory.Resume(run);

        Assert.Contains(laboratory.Said, line => line.Contains(isDamaged ? "best.safetensors is torn" : "best.safetensors has not the state of epoch ", StringComparison.Ordinal));
        Assert.Equal(0, Assert.Single(laboratory.Stored(run).Detail.Resumptions).Epoch);
        Assert.Equal(laboratory.Bits(whole), laboratory.Bits(run));
    }

    // Epoch 3, the best, is there as a checkpoint of its own; after two more it is not, and the run must still go on from its newest one.
    [Fact]
    public void TheStateOfItsBestEpochIsWrittenAgainWhereItIsMissing()
    {
        using RunLaboratory laboratory = new(Laboratory);
        string whole = laboratory.Begin(), run = laboratory.Begin(new(3, ByKill: false));
        File.Delete(laboratory.FolderOf(run).BestCheckpointPath);
        laboratory.Resume(run, new(5, ByKill: false));
        Assert.Equal([4, 5], laboratory.FolderOf(run).CheckpointEpochs);

        laboratory.Resume(run);

        Assert.Equal([3, 5], laboratory.Stored(run).Detail.Resumptions.Select(resumption => resumption.Epoch));
        Assert.Equal(laboratory.Bits(whole), laboratory.Bits(run));
    }

    [Fact]
    public void ExperimentsOfBeforeKeepTheirHashes()
    {
        string Hash(string evaluation) => ResolvedConfig.Sha256(ResolvedConfig.ToJson(ExperimentFiles.Spec($"data: {{dataset: mnist}}\nmodel: {{type: ae}}\ntrain: {{epochs: 1}}\ncheckpoint: {{best: val.loss}}\n{evaluation}")));

        Assert.Equal(Hash(""), Hash("eval: {weights: last}\n"));
        Assert.NotEqual(Hash(""), Hash("eval: {weights: best}\n"));
    }

    [Fact]
    public void OfARunThatIsNotDoneNothingIsSaidToBeMeasured()
    {
        using RunLaboratory laboratory = new(Laboratory);
        string run = laboratory.Begin(new(4, ByKill: false));

        (_, string report, _) = RunOn(laboratory.Database, "report", run, "--format", "json");
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(report).RootElement.GetProperty("runs")[0].GetProperty("tested_epoch").ValueKind);
        RunOn(laboratory.Database, "report", run, "-o", Path.Combine(Folder, "report"));
        Assert.Contains("test is measured once, at the end, with the weights of the best epoch by `val.loss`.", File.ReadAllText(Path.Combine(Folder, "report", "report.md")), StringComparison.Ordinal);
    }

    JsonElement Train(params string[] options)
    {
        string file = Path.Combine(Folder, "restless.yaml");
        File.WriteAllText(file, Experiment);
        (int exitCode, string output, string error) = Run(["run", file, "--no-report", "--json", "--threads", "1", .. options]);
        Assert.True(exitCode == ExitCodes.Ok, error);
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    static string IdOf(JsonElement result) => result.GetProperty("run_id").GetString()!;

    string[] Artifacts(JsonElement result)
    {
        using RunQueries queries = RunQueries.Open(Database);
        string id = IdOf(result);
        IEnumerable<string> names = queries.Get(id).Artifacts.Select(artifact => artifact.Name).Where(name => ArtifactNames.EpochOfLatentFrame(name) is null);
        return [.. names.Order(StringComparer.Ordinal).Select(name => name == ArtifactNames.FinalWeights
            ? JsonDocument.Parse(queries.GetArtifact(id, name)!).RootElement.GetProperty("parameters_sha256").GetString()!
            : $"{name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(queries.GetArtifact(id, name)!))}")];
    }
}
