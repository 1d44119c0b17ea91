using System.Text.RegularExpressions;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Reports.Comparisons;

public sealed class ComparisonReportTests : IDisposable
{
    // Validation losses of FakeRun after 50 epochs are 105.7.
    static readonly RunData Vae = FakeRun.Full();
    static readonly RunData Ae = FakeRun.Autoencoder();

    readonly string folder = Directory.CreateTempSubdirectory("aevae-comparison").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void AnAeAndAVaeStandBesideEachOtherInEveryFigure()
    {
        ReportResult result = Write(Vae.Seed(1), Vae.Seed(2, 1), Ae.Seed(1));

        Assert.Equal(["report.md", "loss.svg", "reconstruction.svg", "kl.svg", "reconstructions.svg", "samples.svg", "latent.svg", "latent_density.svg", "kl_per_dim.svg"], result.Files.Select(Path.GetFileName));
        Assert.Equal(result.Files.Skip(1).Select(Path.GetFileName), Regex.Matches(Text(result), "<img src=\"([^\"]+)\"").Select(match => match.Groups[1].Value));
        string loss = File.ReadAllText(result.Files[1]);
        Assert.Contains("Loss: bce summed over pixels + β·KL", loss, StringComparison.Ordinal);   // two objectives, so two panels
        Assert.Contains("<polygon", loss, StringComparison.Ordinal);   // two seeds, so a band
        Assert.Contains("PCA-20 · 0.02354", File.ReadAllText(result.Files[2]), StringComparison.Ordinal);
        Assert.Contains("which draw no noise, whereas a VAE's curves here are of sampled z;", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void DensitiesOfTheGroupsStandAgainstThePrior()
    {
        // The VAE's posteriors have a width; the AE's codes all lie at 1 and are smoothed by the least width, to a peak of φ(0)/0.1 = 3.99.
        Half[,] codes = new Half[300, 2], widths = new Half[300, 2];
        for (int i = 0; i < codes.Length; i++) (codes[i / 2, i % 2], widths[i / 2, i % 2]) = ((Half)1, (Half)0.5);
        RunData vae = Vae.Seed(1).With(ArtifactNames.LatentCodes, NpyArray.Write(codes)).With(ArtifactNames.LatentDeviations, NpyArray.Write(widths));
        ReportResult result = Write(vae, Ae.Seed(1).With(ArtifactNames.LatentCodes, NpyArray.Write(codes)));

        Assert.Equal(["report.md", "loss.svg", "reconstruction.svg", "kl.svg", "reconstructions.svg", "samples.svg", "latent.svg", "latent_density.svg", "kl_per_dim.svg"], result.Files.Select(Path.GetFileName));
        string drawn = File.ReadAllText(result.Files.Single(file => file.EndsWith("latent_density.svg", StringComparison.Ordinal)));
        Assert.Equal(1 + 1, Regex.Count(drawn, "stroke-dasharray"));   // the prior, and its sample in the legend
        Assert.Contains(">4<", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain(">5<", drawn, StringComparison.Ordinal);   // the axis fits the curves
        Assert.Contains("each group's first seed and the first 300 test images;", Text(result), StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(drawn, ">2 latents<"));   // mean and spread of each, a panel for each group
        Assert.Contains("over n images, but at least 0.1.", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void SimpleModelsStandBelowTheResults()
    {
        string text = Text(Write([Vae.Named("wide"), Ae.Named("plain")], new ComparisonOptions { Metric = "test.mse" }));

        Assert.Matches(@"\|  +\| mean image +\| +\| +0\.06747 \| +205\.82 \| +– \|", text);
        Assert.Matches(@"\|  +\| PCA-20 +\| +\| +0\.02354 \| +– \| +– \|", text);
        Assert.Contains("Rows without a number are simple models", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SimpleModelsOfOtherImagesStandBesideNoCurve()
    {
        RunData binary = Vae.With(ArtifactNames.Baselines, """[{"name":"mean image","mse":0.0912,"bce":206.9}]"""u8.ToArray()).Set("data.binarize", "threshold").Named("binary");
        ReportResult result = Write(Vae.Named("grey"), binary);

        Assert.DoesNotContain("mean image", File.ReadAllText(result.Files[2]), StringComparison.Ordinal);
        Assert.DoesNotContain("Rows without a number are simple models", Text(result), StringComparison.Ordinal);
        Assert.Matches(@"\| mean image of mnist +\| +0\.06747 ", Text(result));
        Assert.Matches(@"\| mean image of mnist with binarize threshold +\| +0\.09120 ", Text(result));
    }

    [Fact]
    public void ManyNumbersOfLatentsHaveAllTheirPcaInTablesAndThreeInCharts()
    {
        ReportResult result = WriteSweep(["model.latent_dim"], [.. ((int[])[2, 5, 10, 20, 50]).Select(latents => Vae
            .With(ArtifactNames.Baselines, System.Text.Encoding.UTF8.GetBytes($$"""[{"name":"mean image","mse":0.06747,"bce":205.82},{"name":"PCA-{{latents}}","mse":0.0{{60 - latents}}}]"""))
            .Set("model.latent_dim", $"{latents}").Seed(1, latents).Id($"run-{latents}"))]);
        string text = Text(result), curves = Drawn("reconstruction"), effect = Drawn("parameter");

        Assert.All((int[])[2, 5, 10, 20, 50], latents => Assert.Equal(2, Regex.Count(text, $@"\| PCA-{latents} ")));   // below the results, and beside simple models
        Assert.All((int[])[2, 10, 50], latents => Assert.Contains($"PCA-{latents} ", curves, StringComparison.Ordinal));
        Assert.All((int[])[5, 20], latents => Assert.DoesNotContain($"PCA-{latents} ", curves, StringComparison.Ordinal));
        Assert.Contains("per pixel · mean image 0.06747<", effect, StringComparison.Ordinal);
        Assert.Contains(">PCA<", effect, StringComparison.Ordinal);   // a curve over the number of latents
        Assert.Contains(">test.mse, of a VAE at z = μ<", effect, StringComparison.Ordinal);
        Assert.Contains(" Simple models draw no noise, so a VAE stands beside them with its error at z = μ (`test.mse_mean`). PCA is the best linear model with as many latents, fitted to training and validation images.", text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(text, "Of 5 PCA models, those with the fewest, the middle and the most latents are shown."));
        Assert.Contains("nats per image · mean image 205.82<", Drawn("rate_distortion"), StringComparison.Ordinal);
        Assert.Contains("The mean image, fitted as \"Beside simple models\" says, needs no code,", text, StringComparison.Ordinal);

        string Drawn(string name) => File.ReadAllText(result.Files.Single(file => file.EndsWith($"{name}.svg", StringComparison.Ordinal)));
    }

    [Fact]
    public void PanelsOfOneKeyShareItsAxisAndTheColoursOfTheVariants()
    {
        // Only the VAE has a KL, and it was not trained with 8.
        RunData Of(RunData run, string variant, int batch) => run.Set("train.batch_size", $"{batch}").Summary(summary => summary with { Variant = variant }).Seed(1, batch / 1000.0).Id($"{variant}-{batch}");
        ReportResult result = WriteSweep(["train.batch_size"], [Of(Ae, "ae", 8), Of(Ae, "ae", 16), Of(Ae, "ae", 32), Of(Vae, "vae", 16), Of(Vae, "vae", 32)]);
        string drawn = File.ReadAllText(result.Files[1]), kl = drawn[drawn.IndexOf(">val.kl<", StringComparison.Ordinal)..];

        Assert.EndsWith("parameter.svg", result.Files[1], StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(drawn, ">train.batch_size<"));
        Assert.Equal(3, Regex.Count(drawn, ">8<"));
        Assert.Contains("#d55e00", kl, StringComparison.Ordinal);
        Assert.DoesNotContain("#0072b2", kl, StringComparison.Ordinal);
    }

    [Fact]
    public void ASectionThatIsSweptWholeIsOneKeyThatTellsTheGroupsApart()
    {
        RunData sgd = Vae.Set("train.optimizer.type", "sgd").Seed(1, 2).Id("sgd");
        string text = Text(WriteSweep(["train.optimizer"], [Vae.Seed(1), sgd]));

        Assert.Contains("| optimizer=adam ", text, StringComparison.Ordinal);
        Assert.Contains("| optimizer=sgd ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("`train.optimizer.type`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void APanelWhoseAxesAreNotStoredHasNoCircleAndTheCaptionSaysSo()
    {
        RunData known = Vae.With(ArtifactNames.LatentAxes, NpyArray.Write(new float[3, 20])).Seed(1);
        ReportResult both = Write(known, Ae.With(ArtifactNames.LatentAxes, null).Seed(1)), one = Write(known, Vae.With(ArtifactNames.LatentAxes, NpyArray.Write(new float[3, 20])).Seed(2));

        Assert.Equal(1, Regex.Count(File.ReadAllText(Latent(both)), "stroke-dasharray"));
        Assert.Contains("A panel without it is of a run that does not hold its axes.", Text(both), StringComparison.Ordinal);
        Assert.DoesNotContain("A panel without it", Text(one), StringComparison.Ordinal);

        static string Latent(ReportResult result) => result.Files.Single(file => file.EndsWith("latent.svg", StringComparison.Ordinal));
    }

    [Fact]
    public void TheReportSaysWhichIsBestByHowMuchAndWhatDiffers()
    {
        string text = Text(Write(Vae.Seed(1), Vae.Seed(2, 2), Vae.Set("train.batch_size", "8").Seed(1, 20)));

        Assert.Contains("3 runs in 2 groups. Best by val.loss: **batch_size=64** with 106.7 ± 1.4 nats per image (95 % interval 94 to 119, 2 seeds)", text, StringComparison.Ordinal);
        Assert.Matches(@"\|   1 \| \*\*batch_size=64\*\* \| +2 \| +106\.7 ± 1\.4 \|", text);
        Assert.Matches(@"\|   2 \| batch_size=8 +\| +1 \| +125\.70 \| +– \|", text);
        Assert.Contains("effective β", text, StringComparison.Ordinal);
        Assert.Contains("./runner compare 261121-071301-va01 261121-071302-va02", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SimpleModelsStandAmongTheGroupsByTheirError()
    {
        string text = Text(Write(Vae.Named("wide"), Ae.Named("plain")));

        // The test mse of the fake AE after 20 epochs is 0.0105 + 0.03/20 + 0.5 · (1 + 0.2)/1000 = 0.0126; at z = μ that of the VAE is 0.0085 + 0.03/50 + 0.5 · 1.5/1000 = 0.00985.
        Assert.Matches(@"grey-level floor +\| +0 \|[^\n]+\n\| \*\*wide\*\*, at z = μ +\| +0\.009850 [^\n]+\n\| \*\*plain\*\* +\| +0\.01260 [^\n]+\n\| PCA-20 +\| +0\.02354 ", text);
    }

    [Fact]
    public void ConvergenceIsTheFirstEpochWithinOnePerCentOfTheBest()
    {
        // The validation loss 104 + 60/e + e/100 is lowest in epoch 50 with 105.7; 1 % above that is 106.757, and it is below that first for e = 24 (106.74).
        Assert.Matches(@"\*\*vae-lr1e-4\*\* \| +105\.70 \| +50 \| +24 \| +50 \| +2\.4 \|", Text(Write(Vae.Seed(1))));
    }

    [Fact]
    public void SecondsPerEpochHaveTheirSpreadAndSayWhichRunsSharedTheHost()
    {
        RunData slow = Vae.Seed(2) with { Detail = Vae.Seed(2).Detail with { Epochs = [.. Vae.Detail.Epochs.Select(epoch => epoch with { Seconds = 3.4 })] } };
        RunData later = Vae.Seed(3).Summary(run => run with { StartedAt = run.FinishedAt!.Value, FinishedAt = run.FinishedAt.Value.AddMinutes(1) });

        // 2.4 and 3.4 lie 1/√2 from their mean; with the third run at 2.4 the mean is 2.733 and the deviation √(2/3 ÷ 2) = 0.577.
        Assert.Matches(@"\| +2\.73 ± 0\.58 \|", Text(Write(Vae.Seed(1), slow, later)));
        Assert.Contains("depend on the machine; 2 of 3 runs overlapped in time with another one on the same host.", Text(Write(Vae.Seed(1), slow, later)), StringComparison.Ordinal);
        Assert.Contains("depend on the machine.", Text(Write(Vae.Seed(1), later)), StringComparison.Ordinal);
    }

    [Fact]
    public void EachVariantHasItsBestValueOfTheVariedKey()
    {
        RunData Of(RunData run, string variant, int batch, double above) => run.Set("train.batch_size", $"{batch}").Summary(summary => summary with { Variant = variant }).Seed(1, above).Id($"{variant}-{batch}");
        string text = Text(WriteSweep(["train.batch_size"], [Of(Ae, "ae", 8, 1), Of(Ae, "ae", 16, 2), Of(Vae, "vae", 8, 5), Of(Vae, "vae", 16, 4)]));

        Assert.Contains("- ae: **batch_size=8**, the smallest value tried, has the lowest `val.bce` of 2 values: ", text, StringComparison.Ordinal);
        Assert.Contains("- vae: **batch_size=16**, the largest value tried, has the lowest `val.bce` of 2 values: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatARunLacksIsNamedAndTheRestIsShown()
    {
        ReportResult nothing = Write(FakeRun.Interrupted(1).Seed(1), FakeRun.NotFinite().Set("train.batch_size", "8").Seed(2));
        Assert.Contains("No figure of the reconstructions: none of the runs holds what it needs.", nothing.Notes);
        Assert.Contains(nothing.Notes, note => note.StartsWith("1 run was interrupted", StringComparison.Ordinal));
        Assert.Contains("loss.svg", nothing.Files.Select(Path.GetFileName));

    }

    [Theory]
    [InlineData(ArtifactNames.Reconstructions, "reconstructions", "reconstructions")]
    [InlineData(ArtifactNames.Originals, "reconstructions", "reconstructions")]
    [InlineData(ArtifactNames.Samples, "samples", "samples")]
    [InlineData(ArtifactNames.LatentProjection, "latent", "codes")]
    [InlineData(ArtifactNames.LatentCodes, "latent_density", "codes")]
    [InlineData(ArtifactNames.KlPerDim, "kl_per_dim", "KL of each latent")]
    public void ARunThatLacksAnArtifactOrHasADamagedOneCostsAFigureOnlyItself(string artifact, string figure, string what)
    {
        RunData part = Vae.Set("train.batch_size", "8").Named("part");
        ReportResult lacking = Write(Vae.Named("whole"), part.With(artifact, null)), damaged = Write(Vae.Named("whole"), part.With(artifact, [1, 2, 3]));

        Assert.Contains($" Without {what}: part (none stored).", Caption(lacking, figure), StringComparison.Ordinal);
        Assert.Contains($" Without {what}: part (what is stored cannot be drawn: not a .npy file of version 1.0).", Caption(damaged, figure), StringComparison.Ordinal);
        Assert.All([lacking, damaged], result =>
        {
            string drawn = Svg(result, figure);
            Assert.Contains("whole", drawn, StringComparison.Ordinal);
            Assert.DoesNotContain("part", drawn, StringComparison.Ordinal);
            Assert.Empty(result.Notes);
            Assert.Equal(1, Text(result).Split(" Without ").Length - 1);
        });
        Assert.Contains(Write(part.With(artifact, [1, 2, 3])).Notes, note => note.StartsWith("No figure of the ", StringComparison.Ordinal) && note.EndsWith("what is stored cannot be drawn (part: not a .npy file of version 1.0).", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ArtifactNames.Reconstructions, "reconstructions", "reconstructions")]
    [InlineData(ArtifactNames.LatentProjection, "latent", "codes")]
    [InlineData(ArtifactNames.KlPerDim, "kl_per_dim", "KL of each latent")]
    public void WhereTheFirstSeedLacksAnArtifactTheNextStandsForIt(string artifact, string figure, string what)
    {
        RunData part = Vae.Set("train.batch_size", "8");
        ReportResult lacking = Write(Vae.Seed(0), part.Seed(0).Id("a").With(artifact, null), part.Seed(1).Id("b").With(artifact, [1]), part.Seed(2).Id("c"));

        Assert.Contains($" Where the first seed holds no {what} that can be drawn, a later one stands for it: seed 2 of batch_size=8.", Caption(lacking, figure), StringComparison.Ordinal);
        Assert.DoesNotContain(" Without ", Text(lacking), StringComparison.Ordinal);
        Assert.Contains("batch_size=8", Svg(lacking, figure), StringComparison.Ordinal);
    }

    [Fact]
    public void SimpleModelsAreThoseOfAnySeedAndMissedWhereNoneHasThem()
    {
        RunData without = Vae.With(ArtifactNames.Baselines, null);
        ReportResult one = Write(without.Seed(0), Vae.Seed(1)), none = Write(without.Seed(0), without.Seed(1).Set("train.batch_size", "8")), few = Write(Vae.Named("many"), without.Set("model.latent_dim", "2").Named("few"));

        Assert.Matches(@"\| PCA-20 ", Text(one));
        Assert.Empty(one.Notes);
        Assert.DoesNotContain("## Beside simple models", Text(none), StringComparison.Ordinal);
        Assert.Contains("No simple models stand beside the runs: none of them holds any that can be read.", none.Notes);
        Assert.Contains("No simple models with as many latents stand beside the runs with latent_dim 2: none of these holds any that can be read.", few.Notes);
    }

    [Fact]
    public void SimpleModelsAreTheSameHoweverManyOfTheirImagesAreForValidation()
    {
        RunData less = Vae.Set("data.validation", "1000").With(ArtifactNames.Baselines, """[{"name":"mean image","mse":0.0675,"bce":205.9}]"""u8.ToArray()).Named("less");

        Assert.Empty(Write(Vae.Named("more"), less).Notes.Skip(1));   // the first is of the validation images
        Assert.Contains(Write(Vae.Named("more"), less.Set("data.train_limit", "2000")).Notes, note => note.StartsWith("mean image stands beside no run: fitted to the images that each run was trained and validated on, which are not the same", StringComparison.Ordinal));
    }

    [Fact]
    public void ValuesOnDifferentValidationImagesAreNotJoinedByALine()
    {
        RunData[] runs = [Vae.Set("data.validation", "1000").Seed(1).Id("run-a"), Vae.Set("data.validation", "2000").Seed(1).Id("run-b")];

        string effect = Svg(WriteSweep(["data.validation"], runs), "parameter");
        Assert.DoesNotContain(">val.", effect, StringComparison.Ordinal);
        Assert.Contains(">test.mse, of a VAE at z = μ<", effect, StringComparison.Ordinal);     // the test images are the same
    }

    [Fact]
    public void WhatHasNoValueOfTheKeyStandsApartAndIsJoinedToNothing()
    {
        RunData[] runs = [.. ((string?[])["0.1", "4", "1", null]).Select((weight, i) => (weight is null ? Ae : Vae.Set("loss.kl_weight", weight)).Seed(1, i).Id($"run-{i}"))];
        ReportResult result = Write(runs, new ComparisonOptions { GroupBy = ["loss.kl_weight"] });
        string effect = Svg(result, "parameter");

        // Ticks from left to right, of the first panel.
        Assert.Matches(@"(?s)>–<.*>0\.1<.*>1<.*>4<.*>loss\.kl_weight \(log scale\)<", effect[..effect.IndexOf("log scale)<", StringComparison.Ordinal)] + "log scale)<");
        Assert.Contains(">no kl_weight<", effect, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAVariantLacksIsSaidWhereItsLineWouldHaveTheNameOfAnother()
    {
        RunData[] runs = [.. Enumerable.Range(0, 8).Select(k => (k < 2 ? Ae : Vae.Set("loss.kl_weight", $"{k / 2}")).Set("train.learning_rate", $"0.00{1 + k % 2}").Seed(1, k).Id($"run-{k}"))];
        string effect = Svg(Write(runs, new ComparisonOptions { GroupBy = ["loss.kl_weight", "train.learning_rate"] }), "parameter");

        Assert.Contains(">learning_rate=0.001<", effect, StringComparison.Ordinal);
        Assert.Contains(">learning_rate=0.001, no kl_weight<", effect, StringComparison.Ordinal);
    }

    [Fact]
    public void PcaStandsBesideAnAeThatIsRankedByTheErrorItself()
    {
        RunData[] runs = [.. ((int[])[2, 5, 10]).Select(latents => Ae.With(ArtifactNames.Baselines, System.Text.Encoding.UTF8.GetBytes($$"""[{"name":"PCA-{{latents}}","mse":0.0{{60 - latents}}}]"""))
            .Set("model.latent_dim", $"{latents}").Seed(1, latents).Id($"run-{latents}"))];

        Assert.Contains(">PCA<", Svg(Write(runs, new ComparisonOptions { GroupBy = ["model.latent_dim"], Metric = "test.mse" }), "parameter"), StringComparison.Ordinal);
    }

    [Fact]
    public void OfALongSectionLabelsHaveTheTypeAndTheResultsTheWhole()
    {
        const string Sgd = "{type: sgd, momentum: 0.9, nesterov: true}";
        string text = Text(WriteSweep(["model.encoder", "train.optimizer"], [.. ((string[])["adam", Sgd]).SelectMany((optimizer, k) => ((string[])["[400]", "[800]"]).Select((encoder, i) => Vae.Set("model.encoder", encoder).Set("train.optimizer", optimizer).Seed(1, 2 * k + i).Id($"run-{k}{i}")))]));

        Assert.Contains("| encoder=\\[400\\], optimizer=sgd ", text, StringComparison.Ordinal);
        Assert.Contains($"| {Sgd} |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereLabelsAreNamesTheConclusionTellsTheirValues()
    {
        string[] keys = ["train.learning_rate", "train.batch_size", "loss.kl_weight"], variants = ["with-a-name-that-is-rather-long", "and-another-of-the-same-length-"];
        string text = Text(WriteSweep(keys, [.. Enumerable.Range(0, 8).Select(k => Vae.Set(keys[0], $"0.00{1 + k % 2}").Set(keys[1], $"{64 << (k / 2 % 2)}").Set(keys[2], "1").Summary(run => run with { Variant = variants[k / 4], Name = $"swept-{k}" }).Seed(1, k).Id($"run-{k}"))]));

        Assert.Contains("- **swept-0** (learning_rate=0.001, batch_size=64) has the lowest", text, StringComparison.Ordinal);
        Assert.Contains(" swept-1 (learning_rate=0.002, batch_size=64) follows", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelsThatWouldBeTooLongAreTheValuesAlone()
    {
        string[] keys = ["train.learning_rate", "train.batch_size", "loss.kl_weight"];
        ReportResult result = WriteSweep(keys, [.. Enumerable.Range(0, 8).Select(k => Vae.Set(keys[0], $"0.00{1 + k % 2}").Set(keys[1], $"{64 << (k / 2 % 2)}").Set(keys[2], $"{1 + k / 4}").Seed(1, k).Id($"run-{k}"))]);

        Assert.Contains("Groups are called by their values of learning_rate, batch_size, kl_weight, in this order.", result.Notes);
        Assert.Contains("**0.001, 64, 1**", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void HowManyOthersTheBestIsNotToldApartFromIsSaid()
    {
        RunData Of(int rate, ulong seed, double loss) => Vae.Set("train.learning_rate", $"0.00{rate}").Seed(seed, loss).Id($"run-{rate}-{seed}");
        ReportResult result = WriteSweep(["train.learning_rate"], [Of(1, 1, 1), Of(1, 2, 2), Of(2, 1, 2), Of(2, 2, 1.5), Of(3, 1, 4), Of(3, 2, 1), Of(4, 1, 90), Of(4, 2, 91)]);

        Assert.Contains(": the two are not told apart. Nor is learning_rate=0.001 told apart from 1 of the 2 others.", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatEffectiveBetaPresupposesOfASquaredErrorIsSaid()
    {
        const string Presupposed = "log-likelihood in nats per image, for mse that of a Gaussian with variance 1 for each pixel";

        Assert.Contains(Presupposed, Text(Write(Vae.Named("bce"), Vae.Set("loss.reconstruction", "mse").Named("mse"))), StringComparison.Ordinal);
        Assert.DoesNotContain("Gaussian with variance 1", Text(Write(Vae.Seed(1), Vae.Seed(2))), StringComparison.Ordinal);
        Assert.Contains(Presupposed, SettingsTable.Write(Vae.Set("loss.reconstruction", "mse")), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunOfOneEpochIsADotBesideLongerCurves()
    {
        string loss = Svg(Write(Vae.Named("long"), FakeRun.Full(epochs: 1).Named("once")), "loss");

        Assert.Contains("<circle", loss, StringComparison.Ordinal);
        Assert.Contains("solid: training, dashed: validation; of one epoch filled and hollow", loss, StringComparison.Ordinal);
        Assert.DoesNotContain("<circle", Svg(Write(Vae.Named("long")), "loss"), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAeIsNotMissedAmongTheKlOfEachLatent() => Assert.DoesNotContain("Without", Caption(Write(Vae.Named("vae"), Ae.Named("ae")), "kl_per_dim"), StringComparison.Ordinal);

    [Fact]
    public void RunsOfDifferentDataSetsAreShownWithTheirOwnImagesAndClasses()
    {
        RunData other = Vae.Set("data.dataset", "fashion-mnist").With(ArtifactNames.Originals, Vae.Artifact(ArtifactNames.Reconstructions)![..^1].Append((byte)7).ToArray())
            .With(ArtifactNames.ClassNames, """["shirt","b","c","d","e","f","g","h","i","j"]"""u8.ToArray()).Named("fash");
        ReportResult result = Write(Vae.Named("mnis"), other);

        Assert.DoesNotContain("he same images", Text(result), StringComparison.Ordinal);
        Assert.Contains("## Test images, reconstructed\n", Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain("he same images", Svg(result, "reconstructions"), StringComparison.Ordinal);
        Assert.Contains("of each group's own test images", Caption(result, "latent"), StringComparison.Ordinal);
        Assert.Equal(["0", "shirt"], ((string[])["0", "shirt"]).Where(name => Svg(result, "latent").Contains($">{name}<", StringComparison.Ordinal)));
        Assert.Contains("## The same images, reconstructed\n", Text(Write(Vae.Named("one"), Ae.Named("two"))), StringComparison.Ordinal);
    }

    [Fact]
    public void RunsOfDifferentDataSetsAreNeitherRankedNorConcludedAcrossNorDrawnOnOneAxis()
    {
        RunData[] runs = [Vae.Named("mnis"), Vae.Set("data.dataset", "synthetic").Seed(42, -60).Named("synt"), Vae.Set("model.latent_dim", "2").Seed(42, 1).Named("plan")];
        ReportResult result = Write(runs);
        string text = Text(result), results = text[text.IndexOf("## Results", StringComparison.Ordinal)..];

        Assert.DoesNotContain("Best by", text, StringComparison.Ordinal);
        Assert.DoesNotContain("best first", text, StringComparison.Ordinal);
        Assert.DoesNotContain("| # |", text.Replace("  ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches(@"\| mnis +\| mnist +\|[^\n]*\n\| plan +\| mnist +\|[^\n]*\n\| synt +\| synthetic +\|", results);
        Assert.Contains("After the last epoch, by data set and there by rising value.", text, StringComparison.Ordinal);
        Assert.Contains("- On mnist: **mnis** has the lowest `val.loss` of 2 groups: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("of 3 groups", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(synt)", text, StringComparison.Ordinal);
        Assert.Contains("No figure of the rate and distortion: different data sets would stand on one axis.", result.Notes);
        Assert.DoesNotContain("rate_distortion.svg", result.Files.Select(Path.GetFileName));
        Assert.Contains("rate_distortion.svg", Write(runs[0], runs[2]).Files.Select(Path.GetFileName));
        Assert.All((string[])["loss", "reconstruction", "kl"], figure => Assert.All((string[])[", mnist<", ", synthetic<"], dataSet => Assert.Contains(dataSet, Svg(result, figure), StringComparison.Ordinal)));
        Assert.Contains("Simple models are other ones for each data set", Caption(result, "reconstruction"), StringComparison.Ordinal);
        Assert.All((string[])["mnist", "synthetic"], dataSet => Assert.Matches($@"on the test images of {dataSet} [^#]*mean image of {dataSet} ", text));
    }

    [Fact]
    public void ADataSetOfWhichNoRunHasAnEpochKeepsItsPlaceInTheResults()
    {
        string text = Text(Write(Vae.Named("mnis"), FakeRun.Interrupted(0).Set("data.dataset", "synthetic").Named("synt")));

        Assert.Matches(@"\| synt +\| synthetic +\|", text);
        Assert.Matches(@"\| mean image +\| +\|", text);
    }

    [Fact]
    public void PanelsOfTheLatentSpaceNameTheirAxesAndWhatWasMeasured()
    {
        string drawn = Svg(Write(Vae.Named("many"), FakeRun.Plane().Named("plan")), "latent");

        Assert.Contains(">principal axis 1 (14.2 %) →<", drawn, StringComparison.Ordinal);
        Assert.Contains(">↑ principal axis 2 (11.7 %)<", drawn, StringComparison.Ordinal);
        Assert.Contains(">latent 1 →<", drawn, StringComparison.Ordinal);
        Assert.Contains(">↑ latent 2<", drawn, StringComparison.Ordinal);
        Assert.Contains(">10-NN 0.95<", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void NoRunWithAnEpochGivesTablesAlone()
    {
        ReportResult result = Write(FakeRun.Interrupted(0).Seed(1), FakeRun.Interrupted(0).Seed(2));

        Assert.Equal("report.md", Path.GetFileName(Assert.Single(result.Files)));
        Assert.Contains("No figures: no run has trained an epoch.", result.Notes);
    }

    [Fact]
    public void AVariedKeyIsAnAxisAndOthersAreLines()
    {
        ReportResult one = WriteSweep(["train.learning_rate"], [.. Enumerable.Range(0, 3).Select(i => Vae.Set("train.learning_rate", $"1e-{4 - i}").Seed(1, i).Id($"run-{i}"))]);
        Assert.Contains("train.learning_rate (log scale)", File.ReadAllText(one.Files[1]), StringComparison.Ordinal);
        Assert.DoesNotContain("Which key matters", Text(one), StringComparison.Ordinal);

        // Errors are 10 · i + j: between the levels of i lie 100 · 2/3 of the variance per run, between those of j 2/3, and nothing else.
        RunData[] grid = [.. Enumerable.Range(0, 9).Select(k => Vae.Set("train.learning_rate", $"0.00{k / 3 + 1}").Set("train.batch_size", $"{8 << k % 3}").Seed(1, 10 * (k / 3) + k % 3).Id($"run-{k}"))];
        ReportResult several = WriteSweep(["train.learning_rate", "train.batch_size"], grid);
        Assert.DoesNotContain("parallel.svg", several.Files.Select(Path.GetFileName));
        Assert.StartsWith("Means over seeds after the last epoch, by `train.learning_rate`, a line for each value of `train.batch_size`.", Caption(several, "parameter"), StringComparison.Ordinal);
        Assert.Contains("\n## Effect of learning_rate and batch_size\n", Text(several), StringComparison.Ordinal);
        string effect = Svg(several, "parameter");
        int[] legend = [.. Enumerable.Range(0, 3).Select(i => effect.IndexOf($">batch_size={8 << i}<", StringComparison.Ordinal))];
        Assert.True(legend[0] > 0 && legend.SequenceEqual(legend.Order()), string.Join(", ", legend));
        Assert.Matches(@"`train\.learning_rate` \| +3 \| +99\.0 % \| +25\.0 % \| 0\.001 ", Text(several));
        Assert.Matches(@"`train\.batch_size` +\| +3 \| +1\.0 % \| +25\.0 % \| 8 ", Text(several));
        Assert.Contains("Interactions and chance explain the rest.", Text(several), StringComparison.Ordinal);
        Assert.Contains("so that shares overlap:", Text(WriteSweep(["train.learning_rate", "train.batch_size"], [.. grid, grid[8].Seed(2).Id("more")])), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNoKeyExplainsAloneIsToldByItsSize()
    {
        // Errors are 10·a + 4·a·b + seed: of the total sum of squares, 306, the cells hold 304, a 288 and b 8 of these.
        RunData[] grid = [.. Enumerable.Range(0, 8).Select(k => Vae.Set("train.learning_rate", $"0.00{1 + k / 4}").Set("train.batch_size", $"{8 << k / 2 % 2}").Seed((ulong)(k % 2), 10 * (k / 4) + 4 * (k / 4) * (k / 2 % 2) + k % 2).Id($"run-{k}"))];

        Assert.Contains(" Of the rest, 2.6 % is what keys do together (interactions), 0.7 % is what seeds of one group differ in. ", Text(WriteSweep(["train.learning_rate", "train.batch_size"], grid)), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFormLinesIsDrawnInParallel()
    {
        RunData[] draws = [.. Enumerable.Range(0, 9).Select(k => Vae.Set("train.learning_rate", $"0.00{k + 1}").Set("train.batch_size", $"{8 << k}").Seed(1, 10 * (k / 3) + k % 3).Id($"run-{k}"))];
        ReportResult result = WriteSweep(["train.learning_rate", "train.batch_size"], draws);

        Assert.DoesNotContain("parameter.svg", result.Files.Select(Path.GetFileName));
        Assert.Contains(">lower is better<", Svg(result, "parallel"), StringComparison.Ordinal);
        Assert.Contains(" Logarithmic: `batch_size`.", Text(result), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDidNotCompleteHasNoPlaceThoughItReachedMore()
    {
        // Losses: 105.7 + 50 of the completed one; 103 + 60/3 + 1.03 = 124.03 after the third epoch of the other.
        string text = Text(Write(Vae.Seed(1, above: 50), FakeRun.Interrupted(3).Set("model.encoder", "[800]").Seed(1).Id("stopped")));

        Assert.Contains("Best of the completed by val.loss: **encoder=\\[400\\]** with 155.70 ", text, StringComparison.Ordinal);
        Assert.Matches(@"\|   1 \| \*\*encoder=\\\[400\\\]\*\* +\| +1 \| +155\.70 ", text);
        Assert.Matches(@"\|   – \| encoder=\\\[800\\\] +\| 1, interrupted after epoch 3 \| +124\.03 ", text);
    }

    [Fact]
    public void WherePrunedRunsStandBesideCompletedOnesTheCaptionsSaySo()
    {
        RunData Point(int k, RunData run) => run.Set("train.learning_rate", $"0.00{k / 2 + 1}").Set("train.batch_size", $"{8 << k % 2}").Seed(1, k).Id($"run-{k}");
        RunData pruned = FakeRun.Interrupted(3);
        ReportResult result = WriteSweep(["train.learning_rate", "train.batch_size"], [.. Enumerable.Range(0, 4).Select(k => Point(k, Vae)), Point(4, pruned.Summary(run => run with { Status = RunStatus.Pruned }))]);

        Assert.Contains("\nAfter the last epoch of each run, which is from 3 to 50, best first; groups without a completed run stand below, without a place.", Text(result), StringComparison.Ordinal);
        Assert.Contains("over 4 completed runs, ", Text(result), StringComparison.Ordinal);
        Assert.Contains(" Left out: 1 pruned run. ", Text(result), StringComparison.Ordinal);
        Assert.Contains("**Runs were pruned for what they had reached", Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain("of each run", Text(Write(Vae.Seed(1), Vae.Seed(2, 1))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "--set", "sweep.seeds=[1]", "-j", "2" }, " --set 'sweep.seeds=[1]'")]
    [InlineData(new[] { "--seed", "7" }, " --set seed=7")]
    [InlineData(new[] { "--name", "it's mine", "--set", "train.epochs=2" }, " --set 'name=it'\\''s mine' --set train.epochs=2")]
    [InlineData(new[] { "--threads", "2" }, "")]
    public void TheCommandThatMakesASweepAgainHasItsOverrides(string[] options, string again) => Assert.Contains($"./runner sweep experiments/swept.yaml{again}\n",
        Text(WriteSweep(["train.batch_size"], [Vae.Seed(1), Vae.Set("train.batch_size", "8").Seed(1).Id("run-8")], options)), StringComparison.Ordinal);

    [Fact]
    public void ASweepIsMadeAgainWithTheProgramOfItsRuns()
    {
        RunData Made(int batch, string? commit)
        {
            RunData run = Vae.Set("train.batch_size", $"{batch}").Seed(1).Id($"run-{batch}");
            return run with { Detail = run.Detail with { Provenance = run.Detail.Provenance! with { GitCommit = commit } } };
        }

        string Again(string? first, string? second) => Text(WriteSweep(["train.batch_size"], [Made(8, first), Made(16, second)]));

        Assert.Matches("```sh\ngit worktree add (\\.\\./aevae-....) c0ffee\nln -s \"\\$PWD/data\" \\1\ncd \\1\n./runner sweep experiments/swept\\.yaml\n```\n\ntrains every trial again, to the same bits\\.\n", Again("c0ffee", "c0ffee"));
        Assert.Contains("```sh\n./runner sweep experiments/swept.yaml\n```\n\ntrains every trial again. The runs were made by 2 versions of the program:", Again("c0ffee", "decaf"), StringComparison.Ordinal);
        Assert.Contains("with the program that made them to the same bits; its commit is not stored.", Again(null, null), StringComparison.Ordinal);
    }

    [Fact]
    public void ASentenceBelowATableHasNoLineBreak()
    {
        RunData run = Vae with { Detail = Vae.Detail with { Metrics = [.. Vae.Detail.Metrics, new MetricSummary("test", "latent_gaps", 50, 0.1, 50, 0.1, 0.1, 0.1)] } };

        Assert.Contains("outline of the codes that no code falls into, in the plane", Text(Write(run.Named("one"), Ae.Named("two"))), StringComparison.Ordinal);
    }

    [Fact]
    public void AHundredRunsShowTheBestTwelveAndSaySo()
    {
        ReportResult result = WriteSweep(["train.batch_size"], [.. Enumerable.Range(1, 100).Select(k => Vae.Set("train.batch_size", $"{k}").Seed(1, k).Id($"run-{k:000}"))]);

        Assert.Contains("The best 12 of 100 groups by val.loss are shown.", Text(result), StringComparison.Ordinal);
        Assert.Equal(12, Regex.Count(File.ReadAllText(result.Files.Single(file => file.EndsWith("loss.svg", StringComparison.Ordinal))), ">batch_size="));
    }

    [Fact]
    public void FiguresFollowTheVariantAndTheValueNotTheRank()
    {
        // The larger the worse, so that ranks run against values; 16 comes after 8 though its text does not.
        RunData Of(RunData run, string variant, int batch, double above) => run.Set("train.batch_size", $"{batch}").Summary(summary => summary with { Variant = variant }).Seed(1, above).Id($"{variant}-{batch}");
        ReportResult result = WriteSweep(["train.batch_size"], [Of(Vae, "vae", 16, 1), Of(Ae, "ae", 32, 5), Of(Vae, "vae", 8, 2), Of(Ae, "ae", 8, 9), Of(Ae, "ae", 16, 7)]);
        string codes = File.ReadAllText(result.Files.Single(file => file.EndsWith("latent.svg", StringComparison.Ordinal)));

        Assert.Equal(["ae, batch_size=8", "ae, batch_size=16", "ae, batch_size=32", "vae, batch_size=8", "vae, batch_size=16"], Regex.Matches(codes, ">(a?e?v?ae, batch_size=[0-9]+)<").Select(match => match.Groups[1].Value));
        string[] shades = [.. Regex.Matches(File.ReadAllText(result.Files.Single(file => file.EndsWith("kl.svg", StringComparison.Ordinal))), "stroke=\"(#[0-9a-f]{6})\" stroke-width=\"2").Select(match => match.Groups[1].Value).Distinct()];
        Assert.Equal(2, shades.Length);   // of the VAE, one lighter and one darker than the hue of the second variant
        Assert.DoesNotContain("#d55e00", shades);
    }

    [Fact]
    public void CodesThatReachAboutAsFarShareAScale()
    {
        RunData far = Ae.With(ArtifactNames.LatentProjection, NpyArray.Write(Spread(20))), near = Vae.With(ArtifactNames.LatentProjection, NpyArray.Write(Spread(2)));
        string wide = Latent(Write(far, near)), equal = Latent(Write(far, near.With(ArtifactNames.LatentProjection, NpyArray.Write(Spread(19)))));

        Assert.Equal(2, Regex.Count(equal, ">20<") / 2);   // both axes of both panels
        Assert.Equal(1, Regex.Count(wide, ">20<") / 2);
        Assert.Matches(@">[^<]+ \(× 8\.1\)<", wide);   // the near one, so many times as large: 20 to the 2.4477 of the prior
        Assert.DoesNotContain("(×", equal, StringComparison.Ordinal);
        // 7 and 6 are alike though the one is more than a third of 20 and the other less.
        ReportResult four = Write([.. new[] { 20f, 7, 6, 2 }.Select((reach, i) => Ae.With(ArtifactNames.LatentProjection, NpyArray.Write(Spread(reach))).Set("train.batch_size", $"{i + 1}").Named($"{i}-{reach}"))]);
        Assert.Equal(["0-20", "1-7 (× 2.8)", "2-6 (× 2.8)", "3-2 (× 8.1)"], Regex.Matches(Latent(four), @">(\d-\d[^<]*)<").Select(title => title.Groups[1].Value));
        Assert.Equal(2, Regex.Count(Svg(four, "latent_density"), @"> *\d-\d \(× 2\.8\)<"));

        static string Latent(ReportResult result) => File.ReadAllText(result.Files.Single(file => file.EndsWith("latent.svg", StringComparison.Ordinal)));

        static float[,] Spread(float reach)
        {
            float[,] codes = new float[200, 2];
            for (int i = 0; i < 200; i++) (codes[i, 0], codes[i, 1]) = (reach * (i - 100) / 100, reach * (i % 20 - 10) / 10);
            return codes;
        }
    }

    [Fact]
    public void WhatAllRunsHaveInCommonAndWhatMetricsMeanStandsAtTheEnd()
    {
        string text = Text(WriteSweep(["train.batch_size"], [Vae.Set("train.batch_size", "8").Id("run-8"), Vae.Set("train.batch_size", "16").Id("run-16")]));
        string common = text[text.IndexOf("## What all have in common", StringComparison.Ordinal)..];

        Assert.Matches(@"\| `model\.latent_dim` +\| `20`", common);
        Assert.DoesNotContain("`train.batch_size`", common[..common.IndexOf("</details>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Matches(@"\| arithmetic +\| numeric contract NC-1 ", common);
        Assert.DoesNotContain("`eval.", common, StringComparison.Ordinal);
        Assert.Contains("- `kl` (mean over images): What kl means.", common, StringComparison.Ordinal);
        Assert.Contains("./runner sweep experiments/swept.yaml", common, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameRunsGiveTheSameFiles()
    {
        ReportResult first = Write(Vae.Seed(1), Ae.Seed(1)), second = Write(Vae.Seed(1), Ae.Seed(1));

        Assert.Equal(first.Files.Select(File.ReadAllBytes), second.Files.Select(File.ReadAllBytes));
    }

    [Fact]
    public void ThatTheBestEpochIsTestedStandsInCaptionsAndSettings()
    {
        ReportResult result = Write(Vae.Tested(40).Seed(1), Wide().Tested(30).Seed(1));
        string text = Text(result);

        Assert.Contains("\nAfter the best epoch of each run (by val.mse), best first.", text, StringComparison.Ordinal);
        Assert.Matches(@"\| `eval\.weights` +\| `best`", text);
        Assert.Matches(@"\| `checkpoint\.best` +\| `val\.mse`", text);
        Assert.Contains("where its line ends, whereas tables tell that of the epoch whose weights are tested.", Caption(result, "loss"), StringComparison.Ordinal);

        static RunData Wide() => Vae.Set("model.encoder", "[800]");
    }

    [Theory]
    [InlineData(0.4, "1, of which 0.1 was reached")]
    [InlineData(4, "1")]
    public void WhatAnUnfinishedWarmUpReachedOfBetaIsTold(double weight, string beta)
    {
        // The effective β of FakeRun is 1.
        RunData warm = Vae.Set("loss.kl_weight", "4").Trained("kl_weight", weight);

        Assert.EndsWith($" {beta} |", ComparisonTables.Results(ComparedRuns.Of([warm.Named("warm"), Vae.Named("plain")], new ComparisonOptions())).Split('\n').Single(line => line.Contains("warm", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"nats per image: **{beta}**. ", SettingsTable.Write(warm), StringComparison.Ordinal);
    }

    [Fact]
    public void WhereALineEndsBeforeTheLastRunOfItsGroupTheCaptionSaysSo()
    {
        RunData longer = FakeRun.Full(60).Set("train.epochs", "50"), wide = Vae.Set("model.encoder", "[800]");

        Assert.Contains("tables have other numbers of encoder=\\[400\\], whose runs ended in different epochs.", Caption(Write(Vae.Seed(1), longer.Seed(2), wide.Seed(1).Id("a"), wide.Seed(2).Id("b")), "loss"), StringComparison.Ordinal);
        Assert.DoesNotContain("different epochs", Caption(Write(Vae.Seed(1), Vae.Seed(2), longer.Set("model.encoder", "[800]").Seed(1).Id("a")), "loss"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheEndOfAWarmUpIsMarkedWhereThereIsOne()
    {
        RunData Warm(int epochs) => Vae.Set("loss.kl_warmup_epochs", $"{epochs}").Named($"warm{epochs}");
        ReportResult one = Write(Warm(10), Vae.Named("plain")), two = Write(Warm(10), Warm(20));

        Assert.Equal(["loss", "kl"], ((string[])["loss", "kl", "reconstruction"]).Where(figure => Svg(one, figure).Contains(">KL warm-up ends<", StringComparison.Ordinal)));
        Assert.DoesNotContain(">KL warm-up ends<", Svg(two, "kl"), StringComparison.Ordinal);
    }

    ReportResult Write(params RunData[] runs) => Write(runs, new ComparisonOptions());

    ReportResult Write(RunData[] runs, ComparisonOptions options) => ComparisonReport.Of(ComparedRuns.Of(runs, options)).WriteMarkdown(Directory.CreateDirectory(Path.Combine(folder, $"{Directory.GetDirectories(folder).Length}")).FullName, PageFormat.Svg);

    ReportResult WriteSweep(string[] keys, RunData[] runs, params string[] options) => Write(runs, new ComparisonOptions
    {
        Sweep = new SweepDetail
        {
            Sweep = new SweepSummary { Id = "261121-080000-swee", Name = "swept", File = "experiments/swept.yaml", Method = "grid", Metric = "val.loss", CreatedAt = runs[0].Run.StartedAt, Trials = runs.Length, Done = runs.Length },
            YamlText = "",
            Outline = new SweepOutline { Variants = [], Parameters = keys, Seeds = [1] },
            CommandLine = ["runner", "sweep", "experiments/swept.yaml", .. options],
            Claims = [],
            Trials = [.. runs.Select((run, i) => new FrozenTrial
            {
                Number = i + 1,
                Variant = run.Run.Variant,
                Name = $"swept-{i + 1}",
                Seed = 1,
                Parameters = [.. keys.Select(key => KeyValuePair.Create(key, run.Parameter(key) ?? run.Parameter($"{key}.type")!))],
                ConfigJson = "{}",
                ConfigSha256 = "",
                RunId = run.Run.Id,
                Status = RunStatus.Completed,
            })],
        },
    });

    static string Svg(ReportResult result, string figure) => File.ReadAllText(result.Files.Single(file => Path.GetFileName(file) == figure + ".svg"));

    /// <summary>What stands below a figure.</summary>
    static string Caption(ReportResult result, string figure) => Regex.Match(Text(result), $"<img src=\"{figure}\\.svg\"[^\n]*\n\n([^\n]*)\n").Groups[1].Value;

    static string Text(ReportResult result) => File.ReadAllText(result.ReportPath);
}
