using AeVae.Runner.Commands;
using AeVae.Runner.Diffing;
using AeVae.Runner.Execution;
using AeVae.Tests.Tracking;
using AeVae.Tracking;

namespace AeVae.Tests.Runner.Diffing;

public sealed class RunDiffTests : IDisposable
{
    readonly ResultsFolder _results = new();

    readonly List<RunQueries> _open = [];

    public void Dispose()
    {
        _open.ForEach(queries => queries.Dispose());
        _results.Dispose();
    }

    [Fact]
    public void TwoRunsOfTheSameAreTheSameWhateverTheirClocksSay()
    {
        RunDiff comparison = Compare(
            id => Store(id, Epoch(1, 3), Epoch(2, 2)),
            id => Store(id, Epoch(1, 3) with { Seconds = 9, ImagesPerSecond = 9 }, Epoch(2, 2)));
        Assert.True(comparison.IsSame);
        Assert.Equal([2, 4, 1, 12, 1], comparison.Sections.Select(section => section.Compared));
        Assert.Equal(2, Results(comparison).CommonEpochs);
    }

    [Fact]
    public void KeysOfTheConfigurationAreNamedWithBothValues()
    {
        NewRun other = Run with { Parameters = [new("seed", "42"), new("train.learning_rate", "0.001"), new("model.type", "ae")] };
        DiffSection config = Section(DiffPart.Config, Run, other);
        Assert.Equal([new Discrepancy("model.type", null, "ae"), new Discrepancy("train.learning_rate", "0.0001", "0.001")], config.Discrepancies);
        Assert.Equal(3, config.Compared);
    }

    [Fact]
    public void OtherCommitsContractsAndProgramsAreOtherCode()
    {
        NewRun other = Made(ResultsFolder.Provenance with { GitCommit = null, ProgramSha256 = "other" }) with { NumericContract = 2 };
        Assert.Equal(
            [new("contract", "NC-1", "NC-2"), new("commit", "c0ffee", "not in git"), new("changes", "d1ff", null), new("program", "90a9", "other")],
            Section(DiffPart.Code, Run, other).Discrepancies);
    }

    [Fact]
    public void ABranchAndAProgramThatIsNotKnownAreNoDifference() =>
        Assert.True(Section(DiffPart.Code, Run, Made(ResultsFolder.Provenance with { GitBranch = "other", ProgramSha256 = null, GitDirty = false })).IsSame);

    [Fact]
    public void OfTwoPatchesTheFilesAreNamedThatDiffer()
    {
        string patch = ResultsFolder.Patch("src/kept.cs", "src/new.cs") + ResultsFolder.Patch("src/old.cs").Replace("+two", "+three\n+four", StringComparison.Ordinal);
        var code = (CodeSection)Section(DiffPart.Code, Run, Made(ResultsFolder.Provenance with { GitDiff = patch, GitDiffSha256 = "other" }));
        Assert.Equal([("src/new.cs", null, 1), ("src/old.cs", 1, 2)], code.Files.Select(file => (file.Path, file.A?.Added, file.B?.Added)));
    }

    [Fact]
    public void APatchThatIsNotStoredDiffersByItsDigest()
    {
        var code = (CodeSection)Section(DiffPart.Code, Run, Made(ResultsFolder.Provenance with { GitDiff = null, GitDiffSha256 = "other" }));
        Assert.Equal([new Discrepancy("changes", "d1ff", "other")], code.Discrepancies);
    }

    [Fact]
    public void DataFilesAreComparedByNameAndDigest()
    {
        DiffSection data = Section(DiffPart.Data, Run, Made(ResultsFolder.Provenance with { DataFiles = [new("data/train", 1, "other"), new("data/test", 1, "7e57")] }));
        Assert.Equal([new Discrepancy("data/train", "ba89", "other"), new Discrepancy("data/test", null, "7e57")], data.Discrepancies);
    }

    [Fact]
    public void EverythingOfTheEnvironmentIsComparedButHowTheCommandWasTyped()
    {
        Provenance here = ResultsFolder.Provenance;
        Provenance there = here with
        {
            Host = "h",
            OperatingSystem = "o",
            CpuModel = "c",
            LogicalProcessors = 9,
            SimdPath = "s",
            Threads = 9,
            DotnetVersion = "d",
            Locale = "l",
            TimeZone = "t",
            Environment = [new("LANG", "C"), new("RUNNER_COMMAND", "./runner")],
            Packages = [new("Serilog", "4")],
        };
        Assert.Equal(
            ["host", "system", "processor", "processors", "arithmetic", "threads", ".NET", "locale", "time zone", "$LANG", "$NO_COLOR", "package Serilog"],
            Section(DiffPart.Environment, Run, Made(there)).Discrepancies.Select(pair => pair.What));
        Assert.True(Section(DiffPart.Environment, Run, Made(here with { CommandLine = ["other"], Environment = [.. here.Environment, new("RUNNER_COMMAND", "x")] })).IsSame);
    }

