using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Models.Evaluation;

namespace AeVae.Tests.Models;

public sealed class TrainerTests
{
    public static TheoryData<ModelType, Reconstruction, Reduction> Objectives()
    {
        var data = new TheoryData<ModelType, Reconstruction, Reduction>();
        foreach (ModelType type in Enum.GetValues<ModelType>())
        {
            foreach (Reconstruction reconstruction in Enum.GetValues<Reconstruction>())
            {
                foreach (Reduction reduction in Enum.GetValues<Reduction>()) data.Add(type, reconstruction, reduction);
            }
        }

        return data;
    }

    [Theory, MemberData(nameof(Objectives))]
    public void TheLossIsReconstructionPlusWeightedKl(ModelType type, Reconstruction reconstruction, Reduction reduction)
    {
        ExperimentSettings settings = SmallData.Vae();
        settings = settings with
        {
            Model = settings.Model with { Type = type },
            Loss = new LossOptions { Reconstruction = reconstruction, Reduction = reduction, KlWeight = 0.3, KlWarmupEpochs = 2 },
        };

        foreach (EpochResult epoch in SmallData.Train(settings))
        {
            foreach (Split split in new[] { Split.Train, Split.Validation })
            {
                double perImage = reconstruction == Reconstruction.Bce ? epoch.Value(split, "bce") : epoch.Value(split, "mse") * SmallData.Pixels;
                double expected = reduction == Reduction.Mean ? perImage / SmallData.Pixels : perImage;
                if (type == ModelType.Vae) expected += epoch.Value(Split.Train, "kl_weight") * epoch.Value(split, "kl");
                Assert.Equal(expected, epoch.Value(split, "loss"), 1e-6 * Math.Abs(expected));
            }
        }
    }

    [Fact]
    public void TheBoundIsMinusCrossEntropyMinusKl()
    {
        foreach (EpochResult epoch in SmallData.Train(SmallData.Vae()))
            Assert.Equal(-(epoch.Value(Split.Validation, "bce") + epoch.Value(Split.Validation, "kl")), epoch.Value(Split.Validation, "elbo"));
    }

    [Fact]
    public void TheSameSeedGivesTheSameDigestsOnOneTwoAndThreeThreads()
    {
        string[] one = Digests(SmallData.Train(SmallData.Vae()));

        Assert.Equal(one, Digests(SmallData.Train(SmallData.Vae(), threads: 2)));
        Assert.Equal(one, Digests(SmallData.Train(SmallData.Vae(), threads: 3)));
    }

    [Fact]
    public void AnotherSeedGivesOtherDigests() =>
        Assert.NotEqual(Digests(SmallData.Train(SmallData.Vae())), Digests(SmallData.Train(SmallData.Vae() with { Seed = 8 })));

    [Fact]
    public void TheLastShortBatchIsKept()
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(SmallData.Ae(epochs: 1), SmallData.Splits(train: 45), team);

        Assert.Single(trainer.Run(CancellationToken.None));

