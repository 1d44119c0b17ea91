using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Tracking;

public sealed class SweepStoreTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void AFrozenListComesBackAsItWas()
    {
        string id = Begin();
        using RunQueries queries = RunQueries.Open(_results.Path);
        SweepDetail sweep = queries.GetSweep(id);

        Assert.Equal("beta", sweep.Sweep.Name);
        Assert.Equal((3, 0), (sweep.Sweep.Trials, sweep.Sweep.Done));
        Assert.Equal([ulong.MaxValue], sweep.Outline.Seeds);
        Assert.Equal(new Halving(2, 4), sweep.Outline.Asha);
        Assert.Equal(["a < b"], sweep.Outline.Claims.Select(claim => claim.Check));
        Assert.Equal([1, 2, 3], sweep.Trials.Select(trial => trial.Number));
        Assert.All(sweep.Trials, trial => Assert.Equal((RunStatus.Queued, null), (trial.Status, trial.RunId)));
        Assert.Equal(["loss.kl_weight=2", "data.note=a \"quoted\" wörd"], sweep.Trials[1].Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        Assert.Equal(ulong.MaxValue, sweep.Trials[2].Seed);
    }

    [Fact]
    public void ARunIsTiedToItsTrialWhenItBegins()
    {
        string id = Begin(), runId;
        using (RunStore store = _results.OpenStore())
        {
            runId = store.BeginRun(ResultsFolder.Run() with { Trial = new TrialKey(id, 2), Variant = "vae" });
            store.FinishRun(runId, RunStatus.Completed);
            Assert.Throws<NoSuchRunException>(() => store.BeginRun(ResultsFolder.Run() with { Trial = new TrialKey(id, 4) }));
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        FrozenTrial trial = queries.GetSweep(id).Trials[1];
        Assert.Equal((runId, RunStatus.Completed), (trial.RunId, trial.Status));
        Assert.Equal(1, queries.GetSweep(id).Sweep.Done);
        Assert.Equal([runId], queries.Resolve($"sweep:{id}"));
        Assert.Equal("vae", queries.Get(runId).Run.Variant);
        Assert.Single(queries.List(new RunFilter()));   // the run of a trial that does not exist was taken back
    }

    [Fact]
    public void ASweepIsFoundByIdPartOfItNameFileAndAge()
    {
        string first = Begin(), second = Begin("lr");
        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(first, queries.GetSweep(first[^4..]).Sweep.Id);
        Assert.Equal(first, queries.GetSweep("beta").Sweep.Id);
        Assert.Equal(second, queries.GetSweep("experiments/lr.yaml").Sweep.Id);
        Assert.Equal(second, queries.GetSweep("@last").Sweep.Id);
        Assert.Equal(first, queries.GetSweep("@2").Sweep.Id);
        Assert.Contains(first, Assert.Throws<NoSuchRunException>(() => queries.GetSweep("gamma")).Message, StringComparison.Ordinal);
        Assert.Throws<NoSuchRunException>(() => queries.GetSweep("@3"));
    }

    [Fact]
    public void TrialsAreAddedToAFrozenList()
    {
        string id = Begin();
        using (RunStore store = _results.OpenStore())
        {
            store.JudgeClaims(id, [Verdict(ClaimOutcome.Holds)]);
            store.ExtendSweep(id, Sweep("beta") with { YamlText = "extended", Trials = [Trial(4)] });
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        Assert.Equal(4, queries.GetSweep(id).Trials.Count);
        Assert.Equal("extended", queries.GetSweep(id).YamlText);
        Assert.Empty(queries.GetSweep(id).Claims);   // judged without the new trial
    }

    [Fact]
    public void VerdictsReplaceEarlierOnes()
    {
        string id = Begin();
        using (RunStore store = _results.OpenStore())
        {
            store.JudgeClaims(id, [Verdict(ClaimOutcome.Undecided), Verdict(ClaimOutcome.Holds)]);
            store.JudgeClaims(id, [Verdict(ClaimOutcome.DoesNotHold)]);
        }

        using RunQueries queries = RunQueries.Open(_results.Path);
        ClaimVerdict claim = Assert.Single(queries.GetSweep(id).Claims);
        Assert.Equal((ClaimOutcome.DoesNotHold, "1 < 2"), (claim.Outcome, claim.Evidence));
        Assert.Equal([0ul, ulong.MaxValue], claim.Seeds);
    }

    string Begin(string name = "beta")
    {
        using RunStore store = _results.OpenStore();
        return store.BeginSweep(Sweep(name));
    }

    internal static NewSweep Sweep(string name) => new()
    {
        Name = name,
        File = $"experiments/{name}.yaml",
        YamlText = "sweep: …",
        Method = "grid",
        Outline = new SweepOutline { Variants = ["vae"], Parameters = ["loss.kl_weight"], Seeds = [ulong.MaxValue], Asha = new Halving(2, 4), Claims = [new("A is less.", "a < b")] },
        Metric = "val.loss",
        CommandLine = ["runner", "sweep"],
        Trials = [Trial(1), Trial(2), Trial(3)],
    };

    internal static FrozenTrial Trial(int number) => new()
    {
        Number = number,
        Name = $"beta-{number}",
        Variant = "vae",
        Seed = ulong.MaxValue,
        Parameters = [new("loss.kl_weight", $"{number}"), new("data.note", "a \"quoted\" wörd")],
        ConfigJson = "{}",
        ConfigSha256 = $"c{number}",
    };

    internal static ClaimVerdict Verdict(ClaimOutcome outcome) => new() { Text = "A is less.", Expression = "a < b", Outcome = outcome, Evidence = "1 < 2", Seeds = [0, ulong.MaxValue] };
}