    [Fact]
    public void ARunWithoutProvenanceDiffersFromOneThatHasIt()
    {
        RunDiff comparison = Compare(id => Store(id), id => Store(id), forget: true);
        Assert.Equal([true, false, false, false, true], comparison.Sections.Select(section => section.IsSame));
    }

    [Fact]
    public void TheFirstEpochThatDiffersIsNamedWithItsTensors()
    {
        EpochRecord other = Epoch(3, 1) with { ParametersSha256 = "p", OptimizerSha256 = "o", Tensors = [new("decoder.0.weight", "d3"), new("encoder.0.weight", "x"), new("encoder.1.weight", "y")] };
        FirstDifference first = Between([Epoch(1, 3), Epoch(2, 2), Epoch(3, 1), Epoch(4, 0)], [Epoch(1, 3), Epoch(2, 2), other, Epoch(4, 9)])!;
        Assert.Equal((3, false, true, true), (first.Epoch, first.Order, first.Parameters, first.Optimizer));
        Assert.Equal(["encoder.0.weight", "encoder.1.weight"], first.Tensors);
        Assert.Empty(first.Metrics);
    }

    [Fact]
    public void AMetricAloneMayDifferAndEveryBitOfItCounts()
    {
        FirstDifference first = Between([Epoch(1, 0.1 + 0.2), Epoch(2, 5)], [Epoch(1, 0.3), Epoch(2, 5)])!;
        Assert.Equal((1, false, false), (first.Epoch, first.Order, first.Parameters));
        Assert.Equal(["validation.loss"], first.Metrics);
        Assert.NotNull(Between([Epoch(1, 0.0)], [Epoch(1, -0.0)]));
        Assert.Null(Between([Epoch(1, double.NaN)], [Epoch(1, double.NaN)]));
    }

