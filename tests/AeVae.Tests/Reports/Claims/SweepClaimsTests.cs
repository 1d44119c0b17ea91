using AeVae.Reports;
using AeVae.Reports.Claims;
using AeVae.Reports.Comparisons;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Reports.Claims;

public sealed class SweepClaimsTests : IDisposable
{
    readonly ResultsFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void ASweepIsJudgedByItsStoredRuns()
    {
        string sweepId = Train();

        using RunQueries queries = RunQueries.Open(_results.Path);
        IReadOnlyList<ClaimVerdict> verdicts = SweepClaims.Judge(queries, queries.GetSweep(sweepId));
        Assert.Equal(["first", "second", "third"], verdicts.Select(verdict => verdict.Text));
        Assert.Equal([ClaimOutcome.Holds, ClaimOutcome.Undecided, ClaimOutcome.Undecided], verdicts.Select(verdict => verdict.Outcome));
        Assert.StartsWith("last(ae.val.loss) is 3.10 ± 0.14", verdicts[0].Evidence, StringComparison.Ordinal);
        Assert.StartsWith("vae has failed with seed 1. With seed 0: last(ae.val.loss) is 3 ", verdicts[1].Evidence, StringComparison.Ordinal);
        Assert.Equal("beta is no variant of the sweep with seeds 0 and 1.", verdicts[2].Evidence);
    }

    [Fact]
    public void AVerdictThatWasEditedIsNotBelieved()
    {
        string sweepId = Train();
        IReadOnlyList<ClaimVerdict> judged;
        using (RunQueries queries = RunQueries.Open(_results.Path))
            judged = SweepClaims.Judge(queries, queries.GetSweep(sweepId));
        Assert.DoesNotContain("is stored as", Report(judged), StringComparison.Ordinal);

        string report = Report([judged[0], judged[1] with { Outcome = ClaimOutcome.Holds, Evidence = "invented" }, judged[2]]);

        Assert.DoesNotContain("invented", report, StringComparison.Ordinal);
        Assert.Contains("The claim 'second' is stored as 'holds', but by the numbers that its runs have now it is 'undecided'", report, StringComparison.Ordinal);
        Assert.Contains("| **undecided** | second<br>", report, StringComparison.Ordinal);

        string Report(IReadOnlyList<ClaimVerdict> stored)
        {
            using (RunStore store = _results.OpenStore())
                store.JudgeClaims(sweepId, stored);
            using RunQueries queries = RunQueries.Open(_results.Path);
            SweepDetail sweep = queries.GetSweep(sweepId);
            string folder = Path.Combine(Path.GetDirectoryName(_results.Path)!, "report");
            return File.ReadAllText(ComparisonReport.Write(queries, [.. sweep.Trials.Select(trial => trial.RunId!)], new ComparisonOptions { Sweep = sweep }, folder).ReportPath);
        }
    }

    /// <summary>A sweep whose last run failed.</summary>
    string Train()
    {
        string sweepId = Begin();
        (string, double)[] losses = [("ae", 3.0), ("vae", 5.0), ("ae", 3.2), ("vae", 5.1)];
        using (RunStore store = _results.OpenStore())
        {
            foreach ((int i, (string variant, double loss)) in losses.Index())
            {
                string id = store.BeginRun(ResultsFolder.Run() with { Seed = (ulong)(i / 2), Trial = new TrialKey(sweepId, i + 1), Variant = variant });
                store.AppendEpoch(id, ResultsFolder.Epoch(1, new MetricRecord("validation", "loss", loss)));
                store.FinishRun(id, i < 3 ? RunStatus.Completed : RunStatus.Failed, i < 3 ? null : "the loss is not finite");
            }
        }

        return sweepId;
    }

    string Begin()
    {
        using RunStore store = _results.OpenStore();
        return store.BeginSweep(new NewSweep
        {
            Name = "both",
            File = "experiments/both.yaml",
            YamlText = "…",
            Method = "grid",
            Metric = "val.loss",
            CommandLine = ["runner", "run", "experiments/both.yaml"],
            Outline = new SweepOutline
            {
                Variants = ["ae", "vae"],
                Parameters = [],
                Seeds = [0, 1],
                Claims = [new("first", "last(ae.val.loss) < 6"), new("second", "last(ae.val.loss) < last(vae.val.loss)"), new("third", "last(beta.val.loss) < 6")],
            },
            Trials = [Trial(1, "ae", 0), Trial(2, "vae", 0), Trial(3, "ae", 1), Trial(4, "vae", 1)],
        });
    }

    static FrozenTrial Trial(int number, string variant, ulong seed) =>
        new() { Number = number, Name = $"both-{variant}", Variant = variant, Seed = seed, Parameters = [], ConfigJson = "{}", ConfigSha256 = new string('c', 64) };
}