        Assert.Equal((6, 6, 1), (trainer.StepsPerEpoch, trainer.Step, trainer.Epoch));   // 5 × 8 + 5
    }

    [Fact]
    public void ATrainingStepAllocatesNothing()
    {
        foreach (OptimizerType optimizer in Enum.GetValues<OptimizerType>())
        {
            ExperimentSettings settings = SmallData.Vae();
            settings = settings with { Train = settings.Train with { GradientClip = 1, Optimizer = new() { Type = optimizer, Momentum = 0.5, Centered = true } } };
            using var team = new ThreadTeam(1);
            var trainer = new Trainer(settings, SmallData.Splits(), team);
            int[] images = [5, 3, 8, 1];
            trainer.TrainStep(images, 1e-3, 1);

            Assert.Equal(0, Allocations.Of(() => trainer.TrainStep(images, 1e-3, 1)));
        }
    }

    [Fact]
    public void ALinearAutoencoderReachesItsPrincipalComponents()
    {
        ImageSet images = SmallData.Images(60, "train");
        var splits = new Splits(images, images, images, [], []);
        ExperimentSettings settings = SmallData.Ae(epochs: 600) with
        {
            Model = new ModelOptions { Type = ModelType.Ae, Encoder = [], LatentDim = 2, Activation = Activation.Identity, Output = OutputActivation.Identity },
            Loss = new LossOptions { Reconstruction = Reconstruction.Mse },
            Train = new TrainingOptions { Epochs = 600, BatchSize = 60, LearningRate = 0.05, Schedule = new() { Type = ScheduleType.Cosine } },
            Eval = new EvaluationOptions { Every = 600 },
        };
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(settings, splits, team);
        Assert.Equal(600, trainer.Run(CancellationToken.None).Count());

        FinalEvaluation final = trainer.Finish(CancellationToken.None);

        double pca = final.Baselines.Single(b => b.Name == "PCA-2").Mse, reached = final.Metrics.Single(m => m.Name == "mse").Value;
        Assert.InRange(reached, pca * 0.9999, pca * 1.02);
    }

    [Theory]
    [InlineData(0.05, 5, 0.07, true)]
    [InlineData(0.05, 5, 0.2, false)]   // the decoder has not even learned the mean image
    [InlineData(0.498, 3, 0.07, false)]
    [InlineData(1, 0, 0.07, true)]
    [InlineData(1, 1, 0.07, false)]
    [InlineData(2.5e9, 0, 0.07, false)]   // diverged
    public void ACollapsedPosteriorIsNearThePriorAndItsDecoderNearTheMeanImage(double kl, double activeUnits, double error, bool isSeen) =>
        Assert.Equal(isSeen, PosteriorCollapse.Seen(new SplitEvaluation([new(Split.Validation, "kl", kl), new(Split.Validation, "active_units", activeUnits), new(Split.Validation, "mse", error)], new Matrix(1, 1), null), () => 0.067));

    [Theory]
    [InlineData(2, 0.2, 0)]     // not trained yet
    [InlineData(2, 0.07, 3)]
    [InlineData(3, 0.2, 4)]     // a worse image is no use of the code
    public void ACollapseThatWasSaidEndsWhenThePosteriorLeavesThePrior(int before, double error, int count) =>
        Assert.Equal(count, PosteriorCollapse.Count(before, new SplitEvaluation([new(Split.Validation, "kl", 0), new(Split.Validation, "active_units", 0), new(Split.Validation, "mse", error)], new Matrix(1, 1), null), () => 0.067));

    [Fact]
    public void ACollapsedPosteriorIsReportedOnceWithWhatToTry()
    {
        ExperimentSettings settings = SmallData.Vae(epochs: 6);
        IReadOnlyList<EpochResult> epochs = SmallData.Train(settings with { Loss = settings.Loss with { KlWeight = 1000 } });

        string warning = Assert.Single(epochs.SelectMany(e => e.Warnings));
        Assert.Equal([warning], epochs[2].Warnings);    // the first evaluations tell nothing yet
        Assert.Contains("Posterior collapse", warning, StringComparison.Ordinal);
        Assert.Contains("lower loss.kl_weight (the effective β is 1000)", warning, StringComparison.Ordinal);
        Assert.Empty(SmallData.Train(settings with { Loss = settings.Loss with { KlWeight = 0 } }).SelectMany(e => e.Warnings));
    }

    [Fact]
    public void ACollapseThatIsTooYoungIsReportedWhereTrainingEnds()
    {
        ExperimentSettings settings = SmallData.Vae(epochs: 2);
        IReadOnlyList<EpochResult> epochs = SmallData.Train(settings with { Loss = settings.Loss with { KlWeight = 1000 } });

        Assert.Matches("training ended with 2 evaluations like this, .* Train for more epochs before anything else is changed\\.$", Assert.Single(epochs.SelectMany(e => e.Warnings)));
        Assert.Empty(epochs[0].Warnings);
    }

    [Fact]
    public void WhereTheKlIsNotSmallAnotherLearningRateIsAdvised() =>
        Assert.EndsWith("so that a lower loss.kl_weight would not help. Train longer, or try another train.learning_rate: a lower one if the loss jumps.", PosteriorCollapse.Warning(new SplitEvaluation([new(Split.Validation, "kl", 1.09), new(Split.Validation, "active_units", 0)], new Matrix(1, 1), null), 20, new LossOptions(), 1), StringComparison.Ordinal);

    [Theory]
    [InlineData(2, Reduction.Sum, 0, "Try a lower loss.kl_weight (the effective β is 2), or a loss.kl_warmup_epochs above 0.")]
    [InlineData(2, Reduction.Mean, 5, "Try a lower loss.kl_weight (the effective β is 2), or loss.reduction: sum.")]
    [InlineData(2, Reduction.Sum, 5, "Try a lower loss.kl_weight (the effective β is 2).")]
    [InlineData(1e-9, Reduction.Sum, 0, "The weight of the KL term is not why (the effective β is 1e-9): the network has hardly learned yet.")]
    public void WhatIsSetAlreadyIsNotAdvised(double beta, Reduction reduction, int warmup, string advice) =>
        Assert.Contains(advice, PosteriorCollapse.Warning(new SplitEvaluation([new(Split.Validation, "kl", 0.01), new(Split.Validation, "active_units", 0)], new Matrix(1, 1), null), 20, new LossOptions { Reduction = reduction, KlWarmupEpochs = warmup }, beta), StringComparison.Ordinal);

    [Fact]
    public void AValidationLossThatIsNotFiniteStopsTheRunInItsLastEpochToo()
    {
        ExperimentSettings settings = SmallData.Vae() with { Train = new TrainingOptions { Epochs = 1, BatchSize = 4096, LearningRate = 1e6 } };
        Assert.Equal("validation loss", Assert.Throws<NonFiniteException>(() => SmallData.Train(settings)).Tensor);
    }

    [Fact]
    public void ANumberThatIsNotFiniteStopsTheRunWithItsPlace()
    {
        ExperimentSettings settings = SmallData.Ae(epochs: 50);
        settings = settings with
        {
            Model = settings.Model with { Output = OutputActivation.Identity, Activation = Activation.Identity },
            Loss = new LossOptions { Reconstruction = Reconstruction.Mse },
            Train = settings.Train with { LearningRate = 1e6, Optimizer = new() { Type = OptimizerType.Sgd } },
        };

        var stop = Assert.Throws<NonFiniteException>(() => SmallData.Train(settings));

        Assert.Equal(1, stop.Epoch);
        Assert.InRange(stop.Step, 2, 6);
        Assert.Contains($"epoch 1, step {stop.Step}", stop.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("encoder.0.weight")]
    [InlineData("encoder.0.bias")]
    [InlineData("mean.weight")]
    [InlineData("log_variance.bias")]
    [InlineData("decoder.0.weight")]
    [InlineData("decoder.1.bias")]
    public void ANaNInAParameterIsFoundInTheFirstStep(string parameter)
    {
        NonFiniteException stop = Poisoned(SmallData.Vae(), (parameter, float.NaN));

        Assert.Equal((1, 1, "loss"), (stop.Epoch, stop.Step, stop.Tensor));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    public void AGradientThatOverflowsBehindAFiniteLossIsNamed(double? gradientClip)
    {
        ExperimentSettings ae = SmallData.Ae();
        ae = ae with
        {
            Model = ae.Model with { Encoder = [], Output = OutputActivation.Identity },
            Loss = new LossOptions { Reconstruction = Reconstruction.Mse },
            Train = ae.Train with { GradientClip = gradientClip },
        };

        // Errors of 10³⁰ have finite squares in double, but the weight's gradient, 10³⁰ · 10¹⁰, is no float.
        NonFiniteException stop = Poisoned(ae, ("encoder.0.bias", 1e10f), ("decoder.0.bias", 1e30f));

        Assert.Equal((1, 1, "gradient of decoder.0.weight"), (stop.Epoch, stop.Step, stop.Tensor));
    }

    [Fact]
    public void ACancelledEpochLeavesNothing()
    {
        using var team = new ThreadTeam(1);
        using var cancellation = new CancellationTokenSource();
        var trainer = new Trainer(SmallData.Vae(), SmallData.Splits(), team);
        var epochs = new List<EpochResult>();
        foreach (EpochResult epoch in trainer.Run(cancellation.Token))
        {
            epochs.Add(epoch);
            cancellation.Cancel();
        }

        Assert.Single(epochs);
        Assert.Throws<InvalidOperationException>(() => trainer.Capture());
        Assert.Throws<InvalidOperationException>(() => trainer.Finish(CancellationToken.None));
    }

    [Fact]
    public void ValidationIsMeasuredEveryNthEpochAndInTheLast()
    {
        IReadOnlyList<EpochResult> epochs = SmallData.Train(SmallData.Vae(epochs: 5) with { Eval = new EvaluationOptions { Every = 2 } });

        Assert.Equal([false, true, false, true, true], epochs.Select(e => e.Metrics.Any(m => m.Split == Split.Validation)));
    }

    [Fact]
    public void EveryMetricOfAnEpochIsNamedInTheCatalogue()
    {
        foreach (ExperimentSettings settings in new[] { SmallData.Vae(1), SmallData.Ae(1) })
        {
            EpochResult epoch = Assert.Single(SmallData.Train(settings));
            Assert.All(epoch.Metrics, m => Assert.NotNull(Metrics.Find(m.Name)));
            foreach (Split split in new[] { Split.Train, Split.Validation })
                Assert.Equal(EpochMetrics.Names(split, settings.Model, settings.Loss).Order(), epoch.Metrics.Where(m => m.Split == split).Select(m => m.Name).Order());
        }
    }

    [Theory]
    [InlineData(Reconstruction.Bce, Reduction.Sum, 0.1)]
    [InlineData(Reconstruction.Bce, Reduction.Mean, 1.2)]
    [InlineData(Reconstruction.Mse, Reduction.Sum, 0.05)]
    [InlineData(Reconstruction.Mse, Reduction.Mean, 0.6)]
    public void TheEffectiveBetaPutsEveryRecipeInOneUnit(Reconstruction reconstruction, Reduction reduction, double expected)
    {
        using var team = new ThreadTeam(1);
        var loss = new LossOptions { Reconstruction = reconstruction, Reduction = reduction, KlWeight = 0.1 };

        Assert.Equal(expected, new Trainer(SmallData.Vae() with { Loss = loss }, SmallData.Splits(), team).EffectiveBeta!.Value, 1e-12);
        Assert.Null(new Trainer(SmallData.Ae() with { Loss = loss }, SmallData.Splits(), team).EffectiveBeta);
    }

    [Fact]
    public void SettingsThatContradictEachOtherAreRefused()
    {
        ExperimentSettings ae = SmallData.Ae();

        Refused(ae with { Model = ae.Model with { Output = OutputActivation.Identity } }, "model.output: sigmoid");
        Refused(ae with { Eval = new EvaluationOptions { NllSamples = 5 } }, "eval.nll_samples");
        Refused(ae with { Train = ae.Train with { Optimizer = new() { Type = OptimizerType.Sgd, Nesterov = true } } }, "momentum above 0");
    }

    [Fact]
    public void ACaptureIsTheStateOfItsMoment()
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(SmallData.Vae(), SmallData.Splits(), team);
        Checkpoint start = trainer.Capture();
        EpochResult epoch = trainer.Run(CancellationToken.None).First();
        Checkpoint after = trainer.Capture();

        Assert.Equal((epoch.ParametersSha256, epoch.OptimizerSha256), (after.ParametersSha256, after.OptimizerSha256));
        Assert.NotEqual(start.ParametersSha256, after.ParametersSha256);
        trainer.TrainStep([0, 1, 2], 1e-3, 1);
        Assert.NotEqual(after.ParametersSha256, trainer.Capture().ParametersSha256);
        trainer.Restore(start);
        Assert.Equal((start.ParametersSha256, 0), (trainer.Capture().ParametersSha256, trainer.Capture().Epoch));
    }

    [Fact]
    public void ParametersAreNamedAndCountedAsInPyTorch()
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(SmallData.Vae(), SmallData.Splits(), team);

        Checkpoint state = trainer.Capture();

        string[] expected =
        [
            "decoder.0.bias 10", "decoder.0.weight 10×3", "decoder.1.bias 12", "decoder.1.weight 12×10", "encoder.0.bias 10", "encoder.0.weight 10×12",
            "log_variance.bias 3", "log_variance.weight 3×10", "mean.bias 3", "mean.weight 3×10",
        ];
        Assert.Equal(expected, state.ParameterTensors.Select(t => $"{t.Name} {string.Join("×", t.Shape)}"));
        Assert.Equal(10 + 30 + 12 + 120 + 10 + 120 + 3 + 30 + 3 + 30, trainer.ParameterCount);
    }

    /// <summary>Trains from parameters of which the second element has been overwritten.</summary>
    static NonFiniteException Poisoned(ExperimentSettings settings, params (string Parameter, float Value)[] poison)
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(settings, SmallData.Splits(), team);
        Checkpoint checkpoint = trainer.Capture();
        foreach ((string parameter, float value) in poison) checkpoint.ParameterTensors.Single(t => t.Name == parameter).Values[1] = value;
        trainer.Restore(checkpoint);
        return Assert.Throws<NonFiniteException>(() => trainer.Run(CancellationToken.None).Count());
    }

    static void Refused(ExperimentSettings settings, string message)
    {
        using var team = new ThreadTeam(1);
        Assert.Contains(message, Assert.Throws<SettingsException>(() => new Trainer(settings, SmallData.Splits(), team)).Message, StringComparison.Ordinal);
    }

    static string[] Digests(IReadOnlyList<EpochResult> epochs) => [.. epochs.SelectMany(e => new[] { e.ParametersSha256, e.OptimizerSha256, e.OrderSha256 })];
}