    [Fact]
    public void AMetricOfTheTestImagesAloneMayDifferAndIsNamed()
    {
        FirstDifference first = Results(Compare(id => StoreTested(id, 1), id => StoreTested(id, 2))).First!;
        Assert.Equal((2, false, false, false), (first.Epoch, first.Order, first.Parameters, first.Optimizer));
        Assert.Equal(["test.nll"], first.Metrics);

        using RunQueries queries = RunQueries.Open(_results.Path);
        string[] ids = [.. queries.List(new RunFilter()).Select(run => run.Id)];
        Assert.Contains("differ from epoch 2 on: test.nll, with equal weights\n", Diff(ids), StringComparison.Ordinal);
        Assert.Contains("\"metrics\": [\n        \"test.nll\"\n      ]", Diff([.. ids, "--json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherOrderOfTheImagesIsSeen() =>
        Assert.True(Between([Epoch(1, 1)], [Epoch(1, 1) with { OrderSha256 = "other" }])!.Order);

    [Fact]
    public void WhereOnlyOneRunWasMeasuredNothingIsSaid() =>
        Assert.Null(Between([Epoch(1, 1), Epoch(2, 1)], [Epoch(1, 1) with { Metrics = [] }, Epoch(2, 1)]));

    [Fact]
    public void ALongerRunDiffersThoughTheirEpochsAreEqual()
    {
        ResultSection results = Results(Compare(id => Store(id, Epoch(1, 3), Epoch(2, 2)), id => Store(id, Epoch(1, 3))));
        Assert.False(results.IsSame);
        Assert.Null(results.First);
        Assert.Equal(1, results.CommonEpochs);
        Assert.Equal([new Discrepancy("epochs", "2", "1")], results.Discrepancies);
        Assert.Equal([("loss", 2d, 3d)], results.Metrics.Select(metric => (metric.Name, metric.A!.Last, metric.B!.Last)));
    }

    [Fact]
    public void AMetricThatOneRunHasAloneDiffers()
    {
        ResultSection results = Results(Compare(id => Store(id, Epoch(1, 3, ("mse", 2))), id => Store(id, Epoch(1, 3))));
        Assert.Equal([("validation", "mse", true, false)], results.Metrics.Select(metric => (metric.Split, metric.Name, metric.A is not null, metric.B is not null)));
    }

    [Fact]
    public void ArtifactsAreComparedByDigestAndFinalWeightsByTheEpochs()
    {
        ResultSection results = Results(Compare(
            id => Store(id, [Artifact("samples", 1), Artifact("originals", 1), Artifact("final_weights", 1)]),
            id => Store(id, [Artifact("samples", 2), Artifact("originals", 1), Artifact("final_weights", 2), Artifact("latent_codes", 1)])));
        Assert.Equal([("samples", true, true), ("latent_codes", false, true)], results.Artifacts.Select(pair => (pair.What, pair.A is not null, pair.B is not null)));
        Assert.False(results.IsSame);
    }

    [Fact]
    public void OnlyTheAskedPartsCount()
    {
        (StoredRun a, StoredRun b) = Pair(Run, Run with { Parameters = [] }, id => Store(id, Epoch(1, 1)), id => Store(id, Epoch(1, 1)));
        Assert.True(RunDiff.Of(a, b, _open[^1].GetEpoch, [DiffPart.Results, DiffPart.Data]).IsSame);
        Assert.Equal([DiffPart.Data, DiffPart.Results], RunDiff.Of(a, b, _open[^1].GetEpoch, [DiffPart.Results, DiffPart.Data]).Sections.Select(section => section.Part));
        Assert.False(RunDiff.Of(a, b, _open[^1].GetEpoch, [DiffPart.Config]).IsSame);
    }

    static NewRun Run => ResultsFolder.Run();

    static NewRun Made(Provenance provenance) => Run with { Provenance = provenance };

    static EpochRecord Epoch(int epoch, double loss, params (string Name, double Value)[] more) =>
        ResultsFolder.Epoch(epoch, [new("validation", "loss", loss), .. more.Select(metric => new MetricRecord("validation", metric.Name, metric.Value))]);

    static Artifact Artifact(string name, byte content) => new(name, "array", NpyArray.MediaType, [content], null);

    static ResultSection Results(RunDiff comparison) => comparison.Sections.OfType<ResultSection>().Single();

    DiffSection Section(DiffPart part, NewRun a, NewRun b)
    {
        (StoredRun inA, StoredRun inB) = Pair(a, b, id => { }, id => { });
        return RunDiff.Of(inA, inB, _open[^1].GetEpoch, [part]).Sections.Single();
    }

    FirstDifference? Between(EpochRecord[] a, EpochRecord[] b) => Results(Compare(id => Store(id, a), id => Store(id, b))).First;

    RunDiff Compare(Action<string> fillA, Action<string> fillB, bool forget = false)
    {
        (StoredRun a, StoredRun b) = Pair(Run, Run, fillA, fillB);
        if (forget)
            b = b with { Detail = b.Detail with { Provenance = null } };
        return RunDiff.Of(a, b, _open[^1].GetEpoch, Enum.GetValues<DiffPart>());
    }

    (StoredRun A, StoredRun B) Pair(NewRun a, NewRun b, Action<string> fillA, Action<string> fillB)
    {
        string idOfA, idOfB;
        using (RunStore store = _results.OpenStore())
        {
            store.DefineMetrics([new("nll", "nats per image", "mean over images", "lower", "Likelihood.")]);
            (idOfA, idOfB) = (store.BeginRun(a), store.BeginRun(b));
        }

        fillA(idOfA);
        fillB(idOfB);
        RunQueries queries = RunQueries.Open(_results.Path);
        _open.Add(queries);
        return (StoredRun.Read(queries, idOfA), StoredRun.Read(queries, idOfB));
    }

    string Diff(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        Assert.Equal((1, ""), (CommandLine.Run(["diff", .. arguments, "--db", _results.Path], output, error), error.ToString()));
        return output.ToString();
    }

    void StoreTested(string id, double nll)
    {
        Store(id, Epoch(1, 3), Epoch(2, 2));
        using RunStore store = RunStore.Open(_results.Path);
        store.AppendFinalMetrics(id, 2, [new("test", "nll", nll)]);
    }

    void Store(string id, params EpochRecord[] epochs)
    {
        using RunStore store = RunStore.Open(_results.Path);
        foreach (EpochRecord epoch in epochs)
            store.AppendEpoch(id, epoch);
    }

    void Store(string id, Artifact[] artifacts)
    {
        using RunStore store = RunStore.Open(_results.Path);
        foreach (Artifact artifact in artifacts)
            store.AddArtifact(id, artifact);
    }
}
