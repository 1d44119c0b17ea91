using System.Globalization;
using System.Text;
using System.Text.Json;
using AeVae.Reports.Runs;
using AeVae.Runner.Invocation;
using AeVae.Tests.Reports;
using AeVae.Tests.Reports.Comparisons;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner;

/// <summary><c>export</c> as a user types it.</summary>
public sealed class ExportCommandTests : CommandTest
{
    [Fact]
    public void CsvHoldsEveryStoredNumberToTheLastBit()
    {
        string id = Store([FakeRun.Full(3)]).Single();
        Dictionary<string, string>[] epochs = Csv("epochs", id);
        using RunQueries queries = RunQueries.Open(Database);
        IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> stored = queries.GetSeries(id);

        Assert.Equal(["1", "2", "3"], epochs.Select(row => row["epoch"]));
        Assert.All(epochs, row => Assert.Equal((id, "vae-lr1e-4", "42"), (row["run_id"], row["name"], row["seed"])));
        foreach ((MetricKey metric, IReadOnlyList<SeriesPoint> history) in stored)
        {
            IEnumerable<(int, long)> written = epochs.Where(row => row[metric.ToString()].Length > 0)
                .Select(row => (int.Parse(row["epoch"], CultureInfo.InvariantCulture), BitConverter.DoubleToInt64Bits(double.Parse(row[metric.ToString()], CultureInfo.InvariantCulture))));
            Assert.Equal(history.Select(point => (point.Epoch, BitConverter.DoubleToInt64Bits(point.Value))), written);
        }
    }

    [Fact]
    public void ARunIsARowWithItsSettingsAndItsLastNumbers()
    {
        string[] ids = Store([FakeRun.Full(3), FakeRun.Autoencoder()]);
        Dictionary<string, string>[] runs = Csv("runs", ids);

        Assert.Equal(ids, runs.Select(run => run["run_id"]));
        Assert.Equal(("completed", "0.0001", "[400]", "", "vae"), (runs[0]["status"], runs[0]["train.learning_rate"], runs[0]["model.encoder"], runs[0]["data.train_limit"], runs[0]["model.type"]));
        using RunQueries queries = RunQueries.Open(Database);
        Assert.Equal(queries.Get(ids[0]).Metrics.Single(metric => metric.Key == new MetricKey("test", "bce")).Last, double.Parse(runs[0]["test.bce"], CultureInfo.InvariantCulture));
        Assert.Equal("", runs[1]["test.kl"]);   // an AE has none
        Assert.Equal("nats per image", Csv("metrics", ids).Single(metric => metric["name"] == "bce")["unit"]);
    }

