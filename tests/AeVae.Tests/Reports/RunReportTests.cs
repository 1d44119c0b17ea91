using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AeVae.Reports;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tests.Reports.Comparisons;
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
            ["report.md", "loss.svg", "reconstruction.svg", "kl.svg", "reconstructions.svg", "samples.svg", "latent.svg", "latent_density.svg", "kl_per_dim.svg", "interpolations.svg", "traversals.svg"],
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
        Assert.Contains("**Completed.** The VAE trained 50 of 50 epochs. The run took 2 min 03 s, with ", text, StringComparison.Ordinal);
        Assert.Matches(@"\| `loss` ↓ +\| nats per image +\| +104\.20 \| +105\.70 \| +105\.70 \| +50 \| +105\.70 \|", text);
        Assert.Contains("AMD EPYC 9654", text, StringComparison.Ordinal);
        Assert.Contains("Effective β", text, StringComparison.Ordinal);
        Assert.Contains("./runner run experiments/vae-lr1e-4.yaml\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportTellsHowToGetChangedCodeBackAndWhatTaintedTheRun()
    {
        RunData run = FakeRun.Full();
        Provenance made = run.Detail.Provenance! with { GitCommit = "c0ffee", GitDirty = true, GitDiffSha256 = "d1ff" };
        Assert.Contains("git worktree add ../aevae-k3f9 c0ffee\nln -s \"$PWD/data\" ../aevae-k3f9\n# the run had changes beyond this commit\ncd ../aevae-k3f9\n", Text(Write(run with { Detail = run.Detail with { Provenance = made } })), StringComparison.Ordinal);

        RunDetail changed = run.Detail with { Provenance = made with { GitDiff = "diff" }, Run = run.Run with { TaintedReason = "while it ran, kernel_a.cs changed" } };
        string text = Text(Write(run with { Detail = changed }));
        Assert.Contains($"git worktree add ../aevae-k3f9 c0ffee\nln -s \"$PWD/data\" ../aevae-k3f9\n./runner show {FakeRun.Id} --patch | git -C ../aevae-k3f9 apply\ncd ../aevae-k3f9\n", text, StringComparison.Ordinal);
        Assert.Contains("completed, tainted: while it ran, kernel_a.cs changed", text, StringComparison.Ordinal);

        Assert.Contains("./runner run experiments/vae-lr1e-4.yaml\n", Text(Write(run with { Detail = run.Detail with { Provenance = null } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, null, "experiments/vae-lr1e-4.yaml", "as committed", "")]
    [InlineData(true, null, null, "experiments/vae-lr1e-4.yaml", "as committed, beside new files that the program is not built from", "is not known to be in that commit")]
    [InlineData(true, "d1ff", "diff --git a/sub/experiments/vae-lr1e-4.yaml b/sub/experiments/vae-lr1e-4.yaml\n", "experiments/vae-lr1e-4.yaml", "with changes that are not committed (diff SHA-256 `d1ff`)", "")]
    [InlineData(true, "d1ff", "diff --git a/src/a.cs b/src/a.cs\n", "experiments/vae-lr1e-4.yaml", "with changes that are not committed (diff SHA-256 `d1ff`)", "is not known to be in that commit")]
    [InlineData(false, null, null, "/tmp/mine.yaml", "as committed", "is not in that commit")]
    public void TheReportSaysWhereTheCommitMayNotHoldTheExperiment(bool isDirty, string? sha256, string? diff, string file, string state, string missing)
    {
        RunData run = FakeRun.Full();
        Provenance made = run.Detail.Provenance! with { GitCommit = "c0ffee", GitDirty = isDirty, GitDiffSha256 = sha256, GitDiff = diff };
        string text = Text(Write(run with { Detail = run.Detail with { Provenance = made, Experiment = run.Detail.Experiment with { File = file } } }));
        Assert.Contains($"commit `c0ffee` on main, {state} ", text, StringComparison.Ordinal);
        Assert.Contains(diff is null ? "\ngit worktree add ../aevae-k3f9 c0ffee\n" : " --patch | git -C ../aevae-k3f9 apply\n", text, StringComparison.Ordinal);
        string sentence = $"`{file}` {missing}; `./runner verify {FakeRun.Id}` needs no file: it executes the stored configuration.\n";
        Assert.Equal(missing.Length > 0, text.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(missing.Length > 0, text.Contains("that commit", StringComparison.Ordinal));
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
    public void AnAutoencoderHasNoKlAndOneOfAnOlderProgramNoSamples()
    {
        ReportResult result = Write(FakeRun.Autoencoder());

        Assert.Empty(result.Notes);
        Assert.Equal(["report.md", "loss.svg", "reconstruction.svg", "reconstructions.svg", "latent.svg", "latent_density.svg", "interpolations.svg", "traversals.svg"], result.Files.Select(Path.GetFileName));
        Assert.DoesNotContain("Effective β", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAnAutoencoderDecodesFromThePriorIsShownToo()
    {
        ReportResult result = Write(FakeRun.Autoencoder().With(ArtifactNames.Samples, FakeRun.Full().Artifact(ArtifactNames.Samples)));

        Assert.Contains("samples.svg", result.Files.Select(Path.GetFileName));
        Assert.Contains("Nothing in its training asked an AE to put its codes there.", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void TheCodesOfEveryLatentAreDrawnAgainstThePrior()
    {
        Half[,] codes = new Half[50, 8];
        for (int i = 0; i < codes.Length; i++) codes[i / 8, i % 8] = (Half)((i / 8 - 25) * 0.1 * (i % 8 + 1));
        RunData means = FakeRun.Full().With(ArtifactNames.LatentDeviations, null).With(ArtifactNames.LatentCodes, NpyArray.Write(codes)).With(ArtifactNames.TraversedLatents, "[7,1,2,3,4,5,6]"u8.ToArray());
        ReportResult result = Write(means);
        string drawn = File.ReadAllText(result.Files.Single(file => file.EndsWith("latent_density.svg", StringComparison.Ordinal)));

        Assert.Equal(6, drawn.Split("stroke-dasharray").Length - 1);   // the prior, in each panel
        Assert.Contains(">Latent 8<", drawn, StringComparison.Ordinal);
        Assert.Contains(">density<", drawn, StringComparison.Ordinal);   // no moments, which would not be those of all test images
        Assert.Contains("this run does not hold their widths σ; the aggregate posterior itself is wider", Text(result), StringComparison.Ordinal);
        Assert.Contains("over n images, but at least 0.1.", Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain("smoothed", Text(Write(means.With(ArtifactNames.LatentDeviations, NpyArray.Write(codes)))), StringComparison.Ordinal);
        Assert.Contains("the aggregate posterior, which is the mean of the posteriors N(μ, σ²), of the first 50 test images, in the 6 of 8 latents whose KL is largest, in this order", Text(Write(means.With(ArtifactNames.LatentDeviations, NpyArray.Write(codes)))), StringComparison.Ordinal);
    }

    [Fact]
    public void TheConclusionSaysWhatWasMeasuredAndNothingElse()
    {
        string text = Text(Write(FakeRun.Full()));

        // FakeRun after 50 epochs: loss 105.7, at most 1 % more from epoch 24 on; test mse_mean 0.0085 + 0.03/50 + 0.5 · 1.5/1000 = 0.00985, 0.42 · 0.02354 and 0.15 · 0.06747.
        Assert.Contains("- Training: `val.loss` is within 1 % of its lowest value, 105.70, for the first time in epoch 24 of 50; the lowest value is in the last epoch, so it may fall further.\n", text, StringComparison.Ordinal);
        Assert.Contains("- Reconstruction: the squared error of test images (`test.mse_mean`) is 0.009850 per pixel at z = μ, 0.42 times that of PCA-20, which has as many latents, and 0.15 times that of the mean image.\n", text, StringComparison.Ordinal);
        Assert.Contains("- KL divergence: the code of a test image costs 24.80 nats, an upper bound on what it tells about the image; 18 of 20 latents vary over the test images (variance of μ above 0.01).\n", text, StringComparison.Ordinal);
        Assert.Contains("Active latents at the end, on the validation images: 18 of 20.", text, StringComparison.Ordinal);
        Assert.Contains("- Codes: the ten nearest training codes tell the class of 94.9 % of the test images.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("## Conclusion", Text(Write(FakeRun.Interrupted(0))), StringComparison.Ordinal);
    }

    [Fact]
    public void ALossThatRoseAgainIsNotSaidToFall() =>
        // 104 + 60/e + e/100 is least at e = 77 (105.549); 1 % above it, 106.605, is first undercut at e = 26 (106.568; 106.65 at 25).
        Assert.Contains("is within 1 % of its lowest value, 105.55, for the first time in epoch 26 of 100.\n", Text(Write(FakeRun.Full(100))), StringComparison.Ordinal);

    [Fact]
    public void KlIsCalledABoundInBothOfItsFigures()
    {
        string text = Text(Write(FakeRun.Full()));

        Assert.Equal(2, text.Split("an upper bound on what the code tells about the image").Length - 1);
        Assert.DoesNotContain("carries", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(105.7, 105.65, 48, "**105.70** (lowest 105.65 in epoch 48)")]
    [InlineData(137.7496, 137.7452, 49, "**137.750** (lowest 137.745 in epoch 49)")]
    [InlineData(105.7000000000001, 105.7, 49, "**105.7000000000001** (lowest 105.7000000000000 in epoch 49)")]
    [InlineData(1.23456e-7, 1.23455e-7, 49, "**1.23456E-07** (lowest 1.23455E-07 in epoch 49)")]
    [InlineData(105.7, 105.7, 3, "**105.70** (lowest 105.70 first in epoch 3)")]
    [InlineData(105.7, 105.7, 50, "**105.70**, its lowest.")]
    public void TheLastLossIsToldApartFromTheLowest(double last, double best, int epoch, string expected)
    {
        RunData run = FakeRun.Full();
        MetricSummary[] metrics = [.. run.Detail.Metrics.Select(metric => metric is { Split: "validation", Name: "loss" } ? metric with { Last = last, Best = best, BestEpoch = epoch } : metric)];

        Assert.Contains(expected, Text(Write(run with { Detail = run.Detail with { Metrics = metrics } })), StringComparison.Ordinal);
    }

    [Fact]
    public void EpochsOfAWarmUpAreNotAmongTheLowest()
    {
        RunData run = FakeRun.Full();
        Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> series = new(run.Series.Value);
        MetricKey loss = new("validation", "loss");
        series[loss] = [.. series[loss].Select(point => point.Epoch == 3 ? point with { Value = 80 } : point)];
        string text = Text(Write(run with { Detail = run.Detail with { Parameters = [.. run.Detail.Parameters, new("loss.kl_warmup_epochs", "10")] }, Series = new(series) }));

        Assert.Contains("**105.70**, its lowest.", text, StringComparison.Ordinal);
        Assert.Contains("is within 1 % of its lowest value, 105.70, for the first time in epoch 24 of 50", text, StringComparison.Ordinal);
        Assert.DoesNotContain("80.00", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AValidationThatIsOlderThanTheLastEpochIsDated()
    {
        RunData run = FakeRun.Full();
        MetricSummary[] metrics = [.. run.Detail.Metrics.Select(metric => metric.Split == "validation" ? metric with { LastEpoch = 45 } : metric)];
        Assert.Contains("Train is that of epoch 50, validation that of epoch 45; test", Text(Write(run with { Detail = run.Detail with { Metrics = metrics } })), StringComparison.Ordinal);
    }

    [Fact]
    public void TheCommandIsThatOfTheProjectsRootWithTheUsualResultsAndData()
    {
        RunData run = FakeRun.Full();
        RunData Typed(params string[] words) => run with { Detail = run.Detail with { Provenance = run.Detail.Provenance! with { CommandLine = ["runner", "run", .. words] } } };
        Assert.Contains($"\n./runner run {run.Detail.Experiment.File} --threads 1\n",
            Text(Write(Typed($"../{run.Detail.Experiment.File}", "--data", "../data", "--threads", "1", "--db", "../r.db"))), StringComparison.Ordinal);
        Assert.Contains(" --data /mnt/sets\n", Text(Write(Typed(run.Detail.Experiment.File, "--data", "/mnt/sets"))), StringComparison.Ordinal);    // where alone they may be
    }

    [Fact]
    public void TheSpeedHasTheRangeOfItsEpochs() =>
        Assert.Contains("(median of the epochs, which lie between 20,001 and 20,050)", Text(Write(FakeRun.Full())), StringComparison.Ordinal);

    [Theory]
    [InlineData("20", "their radius (root of the mean squared distance from their mean) is 4.250, where draws of N(0, I) have √20 = 4.47 and the means μ of a posterior that fills it have less; their mean lies 0.12 radii from the origin; of a grid of 20 × 20 cells over the plane of their first two principal axes, 25.0 % of the cells inside their outline hold none (the 5 % of codes farthest out left aside; draws of N(0, I) leave 16 % with 1,000 codes, 0.8 % with 5,000 and 0.05 % with 10,000)")]
    [InlineData("16", "where draws of N(0, I) have √16 = 4.00 and the means μ of a posterior that fills it have less;")]
    [InlineData("2", "of a grid of 20 × 20 cells over their plane, 25.0 % of the cells")]
    public void TheConclusionSaysOfWhatItWasMeasured(string latents, string codes)
    {
        RunData run = Measured(FakeRun.Full().Set("model.latent_dim", latents));
        string text = Text(Write(run));

        Assert.Contains(codes, text, StringComparison.Ordinal);
        Assert.Contains("; the edge energy (squared differences between neighbouring pixels) of the first 200 reconstructions is 0.59 of the originals'.\n", text, StringComparison.Ordinal);
        Assert.Contains("- Samples (images decoded from N(0, I)): 75.0 % of the first 200 test images have one of 200 samples nearer than the fifth nearest of the others; the edge energy of the samples is 0.44 of the test images'.\n", text, StringComparison.Ordinal);
        Assert.Contains("lie on average 0.96 times as far from the nearest of up to 10,000 training images as the first 200 test images do; blur shortens that.\n", text, StringComparison.Ordinal);
        Assert.Contains("75.0 % of the first 1,000 test images have one of 1,000 samples", Text(Write(run.With(ArtifactNames.LatentProjection, [1]))), StringComparison.Ordinal);
    }

    [Fact]
    public void OneLatentHasNoPlaneWithGaps() => Assert.DoesNotContain("of the cells", Text(Write(Measured(FakeRun.Autoencoder().Set("model.latent_dim", "1")))), StringComparison.Ordinal);

    static RunData Measured(RunData run)
    {
        (string Name, double Value)[] metrics = [("latent_radius", 4.25), ("latent_offset", 0.12), ("latent_gaps", 0.25), ("sharpness", 0.588), ("sample_coverage", 0.75), ("sample_sharpness", 0.44), ("interpolation_distance", 0.96)];
        return run with { Detail = run.Detail with { Metrics = [.. run.Detail.Metrics, .. metrics.Select(metric => new MetricSummary("test", metric.Name, 50, metric.Value, null, null, null, null))] } };
    }

    [Fact]
    public void SimpleModelsStandInTheChartOfTheErrors()
    {
        string drawn = File.ReadAllText(Write(FakeRun.Full()).Files.Single(file => file.EndsWith("reconstruction.svg", StringComparison.Ordinal)));

        Assert.Contains(">mean image · 205.82<", drawn, StringComparison.Ordinal);
        Assert.Contains(">grey-level floor · 45.53<", drawn, StringComparison.Ordinal);
        Assert.Contains(">PCA-20 · 0.02354<", drawn, StringComparison.Ordinal);
        Assert.Contains(">validation, z = μ ", drawn, StringComparison.Ordinal);   // what simple models are to be compared with
        Assert.Contains(">↑<", drawn, StringComparison.Ordinal);   // the axis ends far below 205.82
        Assert.Contains(">↓<", drawn, StringComparison.Ordinal);
        Assert.Contains("Grey lines are simple models on the test images, which draw no noise either;", Text(Write(FakeRun.Full())), StringComparison.Ordinal);
        Assert.DoesNotContain("draw no noise", Text(Write(FakeRun.Autoencoder())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 200, "0: a very long name of …")]
    [InlineData(20, 5, "19: a")]
    [InlineData(21, 5, null)]
    public void LongNamesOfClassesAreCutAndManyClassesHaveNoColours(int classes, int length, string? shown)
    {
        string name = "a very long name of a class, which would leave a plot no room; ".PadRight(200, 'x');
        byte[] names = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, classes).Select(i => $"{i}: {name}"[..Math.Min(length, name.Length)]));
        ReportResult result = RunReport.Of(FakeRun.Full().With(ArtifactNames.ClassNames, names)).WriteMarkdown(folder, PageFormat.Svg);
        string drawn = File.ReadAllText(Path.Combine(folder, "latent.svg"));
        Assert.DoesNotContain(result.Notes, note => note.Contains("No figure", StringComparison.Ordinal));
        if (shown is null) Assert.DoesNotContain(": a", drawn, StringComparison.Ordinal);
        else Assert.Contains($">{shown}<", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void AClassThatIsAloneHasNeitherNameNorColour()
    {
        RunData full = FakeRun.Full();
        byte[] labels = [.. full.Artifact(ArtifactNames.LatentLabels)!];
        Array.Clear(labels, 128, labels.Length - 128);   // behind the header
        ReportResult result = RunReport.Of(full.With(ArtifactNames.LatentLabels, labels).With(ArtifactNames.ClassNames, """["thing"]"""u8.ToArray())).WriteMarkdown(folder, PageFormat.Svg);

        Assert.DoesNotContain(">thing<", File.ReadAllText(Path.Combine(folder, "latent.svg")), StringComparison.Ordinal);
        Assert.DoesNotContain("Each colour is a class", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunIsComparedWithAMeanImageThatIsExact()
    {
        byte[] black = Encoding.UTF8.GetBytes("""[{"name":"mean image","mse":0,"bce":0},{"name":"grey-level floor","mse":0,"bce":0}]""");
        string text = Text(Write(FakeRun.Autoencoder().With(ArtifactNames.Baselines, black)));
        Assert.Matches(@"\| mean image +\|.*\| worse +\|", text);
        Assert.Contains("PCA is not measured where an image has more than 4,096 values. The mean image is fitted to", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ColoursAreSaidToBeThreeValues()
    {
        Assert.Contains("A pixel in colours has three values, and each counts as a pixel.", Text(Write(FakeRun.Full().Set("data.channels", "rgb"))), StringComparison.Ordinal);
        Assert.DoesNotContain("A pixel in colours", Text(Write(FakeRun.Full())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test", true)]
    [InlineData("10000", false)]
    public void ValidationOnTheTestImagesIsSaid(string validation, bool isSaid) =>
        Assert.Equal(isSaid, Text(Write(FakeRun.Full().Set("data.validation", validation))).Contains("This experiment validates on the test images", StringComparison.Ordinal));

    [SkippableFact]
    public void AnimationsAreAnimatedPngAndGifWhereAsked()
    {
        Skip.IfNot(ReportFigures.CanBePngAndPdf, "libcairo.so.2 is not installed");
        RunData run = FakeRun.Full();

        ReportResult png = RunReport.Of(run).WriteMarkdown(folder, PageFormat.Png), gif = RunReport.Of(run).WriteMarkdown(folder, PageFormat.Png, AnimationFormat.Gif);
        Assert.Contains("latent_motion.png", png.Files.Select(Path.GetFileName));
        Assert.Contains("<img src=\"latent_motion.gif\"", Text(gif), StringComparison.Ordinal);
        Assert.Equal("GIF89a"u8.ToArray(), File.ReadAllBytes(Path.Combine(folder, "latent_motion.gif"))[..6]);
        Assert.False(File.Exists(Path.Combine(folder, "latent_motion.png")));   // of the report before
        Assert.Contains("src=\"data:image/gif;base64,R0lGOD", File.ReadAllText(RunReport.Of(run).WriteHtml(folder, cairo: true, AnimationFormat.Gif).ReportPath), StringComparison.Ordinal);
    }

    [Fact]
    public void TheFirstPictureOfAnAnimationIsItsLastEpoch()
    {
        Animation forming = LatentMotion.Forming(FakeRun.Full())!;
        string[] pictures = [.. forming.Frames.Select(frame =>
        {
            SvgCanvas canvas = new(forming.Width, forming.Height);
            frame.Draw(canvas);
            return Encoding.UTF8.GetString(canvas.ToBytes());
        })];

        Assert.Contains("after epoch 2<", pictures[0], StringComparison.Ordinal);
        Assert.Contains("after epoch 1<", pictures[1], StringComparison.Ordinal);
        Assert.True(forming.Frames[0].Milliseconds > forming.Frames[1].Milliseconds);
    }

    [Theory]
    [InlineData("vae", "2", "The dashed circle holds 95 % of the prior N(0, I).")]
    [InlineData("ae", "2", "The dashed circle holds 95 % of N(0, I), which an AE is not asked to fill.")]
    [InlineData("ae", "20", "The axes are not stored, so where N(0, I) lies cannot be drawn.", false)]
    [InlineData("vae", "1", null, false)]
    public void CodesInAPlaneAreSetAgainstThePrior(string model, string latents, string? expected, bool isDrawn = true)
    {
        RunData run = model == "vae" ? FakeRun.Full() : FakeRun.Autoencoder();
        run = run.With(latents == "20" ? ArtifactNames.LatentAxes : ArtifactNames.LatentProjectionVariance, null);
        RunDetail detail = run.Detail with { Parameters = [.. run.Detail.Parameters.Where(p => p.Key != "model.latent_dim"), new("model.latent_dim", latents)] };
        ReportResult result = Write(run with { Detail = detail });

        Assert.Contains(expected ?? "both axes have the same scale. Each colour", Text(result), StringComparison.Ordinal);
        Assert.Equal(isDrawn, File.ReadAllText(result.Files.Single(f => f.EndsWith("latent.svg", StringComparison.Ordinal))).Contains("stroke-dasharray", StringComparison.Ordinal));
    }

    [Fact]
    public void TheCircleStandsWhereThePriorFallsInThePlaneOfTheCodes()
    {
        // Codes with their mean at (3, 0, 4), drawn on the axes (0, 0, 1) and (0.6, 0.8, 0): the origin is 4 to the left and 1.8 below.
        float[,] axes = { { 3, 0, 4 }, { 0, 0, 1 }, { 0.6f, 0.8f, 0 } };
        RunData run = FakeRun.Full().Set("model.latent_dim", "3").With(ArtifactNames.LatentAxes, NpyArray.Write(axes));
        Circle circle = PriorCircle.Of(run)!.Value;

        Assert.Equal((-4.0, -1.8), (circle.X, Math.Round(circle.Y, 6)));
        Assert.Contains("The dashed circle holds 95 % of the prior N(0, I), seen along the same axes; its middle is the origin of latent space.", Text(Write(run)), StringComparison.Ordinal);
        Assert.Equal(new Circle(0, 0, PriorCircle.Radius), PriorCircle.Of(run.Set("model.latent_dim", "2")));

        ScatterChart chart = new("", "", "", [new(0, 0, 0)], [], circle) { HasLegend = false };
        Area area = new(0, 0, 300, chart.Height(300));
        Point left = chart.Place(area)(circle.X - circle.Radius, circle.Y), below = chart.Place(area)(circle.X, circle.Y - circle.Radius);
        Assert.InRange(left.X, 0, area.Right);   // drawn whole, though no code is there
        Assert.InRange(below.Y, 0, area.Bottom - ChartFrame.FooterHeight);
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

        Assert.Equal(11, result.Files.Count);
        Assert.Contains("<circle", File.ReadAllText(result.Files[1]), StringComparison.Ordinal);
        Assert.Contains("20,001 images/s in training (one epoch)", Text(result), StringComparison.Ordinal);
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

        Assert.Contains("> [!WARNING]\n> - Tainted: the git commit changed\n> - Epochs 2 to 5, 2 times: posterior collapse", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedArtifactCostsOnlyItsFigure()
    {
        ReportResult result = Write(FakeRun.Full().With(ArtifactNames.LatentProjection, [1, 2, 3]).With(ArtifactNames.Baselines, "{"u8.ToArray()));

        Assert.Equal(10, result.Files.Count);
        Assert.Contains("No figure of the latent space: what is stored cannot be drawn (not a .npy file of version 1.0). To get it, run the experiment again, as it stands under Reproduce.", result.Notes);
    }

    [Fact]
    public void WhatARunOfAnOlderProgramLacksIsToldInOneLineWithTheWayToGetIt()
    {
        RunData old = FakeRun.Plane();
        RunDetail detail = old.Detail with { Artifacts = [] };
        ReportResult result = Write(old with { Detail = detail, Artifact = name => Later.Contains(name) ? null : old.Artifact(name) });

        Assert.Equal(
            "No figure of the density of the codes, decoded latent plane, ways between images, traversals of single latents, forming latent space and walk through latent space: "
            + "the run does not hold what is drawn, as one of an older program may not. To get it, run the experiment again, as it stands under Reproduce.", Assert.Single(result.Notes));
        Assert.Contains(result.Notes[0], Text(result), StringComparison.Ordinal);
        Assert.Empty(Write(old).Notes);
    }

    [Theory]
    [InlineData(ArtifactNames.Baselines)]
    [InlineData(ArtifactNames.Originals)]
    public void ARunWithoutSimpleModelsSaysSo(string artifact)
    {
        ReportResult result = Write(FakeRun.Full().With(artifact, null));

        Assert.DoesNotContain("## Beside simple models", Text(result), StringComparison.Ordinal);
        Assert.Contains("No section \"Beside simple models\": the run does not hold what stands there, as one of an older program may not. To get it, run the experiment again, as it stands under Reproduce.", result.Notes);
    }

    static readonly string[] Later = [ArtifactNames.LatentCodes, ArtifactNames.Manifold, ArtifactNames.Interpolations, ArtifactNames.Traversals, ArtifactNames.Walk];

    [Fact]
    public void FiguresThatDoNotSuitARunAreNotMissed()
    {
        Assert.Empty(Write(FakeRun.Full().With(ArtifactNames.Manifold, null)).Notes);   // 20 latents have no plane
        RunData once = FakeRun.Full(epochs: 1);
        Assert.Equal(["No animation of the forming latent space: in a run of one epoch there is nothing to follow."], Write(once with { Detail = once.Detail with { Artifacts = [] } }).Notes);
    }

    [Theory]
    [InlineData(ArtifactNames.LatentCodes, "density of the codes")]
    [InlineData(ArtifactNames.LatentDeviations, "density of the codes")]
    [InlineData(ArtifactNames.Manifold, "decoded latent plane")]
    [InlineData(ArtifactNames.Interpolations, "ways between images")]
    [InlineData(ArtifactNames.Traversals, "traversals of single latents")]
    [InlineData(ArtifactNames.TraversedLatents, "traversals of single latents")]
    [InlineData("latent_frame/2", "forming latent space")]
    [InlineData(ArtifactNames.Walk, "walk through latent space")]
    [InlineData(ArtifactNames.WalkPath, "walk through latent space")]
    public void ADamagedArtifactIsToldOfEachFigure(string artifact, string figure)
    {
        byte[][] damaged = [[1, 2, 3], NpyArray.Write(new byte[1], 1, 1, 1), NpyArray.Write([], 2, 0, 0), NpyArray.Write(new byte[2], 1, 1, 1, 2), NpyArray.Write(new float[1, 1]), NpyArray.Write(new[,] { { Half.NaN } })];

        Assert.All(damaged, content => Assert.StartsWith($"No figure of the {figure}: what is stored cannot be drawn (", Assert.Single(Write(FakeRun.Plane().With(artifact, content)).Notes), StringComparison.Ordinal));
    }

    [Fact]
    public void LatentsThatAllHaveRoomStandInTheirOwnOrder()
    {
        ReportResult result = Write(FakeRun.Plane());   // whose second latent carries more
        string drawn = File.ReadAllText(result.Files.Single(file => file.EndsWith("latent_density.svg", StringComparison.Ordinal)));

        Assert.Equal(["Latent 1", "Latent 2"], Regex.Matches(drawn, ">(Latent \\d)<").Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("in this order", Text(result), StringComparison.Ordinal);
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

    ReportResult Write(RunData run, string subfolder = "report") => RunReport.Of(run).WriteMarkdown(Path.Combine(folder, subfolder), PageFormat.Svg);

    static string Text(ReportResult result) => File.ReadAllText(result.ReportPath);

    static byte[][] Bytes(ReportResult result) => [.. result.Files.Select(File.ReadAllBytes)];
}
