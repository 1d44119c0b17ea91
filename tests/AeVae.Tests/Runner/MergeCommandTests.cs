using System.Text.Json;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner;

/// <summary><c>merge</c> as a user types it, with two folders that were two machines.</summary>
public sealed class MergeCommandTests : IDisposable
{
    readonly ResultsFolder _here = new();
    readonly ResultsFolder _there = new();

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void CheckpointsOfAMergeThatWasKilledComeWithTheNextOne()
    {
        string run = Path.Combine("runs", Train(_there)), there = Path.Combine(_there.Folder, run), here = Path.Combine(_here.Folder, run);
        Assert.Equal(ExitCodes.Ok, Merge(_there.Path).ExitCode);
        string checkpoint = Path.Combine(here, "epoch-0002.safetensors"), best = Path.Combine(here, "best.safetensors"), log = Path.Combine(here, "log.jsonl");
        // As a kill leaves it: one is half-copied, one is that of an earlier state, and this machine's own log has gone on.
        File.WriteAllBytes(checkpoint + ".tmp", File.ReadAllBytes(checkpoint)[..100]);
        File.Delete(checkpoint);
        File.WriteAllText(best, "of an earlier epoch");
        File.SetLastWriteTimeUtc(best, File.GetLastWriteTimeUtc(Path.Combine(there, "best.safetensors")).AddSeconds(-1));
        File.AppendAllText(log, "{}\n");

        (int exitCode, string output, _) = Merge(_there.Path);

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("0 runs added, 0 brought up to date, 1 known", output, StringComparison.Ordinal);
        Assert.Equal(["best.safetensors", "epoch-0002.safetensors", "log.jsonl"], Directory.GetFiles(here).Select(Path.GetFileName).Order());
        Assert.All([checkpoint, best], file => Assert.Equal(File.ReadAllBytes(Path.Combine(there, Path.GetFileName(file))), File.ReadAllBytes(file)));
        Assert.EndsWith("{}\n", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Fact]
    public void CheckpointsOfARunThatHasGoneOnHereAreLeftAlone()
    {
        string id = Train(_there), here = Path.Combine(_here.Folder, "runs", id);
        Merge(_there.Path);
        using (RunStore store = _here.OpenStore())
            store.AppendFinalMetrics(id, 2, []);   // a later state of the same run
        File.Delete(Path.Combine(here, "epoch-0002.safetensors"));

        Merge(_there.Path);

        Assert.False(File.Exists(Path.Combine(here, "epoch-0002.safetensors")));
    }

    [Fact]
    public void ARunThatIsMergedAgainWhileItGoesOnKeepsItsNewestCheckpointsOnly()
    {
        string id = Train(_there), there = Path.Combine(_there.Folder, "runs", id);
        Merge(_there.Path);
        using (RunStore store = _there.OpenStore())
            store.AppendEpoch(id, ResultsFolder.Epoch(3, new MetricRecord("train", "loss", 1)));
        File.Move(Path.Combine(there, "epoch-0002.safetensors"), Path.Combine(there, "epoch-0003.safetensors"));

        Assert.Contains("1 brought up to date", Merge(_there.Path).Output, StringComparison.Ordinal);

        Assert.Equal(["best.safetensors", "epoch-0003.safetensors", "log.jsonl"], Directory.GetFiles(Path.Combine(_here.Folder, "runs", id)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void VerdictsOfKnownRunsAreCounted()
    {
        string id = Train(_there);
        Assert.Contains(": 1 run added, 0 brought up to date, 0 known\n", Merge(_there.Folder).Output, StringComparison.Ordinal);     // by its folder
        using (RunStore store = _there.OpenStore())
            store.AddVerification(new Verification { RunId = id, Verdict = Verdict.Verified, FinishedAt = DateTimeOffset.UtcNow, EpochsCompared = 2, EpochsStored = 2 });
        Assert.Contains("0 brought up to date, 1 known; 1 verdict of verifications of known runs\n", Merge(_there.Path).Output, StringComparison.Ordinal);
        Assert.EndsWith("1 known\n", Merge(_there.Path).Output.Split("\nsweep")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void TwoDatabasesOfOneFolderShareTheirCheckpoints()
    {
        string checkpoint = Path.Combine(_here.Folder, "runs", Train(_here), "epoch-0002.safetensors"), content = File.ReadAllText(checkpoint);

        Assert.Equal(ExitCodes.Ok, Run("--db", Path.Combine(_here.Folder, "two.db"), "merge", _here.Path).ExitCode);

        Assert.Equal(content, File.ReadAllText(checkpoint));
    }

    [SkippableFact]
    public void TheDatabaseItselfIsRefusedUnderEveryName()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege there");
        Train(_here);
        string link = Path.Combine(_there.Folder, "folder");
        Directory.CreateSymbolicLink(link, _here.Folder);
        File.CreateSymbolicLink(Path.Combine(_there.Folder, "link.db"), _here.Path);

        foreach (string name in (string[])[_here.Path, Path.Combine(link, "results.db"), Path.Combine(_there.Folder, "link.db")])
        {
            (int exitCode, _, string error) = Merge(name);
            Assert.Equal((ExitCodes.UserError, true), (exitCode, error.Contains("is the database to merge into", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void FilesThatCannotBeMergedAreNamedAndTheOthersComeIn()
    {
        string id = Train(_there), diary = Path.Combine(_there.Folder, "diary.db"), missing = Path.Combine(_there.Folder, "missing.db");
        File.WriteAllText(diary, "dear diary");

        (int exitCode, string output, string error) = Merge(diary, _there.Path, missing, _there.Path);

        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains($"error: {diary} is no results file", error, StringComparison.Ordinal);
        Assert.Contains($"error: {missing} does not exist", error, StringComparison.Ordinal);
        Assert.Contains("1 run added", Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        using RunQueries queries = RunQueries.Open(_here.Path);
        Assert.Equal(id, queries.List(new RunFilter()).Single().Id);
    }

    [Fact]
    public void NothingIsCreatedForFilesThatAreNotThere()
    {
        Assert.Equal(ExitCodes.Storage, Merge(Path.Combine(_there.Folder, "missing.db")).ExitCode);
        Assert.Empty(Directory.GetFiles(_here.Folder));
    }

    [Fact]
    public void ClaimsAreJudgedOnceAllTrialsAreHere()
    {
        string file = Path.Combine(_there.Folder, "small.yaml");
        File.WriteAllText(file, $$$$"""
            name: small
            data: {{{{{SmallImages.Dataset}}}}, validation: 20, train_limit: 40}
            model: {type: vae, encoder: [10], latent_dim: 3}
            train: {epochs: 1, batch_size: 8}
            variants: {one: {}, two: {model: {latent_dim: 2}}}
            sweep: {seeds: [1]}
            claims: [{text: More latents help., check: last(one.val.loss) < last(two.val.loss)}]
            """);
        Run(_there, "sweep", file, "--trial", "1", "--no-report");
        string second = Path.Combine(_there.Folder, "second", "results.db");
        Directory.CreateDirectory(Path.GetDirectoryName(second)!);
        File.Copy(_there.Path, second);
        Assert.Equal(0, Run("--db", second, "sweep", "--resume", "@last", "--trial", "2", "--no-report").ExitCode);

        (_, string first, string next) = Merge(_there.Path);
        Assert.Contains("small, 1 not begun, 1 completed; its claims are judged when all trials have ended", first, StringComparison.Ordinal);
        Assert.Contains("sweep status", next, StringComparison.Ordinal);
        Assert.Empty(Sweep().Claims);

        (_, string whole, next) = Merge(_there.Path, second);
        Assert.Contains("2 completed", whole, StringComparison.Ordinal);
        Assert.Contains("More latents help.", whole, StringComparison.Ordinal);
        Assert.Contains($"report sweep:{Sweep().Sweep.Id}", next, StringComparison.Ordinal);
        Assert.Single(Sweep().Claims);

        JsonElement again = JsonDocument.Parse(Run(_here, "merge", second, "--json").Output).RootElement;
        Assert.Equal((0, 0), (again.GetProperty("updated").GetArrayLength(), again.GetProperty("sweeps_updated").GetArrayLength()));
    }

    SweepDetail Sweep()
    {
        using RunQueries queries = RunQueries.Open(_here.Path);
        return queries.GetSweep("@last");
    }

    (int ExitCode, string Output, string Error) Merge(params string[] others) => Run(_here, ["merge", .. others]);

    static (int ExitCode, string Output, string Error) Run(ResultsFolder folder, params string[] arguments) => Run(["--db", folder.Path, .. arguments]);

    static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run(arguments, output, error), output.ToString(), error.ToString());
    }

    static string Train(ResultsFolder folder)
    {
        using RunStore store = folder.OpenStore();
        string id = store.BeginRun(ResultsFolder.Run());
        store.AppendEpoch(id, ResultsFolder.Epoch(2, new MetricRecord("train", "loss", 1)));
        string home = Directory.CreateDirectory(Path.Combine(folder.Folder, "runs", id)).FullName;
        foreach (string file in (string[])["epoch-0002.safetensors", "best.safetensors", "log.jsonl"])
            File.WriteAllText(Path.Combine(home, file), string.Join('\n', Enumerable.Repeat(file, 50)));
        return id;
    }
}