    [Fact]
    public void NamesAndNotesComeBackWhateverIsInThem()
    {
        const string note = "said \"no\",\nthen yes; ünïcode";
        string id = Store([FakeRun.Full(2)]).Single();
        Assert.Equal(ExitCodes.Ok, Run("note", id, note).ExitCode);

        Assert.Equal(note, Csv("runs", id).Single()["note"]);
        Run("export", id, "--to", "jsonl", "-o", Path.Combine(Folder, "out"));
        Assert.Equal(note, JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "out", "runs.jsonl"))).RootElement.GetProperty("note").GetString());
    }

    [Fact]
    public void NumbersThatAreNoneAreSaid()
    {
        RunData run = FakeRun.Full(3);
        string id = Store([run with { Series = new(new Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> { [new("train", "loss")] = [new(1, double.NaN), new(2, double.NegativeInfinity), new(3, -0.0)] }) }]).Single();

        Assert.Equal(["NaN", "-Infinity", "-0"], Csv("epochs", id).Select(row => row["train.loss"]));
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "jsonl", "-o", Path.Combine(Folder, "out")).ExitCode);
        JsonElement[] lines = [.. File.ReadLines(Path.Combine(Folder, "out", "epochs.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("train.loss"))];
        Assert.Equal(("NaN", "-Infinity", BitConverter.DoubleToInt64Bits(-0.0)), (lines[0].GetString(), lines[1].GetString(), BitConverter.DoubleToInt64Bits(lines[2].GetDouble())));
    }

    [Fact]
    public void TheSameRunsGiveTheSameFilesTwiceAndTheCommandNamesThem()
    {
        string[] ids = Store([FakeRun.Full(3), FakeRun.Full(3).Seed(7, 1)]);
        foreach (string format in (string[])["csv", "jsonl", "tensorboard"])
        {
            string target = Path.Combine(Folder, format);
            JsonElement said = JsonDocument.Parse(Run(["export", .. ids, "--to", format, "-o", target, "--json"]).Output).RootElement;
            string[] files = [.. said.GetProperty("files").EnumerateArray().Select(file => Path.GetFullPath(file.GetString()!))];
            byte[][] first = [.. files.Select(File.ReadAllBytes)];
            Assert.Equal(files.Order(), Directory.GetFiles(target, "*", SearchOption.AllDirectories).Order());

            Assert.Equal(string.Concat(files.Select(file => Path.GetFileName(file) + "\n")), string.Concat(Run(["export", .. ids, "--to", format, "-o", target, "-q"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFileName(line) + "\n")));
            Assert.Equal(first, files.Select(File.ReadAllBytes));
        }
    }

    [Fact]
    public void WithoutAFolderItGoesBesideTheDatabase()
    {
        string id = Store([FakeRun.Full(2)]).Single();

        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "csv").ExitCode);

        Assert.True(File.Exists(Path.Combine(Folder, "exports", $"vae-lr1e-4-{id[^4..]}", "epochs.csv")));
    }

    [Fact]
    public void WeightsAreThoseOfTheRunWithoutTheOptimizer()
    {
        string id = Train();
        string path = Path.Combine(Folder, "out", $"small-{id[^4..]}.safetensors");

        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "safetensors", "-o", Path.Combine(Folder, "out")).ExitCode);

        (JsonElement header, byte[] data) = ReadSafeTensors(path);
        (JsonElement kept, byte[] keptData) = ReadSafeTensors(Path.Combine(Folder, "runs", id, "epoch-0002.safetensors"));
        string[] names = [.. header.EnumerateObject().Select(tensor => tensor.Name).Where(name => name != "__metadata__")];
        Assert.Equal(kept.EnumerateObject().Select(tensor => tensor.Name).Where(name => name != "__metadata__" && !name.StartsWith("optimizer.", StringComparison.Ordinal)).Order(), names.Order());
        Assert.All(names, name =>
        {
            Assert.Equal(kept.GetProperty(name).GetProperty("shape").ToString(), header.GetProperty(name).GetProperty("shape").ToString());
            Assert.Equal(Bytes(kept, keptData, name), Bytes(header, data, name));
        });
        JsonElement metadata = header.GetProperty("__metadata__");
        using RunQueries queries = RunQueries.Open(Database);
        Assert.Equal((id, "2", queries.Get(id).Experiment.ConfigJson), (metadata.GetProperty("run_id").GetString(), metadata.GetProperty("epoch").GetString(), metadata.GetProperty("config").GetString()));
        Assert.True(File.Exists(Path.Combine(Folder, "out", $"small-{id[^4..]}-best.safetensors")));

        static byte[] Bytes(JsonElement header, byte[] data, string name)
        {
            JsonElement offsets = header.GetProperty(name).GetProperty("data_offsets");
            return data[offsets[0].GetInt32()..offsets[1].GetInt32()];
        }
    }

    [Fact]
    public void WeightsThatAreNotHereOrNotThoseOfTheRunAreRefused()
    {
        string id = Train(), other = Train("--seed", "2"), target = Path.Combine(Folder, "out"), checkpoints = Path.Combine(Folder, "runs");
        File.Copy(Path.Combine(checkpoints, other, "epoch-0002.safetensors"), Path.Combine(checkpoints, id, "epoch-0002.safetensors"), overwrite: true);
        File.Delete(Path.Combine(checkpoints, id, "best.safetensors"));
        Directory.Delete(Path.Combine(checkpoints, other), recursive: true);

        (int exitCode, _, string error) = Run("export", id, "--to", "safetensors", "-o", target);
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains($"is not of run {id}", error, StringComparison.Ordinal);
        (exitCode, _, error) = Run("export", other, "--to", "safetensors", "-o", target);
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains($"run {other} has no checkpoint", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target));
    }

    [Theory]
    [InlineData("safetensors")]
    [InlineData("onnx")]
    public void WeightsOfAnEarlierEpochAreNotThoseOfACompletedRun(string format)
    {
        string id = Train(), checkpoints = Path.Combine(Folder, "runs", id);
        File.Delete(Path.Combine(checkpoints, "best.safetensors"));
        File.Move(Path.Combine(checkpoints, "epoch-0002.safetensors"), Path.Combine(Folder, "elsewhere"));
        if (!File.Exists(Path.Combine(checkpoints, "epoch-0001.safetensors")))
        {
            string shorter = Train("--set", "train.epochs=1");
            File.Move(Path.Combine(Folder, "runs", shorter, "epoch-0001.safetensors"), Path.Combine(checkpoints, "epoch-0001.safetensors"));
        }

        (int exitCode, _, string error) = Run("export", id, "--to", format, "-o", Path.Combine(Folder, "out"));

        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains($"run {id} was trained for 2 epochs, and the newest of its checkpoints in", error, StringComparison.Ordinal);
        Assert.Contains($"restore {id}", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Folder, "out")));
    }

    [Fact]
    public void TablesThatAreReplacedAreSpokenOf()
    {
        string[] ids = Store([FakeRun.Full(3), FakeRun.Autoencoder()]);
        string target = Path.Combine(Folder, "tables");

        Assert.DoesNotContain("replaced", Run("export", ids[0], ids[1], "--to", "csv", "-o", target).Error, StringComparison.Ordinal);
        Assert.Contains($"tables that were in {target} are replaced", Run("export", ids[0], "--to", "csv", "-o", target).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("replaced", Run("export", ids[0], "--to", "jsonl", "-o", target).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ABundleIsVerifiedAndMergedElsewhere()
    {
        string id = Train(), left = Train("--seed", "2"), bundle = Path.Combine(Folder, "out", "results.db"), elsewhere = Path.Combine(Folder, "elsewhere", "results.db");
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere)!);
        Run("tag", id, "--add", "paper");

        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "bundle", "-o", Path.Combine(Folder, "out")).ExitCode);
        Assert.Equal(["results.db", "runs"], Directory.GetFileSystemEntries(Path.Combine(Folder, "out")).Select(Path.GetFileName).Order());   // no journal, nothing half-written
        Assert.Equal(ExitCodes.Ok, RunOn(elsewhere, "merge", bundle).ExitCode);
        Assert.Equal(ExitCodes.Ok, RunOn(bundle, "verify", "@last", "-q").ExitCode);   // all epochs, metrics and artifacts

        using RunQueries here = RunQueries.Open(Database), there = RunQueries.Open(elsewhere);
        Assert.Equal(here.GetSeal(id), there.GetSeal(id));
        Assert.Equal(["paper"], there.Get(id).Run.Tags);
        Assert.Throws<NoSuchRunException>(() => there.Get(left));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, "runs", id, "epoch-0002.safetensors")), File.ReadAllBytes(Path.Combine(Folder, "elsewhere", "runs", id, "epoch-0002.safetensors")));
    }

    [Fact]
    public void AnMlflowStoreTakesTheRunsInBesideWhatIsThere()
    {
        string id = Store([FakeRun.Full(3)]).Single(), store = Path.Combine(Folder, "mlruns"), folder = Path.Combine(store, "7", id);
        Directory.CreateDirectory(Path.Combine(store, "7", "theirs"));
        File.WriteAllText(Path.Combine(store, "7", "meta.yaml"), "experiment_id: '7'\nlifecycle_stage: active\nname: vae-lr1e-4\n");
        Directory.CreateDirectory(Path.Combine(store, ".trash"));

        (int exitCode, string output, string error) = Run("export", id, "--to", "mlflow", "-o", store);

        Assert.Equal((ExitCodes.Ok, Path.GetRelativePath(Environment.CurrentDirectory, folder)), (exitCode, Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(output.Trim()))));
        Assert.Contains("mlflow migrate-filestore --source ", error, StringComparison.Ordinal);
        Assert.Equal([".trash", "7"], Directory.GetDirectories(store).Select(Path.GetFileName).Order());    // the experiment of that name, no second one
        Assert.Contains("experiment_id: '7'\n", File.ReadAllText(Path.Combine(folder, "meta.yaml")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(store, "7", "theirs")));
        Assert.Equal("experiment_id: '7'\nlifecycle_stage: active\nname: vae-lr1e-4\n", File.ReadAllText(Path.Combine(store, "7", "meta.yaml")));
    }

    [Fact]
    public void ARunThatIsExportedToMlflowAgainKeepsWhatWasAddedThere()
    {
        string id = Store([FakeRun.Full(3)]).Single(), store = Path.Combine(Folder, "mlruns");
        Run("tag", id, "--add", "paper");
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "mlflow", "-o", store).ExitCode);
        string experiment = Directory.GetDirectories(store).Single(), tags = Path.Combine(experiment, id, "tags");
        Assert.Equal("paper", File.ReadAllText(Path.Combine(tags, "aevae.tags")));
        File.WriteAllText(Path.Combine(tags, "reviewed"), "yes");
        File.WriteAllText(Path.Combine(experiment, "meta.yaml"), $"experiment_id: '{Path.GetFileName(experiment)}'\nname: a better name\n");   // as MLflow renames it

        Run("tag", id, "--remove", "paper");
        Run("note", id, "said so");
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "mlflow", "-o", store).ExitCode);

        Assert.Equal([experiment], Directory.GetDirectories(store));
        Assert.Equal(("yes", "said so"), (File.ReadAllText(Path.Combine(tags, "reviewed")), File.ReadAllText(Path.Combine(tags, "mlflow.note.content"))));
        Assert.False(File.Exists(Path.Combine(tags, "aevae.tags")));
        Assert.Contains("a better name", File.ReadAllText(Path.Combine(experiment, "meta.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void ADescriptionThatWasWrittenInMlflowStaysAndOneOfOursGoes()
    {
        string id = Store([FakeRun.Full(2)]).Single(), store = Path.Combine(Folder, "mlruns");
        Run("note", id, "ours");
        Run("export", id, "--to", "mlflow", "-o", store);
        string description = Path.Combine(Directory.GetDirectories(store).Single(), id, "tags", "mlflow.note.content");
        Assert.Equal("ours", File.ReadAllText(description));

        File.WriteAllText(description, "theirs");
        Run("note", id, "ours again");
        Run("export", id, "--to", "mlflow", "-o", store);
        Assert.Equal("theirs", File.ReadAllText(description));

        File.WriteAllText(description, "ours again");
        Run("note", id, "");
        Run("export", id, "--to", "mlflow", "-o", store);
        Assert.False(File.Exists(description));
    }

    [Fact]
    public void ARunStaysWhereItLiesInMlflowAndOneThatWasDeletedThereIsRefused()
    {
        string id = Store([FakeRun.Full(2)]).Single(), store = Path.Combine(Folder, "mlruns"), theirs = Path.Combine(store, "7");
        Directory.CreateDirectory(theirs);
        File.WriteAllText(Path.Combine(theirs, "meta.yaml"), "name: vae-lr1e-4\n");
        Run("export", id, "--to", "mlflow", "-o", store);
        File.WriteAllText(Path.Combine(theirs, "meta.yaml"), "name: renamed\n");
        Run("export", id, "--to", "mlflow", "-o", store);
        Assert.Equal([theirs], Directory.GetDirectories(store));

        Directory.CreateDirectory(Path.Combine(store, ".trash"));
        Directory.Move(theirs, Path.Combine(store, ".trash", "7"));
        (int exitCode, _, string error) = Run("export", id, "--to", "mlflow", "-o", store);

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains($"the experiment vae-lr1e-4 of run {id} was deleted in MLflow", error, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(store, ".trash")], Directory.GetDirectories(store));
    }

    [Fact]
    public void NothingIsExportedOverABundle()
    {
        string id = Store([FakeRun.Full(2)]).Single(), target = Path.Combine(Folder, "out"), bundle = Path.Combine(target, "results.db");
        Run("export", id, "--to", "bundle", "-o", target);
        byte[] before = File.ReadAllBytes(bundle);

        (int exitCode, _, string error) = Run("export", id, "--to", "bundle", "-o", target);

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("is there already, and nothing is exported over it", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(bundle));
        Assert.Equal([bundle], Directory.GetFileSystemEntries(target));
    }

    [Fact]
    public void WhatVerifiesARunTakesItAlong()
    {
        string id = Train();
        Assert.Equal(ExitCodes.Ok, Run("verify", id, "-q").ExitCode);
        string verifying = RunsOf(Database).Single(run => run.ParentRunId == id).Id, target = Path.Combine(Folder, "out");

        Assert.Equal(ExitCodes.Ok, Run("export", verifying, "--to", "bundle", "-o", target).ExitCode);

        RunSummary[] bundled = [.. RunsOf(Path.Combine(target, "results.db"))];
        Assert.Equal([verifying, id], bundled.Select(run => run.Id));
        Assert.Equal(Verdict.Verified, bundled[1].Verification);
    }

    [Fact]
    public void ARunThatHasTrainedNothingYetIsExported()
    {
        RunData run = FakeRun.Interrupted(0);
        string id = Store([run]).Single();

        Assert.Empty(Csv("epochs", id));
        Assert.Equal(("interrupted", "0"), (Csv("runs", id).Single()["status"], Csv("runs", id).Single()["epochs_done"]));
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "tensorboard").ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "mlflow").ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "bundle").ExitCode);
        Assert.Contains("It has trained no epoch yet.", Run("export", id, "--to", "safetensors").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATornCheckpointIsPassedOver()
    {
        string id = Train(), checkpoint = Path.Combine(Folder, "runs", id, "epoch-0002.safetensors");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..^100]);

        (int exitCode, _, string error) = Run("export", id, "--to", "safetensors", "-o", Path.Combine(Folder, "out"));

        Assert.Equal(ExitCodes.Ok, exitCode);   // the best one is whole
        Assert.Contains("It is left out.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ASweepGoesAlongWithAllOfItsRunsOnly()
    {
        string file = Path.Combine(Folder, "sweep.yaml");
        File.WriteAllText(file, Experiment + "sweep: {seeds: [1, 2]}\n");
        Assert.Equal(ExitCodes.Ok, Run("sweep", file, "--no-report", "-q").ExitCode);
        using RunQueries queries = RunQueries.Open(Database);
        SweepDetail sweep = queries.GetSweep("@last");

        Run("export", sweep.Trials[0].RunId!, "--to", "bundle", "-o", Path.Combine(Folder, "one"));
        Run("export", $"sweep:{sweep.Sweep.Id}", "--to", "bundle", "-o", Path.Combine(Folder, "all"));

        Assert.Empty(RunQueries.Ask(Path.Combine(Folder, "one", "results.db"), one => one.ListSweeps()));
        SweepDetail exported = RunQueries.Ask(Path.Combine(Folder, "all", "results.db"), all => all.GetSweep("@last"));
        Assert.Equal(sweep.Trials.Select(trial => (trial.RunId, trial.Status)), exported.Trials.Select(trial => (trial.RunId, trial.Status)));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        string id = Store([FakeRun.Full(2)]).Single(), file = Path.Combine(Folder, "taken");
        File.WriteAllText(file, "mine");

        Assert.Contains("--to", Run("export", id).Error, StringComparison.Ordinal);
        Assert.Contains("'tensorboard'", Run("export", id, "--to", "tensorbord").Error, StringComparison.Ordinal);
        (int exitCode, _, string error) = Run("export", id, "--to", "csv", "-o", file);
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.StartsWith($"error: the export cannot be written: '{file}' is a file, not a folder. Name a folder: ", error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.UserError, Run("export", id, "--to", "csv", "-o", Path.Combine(Folder, "numbers.csv")).ExitCode);
        Assert.Equal(ExitCodes.NoSuchRun, Run("export", "nope", "--to", "csv").ExitCode);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    static readonly string Experiment = $$"""
        name: small
        seed: 1
        data: {{{SmallImages.Dataset}}, validation: 20, train_limit: 40}
        model: {type: vae, encoder: [10], latent_dim: 3}
        train: {epochs: 2, batch_size: 8}
        checkpoint: {best: val.loss}

        """;

    string Train(params string[] more)
    {
        string file = Path.Combine(Folder, "small.yaml");
        File.WriteAllText(file, Experiment);
        (int exitCode, _, string error) = Run(["run", file, "--no-report", "-q", .. more]);
        Assert.True(exitCode == ExitCodes.Ok, error);
        using RunQueries queries = RunQueries.Open(Database);
        return queries.Resolve("@last").Single();
    }

    static IReadOnlyList<RunSummary> RunsOf(string database) => RunQueries.Ask(database, queries => queries.List(new RunFilter { Verifications = true }));

    Dictionary<string, string>[] Csv(string table, params string[] ids)
    {
        string target = Path.Combine(Folder, "out");
        (int exitCode, _, string error) = Run(["export", .. ids, "--to", "csv", "-o", target]);
        Assert.True(exitCode == ExitCodes.Ok, error);
        string[][] rows = [.. ReadCsv(File.ReadAllText(Path.Combine(target, $"{table}.csv")))];
        return [.. rows[1..].Select(row => rows[0].Zip(row, KeyValuePair.Create).ToDictionary())];
    }

    // RFC 4180, character by character.
    static IEnumerable<string[]> ReadCsv(string text)
    {
        List<string> row = [];
        StringBuilder cell = new();
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted || text[i] is not (',' or '\n')) cell.Append(text[i]);
            else
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[i] == ',') continue;
                yield return [.. row];
                row.Clear();
            }
        }
    }

    static (JsonElement Header, byte[] Data) ReadSafeTensors(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int length = (int)BitConverter.ToInt64(file);
        return (JsonDocument.Parse(file.AsMemory(8, length)).RootElement, file[(8 + length)..]);
    }
}
