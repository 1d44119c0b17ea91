using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AeVae.Reports;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Tests.Reports;

public sealed class RunReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-report").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheReportOfAFullRunHasEveryFigureAndNoNote()
    {
        ReportResult result = Write(FakeRun.Full());

        Assert.Empty(result.Notes);
        Assert.Equal(
            ["report.md", "loss.svg", "reconstruction.svg", "kl.svg", "reconstructions.svg", "samples.svg", "latent.svg", "kl_per_dim.svg"],
            result.Files.Select(Path.GetFileName));
        Assert.All(result.Files, file => Assert.True(new FileInfo(file).Length > 0));
    }

    [Fact]
    public void EveryFigureOfTheTextIsAFileBesideIt()
    {
        ReportResult result = Write(FakeRun.Full());
        string[] shown = [.. Regex.Matches(Text(result), "<img src=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];

        Assert.Equal(result.Files.Skip(1).Select(Path.GetFileName), shown);
    }

    [Fact]
    public void TheReportSaysWhatTheRunMeasuredAndWhere()
    {
        string text = Text(Write(FakeRun.Full()));

        Assert.StartsWith($"# vae-lr1e-4 · run {FakeRun.Id}\n", text, StringComparison.Ordinal);
        Assert.Contains("**Completed.** The VAE trained 50 of 50 epochs in 2 min 3 s.", text, StringComparison.Ordinal);
        Assert.Matches(@"\| `loss` ↓ +\| nats per image +\| +104\.20 \| +105\.70 \| +105\.70 \| +50 \| +105\.70 \|", text);
        Assert.Contains("AMD EPYC 9654", text, StringComparison.Ordinal);
        Assert.Contains("Effective β", text, StringComparison.Ordinal);
        Assert.Contains("./runner run experiments/vae-lr1e-4.yaml\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportTellsHowToGetChangedCodeBackAndWhatTaintedTheRun()
    {
        RunData run = FakeRun.Full();
        Provenance made = run.Detail.Provenance! with { GitCommit = "c0ffee", GitDirty = true };
        Assert.Contains("git checkout c0ffee   # the run had changes beyond this commit\n", Text(Write(run with { Detail = run.Detail with { Provenance = made } })), StringComparison.Ordinal);

        RunDetail changed = run.Detail with { Provenance = made with { GitDiff = "diff" }, Run = run.Run with { TaintedReason = "while it ran, kernel_a.cs changed" } };
        string text = Text(Write(run with { Detail = changed }));
        Assert.Contains($"./runner show {FakeRun.Id} --patch > changes.patch\ngit checkout c0ffee && git apply changes.patch\n", text, StringComparison.Ordinal);
        Assert.Contains("completed, tainted: while it ran, kernel_a.cs changed", text, StringComparison.Ordinal);

        Assert.Contains("./runner run experiments/vae-lr1e-4.yaml\n", Text(Write(run with { Detail = run.Detail with { Provenance = null } })), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportSaysWhetherTheRunWasExecutedAgainWithTheSameBits()
    {
        Verification whole = new()
        {
            RunId = FakeRun.Id,
            VerifyingRunId = "261122-081500-abcd",
            Verdict = Verdict.Verified,
            FinishedAt = new DateTimeOffset(2026, 11, 22, 8, 18, 0, TimeSpan.Zero),
            EpochsCompared = 50,
            EpochsStored = 50,
        };
        Verification mismatch = whole with { Verdict = Verdict.Mismatch, EpochsCompared = 3, FirstEpoch = 3, LikelyCauses = ["The stored number was edited.", "Another."] };

        Assert.DoesNotContain("verification", Text(Write(FakeRun.Full())), StringComparison.Ordinal);
        Assert.Contains("| verification | verified: all 50 epochs equal to the last bit, on 2026-11-22 by run `261122-081500-abcd` |", Verified(whole), StringComparison.Ordinal);
        Assert.Contains("verified: the first 3 of 50 epochs equal", Verified(whole with { EpochsCompared = 3 }), StringComparison.Ordinal);
        Assert.Contains("| verification | **mismatch in epoch 3**, on 2026-11-22 by run `261122-081500-abcd`: The stored number was edited. |", Verified(mismatch), StringComparison.Ordinal);

        string Verified(Verification verification)
        {
            RunData run = FakeRun.Full();
            RunSummary summary = run.Run with { Verification = verification.Verdict, EpochsVerified = verification.Verdict == Verdict.Verified ? verification.EpochsCompared : null };
            return Regex.Replace(Text(Write(run with { Detail = run.Detail with { Run = summary, Verifications = [verification] } })), " +", " ");
        }
    }

    [Theory]
    [InlineData("mean image", "0.06747", "52.90", "205.82", "better")]
    [InlineData("PCA-20, as many latents", "0.02354", "18.45", "–", "better")]
    [InlineData("grey-level floor", "0", "0", "45.53", "")]
    public void BaselinesStandBesideTheRun(string name, string mse, string squaredError, string bce, string verdict) =>
        Assert.Matches($@"\| {name} +\| +{Regex.Escape(mse)} \| +{Regex.Escape(squaredError)} \| +{Regex.Escape(bce)} \| {verdict} *\|", Text(Write(FakeRun.Full())));

    [Fact]
    public void AnAutoencoderHasNeitherKlNorSamples()
    {
        ReportResult result = Write(FakeRun.Autoencoder());

        Assert.Empty(result.Notes);
        Assert.Equal(["report.md", "loss.svg", "reconstruction.svg", "reconstructions.svg", "latent.svg"], result.Files.Select(Path.GetFileName));
        Assert.DoesNotContain("Effective β", Text(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vae", "2", true)]
    [InlineData("vae", "3", false)]
    [InlineData("ae", "2", false)]
    public void OnlyAVaeOfTwoLatentsIsSetAgainstItsPrior(string model, string latents, bool expected)
    {
        RunData run = (model == "vae" ? FakeRun.Full() : FakeRun.Autoencoder()).With("latent_projection_variance", null);
        RunDetail detail = run.Detail with { Parameters = [.. run.Detail.Parameters.Where(p => p.Key != "model.latent_dim"), new("model.latent_dim", latents)] };
        ReportResult result = Write(run with { Detail = detail });

        Assert.Equal(expected, Text(result).Contains("holds 95 % of the prior", StringComparison.Ordinal));
        Assert.Equal(expected, File.ReadAllText(result.Files.Single(f => f.EndsWith("latent.svg", StringComparison.Ordinal))).Contains("stroke-dasharray", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(12, 4)]
    [InlineData(0, 1)]
    public void TheReportOfAnInterruptedRunSaysWhatIsMissingAndWhy(int epochsDone, int files)
    {
        ReportResult result = Write(FakeRun.Interrupted(epochsDone));

        Assert.Equal(files, result.Files.Count);
        Assert.Contains(result.Notes, note => note.Contains("latent space", StringComparison.Ordinal) && note.Contains($"{epochsDone} of 50 (interrupted)", StringComparison.Ordinal));
        Assert.Contains("**Interrupted** after", Text(result), StringComparison.Ordinal);
        Assert.All(result.Notes, note => Assert.Contains(note, Text(result), StringComparison.Ordinal));
    }

    [Fact]
    public void TheReportOfAOneEpochRunIsWhole()
    {
        ReportResult result = Write(FakeRun.Full(epochs: 1));

        Assert.Equal(8, result.Files.Count);
        Assert.Contains("<circle", File.ReadAllText(result.Files[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void LossesThatAreNotFiniteAreNamedInTheReport()
    {
        string text = Text(Write(FakeRun.NotFinite()));

        Assert.Contains("**Failed** in epoch 5: the loss is not finite in step 17, tensor decoder.0.weight.", text, StringComparison.Ordinal);
        Assert.Contains("Not finite, so not drawn: train loss in epoch 3, 4; validation loss in epoch 3, 4.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WarningsAndTaintStandAtTheTop()
    {
        RunData run = FakeRun.Full();
        RunDetail detail = run.Detail with
        {
            Run = run.Run with { TaintedReason = "the git commit changed" },
            Warnings = [new WarningRecord(2, "posterior collapse: kl is 0.1 nat"), new WarningRecord(5, "posterior collapse: kl is 0.1 nat")],
        };
        string text = Text(Write(run with { Detail = detail }));

        Assert.Contains("> [!WARNING]\n> - Tainted, something changed while it ran: the git commit changed\n> - Epochs 2 to 5, 2 times: posterior collapse", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedArtifactCostsOnlyItsFigure()
    {
        ReportResult result = Write(FakeRun.Full().With(ArtifactNames.LatentProjection, [1, 2, 3]).With(ArtifactNames.Baselines, "{"u8.ToArray()));

        Assert.Equal(7, result.Files.Count);
        Assert.Contains(result.Notes, note => note.Contains("latent space", StringComparison.Ordinal) && note.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public void TheSameRunGivesTheSameBytes()
    {
        byte[][] first = Bytes(Write(FakeRun.Full(), "a")), second = Bytes(Write(FakeRun.Full(), "b"));

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(",", ".", "−")]
    [InlineData("٫", "٬", "؜-")]
    public void TheCultureOfTheUserChangesNothing(string decimalSeparator, string groupSeparator, string minus)
    {
        byte[][] expected = Bytes(Write(FakeRun.Full(), "invariant"));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (foreign.NumberFormat.NumberDecimalSeparator, foreign.NumberFormat.NumberGroupSeparator, foreign.NumberFormat.NegativeSign) = (decimalSeparator, groupSeparator, minus);
        try
        {
            CultureInfo.CurrentCulture = foreign;
            Assert.Equal(expected, Bytes(Write(FakeRun.Full(), "foreign")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void TheTextHasLineFeedsOnlyAndNoByteOrderMark()
    {
        byte[] bytes = File.ReadAllBytes(Write(FakeRun.Full()).ReportPath);

        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal((byte)'#', bytes[0]);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.Equal(Encoding.UTF8.GetString(bytes), string.Join('\n', Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.TrimEnd())));
    }

    ReportResult Write(RunData run, string subfolder = "report") => RunReport.Write(run, Path.Combine(folder, subfolder), ChartFormat.Svg);

    static string Text(ReportResult result) => File.ReadAllText(result.ReportPath);

    static byte[][] Bytes(ReportResult result) => [.. result.Files.Select(File.ReadAllBytes)];
}
