using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>Which trials a file has, and in which order.</summary>
public sealed class ExpansionTests
{
    const string Base = "data: {dataset: synthetic, validation: 1000}\nmodel: {type: vae}\ntrain: {epochs: 2}\n";

    [Fact]
    public void SeedsAreOutermostThenVariantsThenPointsAndTheLastParameterVariesFastest()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + """
            variants: {wide: {model: {encoder: [8]}}, thin: {model: {encoder: [4]}}}
            sweep:
              seeds: [5, 3]
              parameters: {train.batch_size: [16, 32], model.latent_dim: [2, 3]}
            """);
        string[] perSeed =
        [
            "x-wide-1 16 2", "x-wide-2 16 3", "x-wide-3 32 2", "x-wide-4 32 3",
            "x-thin-1 16 2", "x-thin-2 16 3", "x-thin-3 32 2", "x-thin-4 32 3",
        ];
        Assert.Equal([.. perSeed.Select(text => text + " 5"), .. perSeed.Select(text => text + " 3")], plan.Trials.Select(Text));
        Assert.Equal(Enumerable.Range(1, 16), plan.Trials.Select(trial => trial.Number));
        Assert.All(plan.Trials, trial => Assert.Equal("x", trial.Spec.Name));
        Assert.Equal((16, 2, 8), (plan.Trials[0].Spec.Train.BatchSize, plan.Trials[0].Spec.Model.LatentDim, plan.Trials[0].Spec.Model.Encoder[0]));
        Assert.Equal([5UL, 3UL], plan.Outline.Seeds);
        Assert.Equal(["wide", "thin"], plan.Outline.Variants);
        Assert.Equal(["train.batch_size", "model.latent_dim"], plan.Outline.Parameters);
    }

    [Fact]
    public void AFileWithoutASweepIsOneTrialWithTheBitsOfTheSameRun()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base);
        Assert.Equal(ResolvedConfig.ToJson(ExperimentFiles.Spec(Base)), ResolvedConfig.ToJson(Assert.Single(plan.Trials).Spec));
        using var files = new ExperimentFiles().Add("x.yaml", Base).Add("y.yaml", Base + "sweep: {seeds: [1]}\n");
        Assert.False(ExperimentReader.Read(files.Path("x.yaml"), []).IsSweep);
        Assert.True(ExperimentReader.Read(files.Path("y.yaml"), []).IsSweep);
        Assert.False(ExperimentReader.Read(files.Path("y.yaml"), ["sweep=null"]).IsSweep);
    }

    [Fact]
    public void ATrialIsTheExperimentThatAFileWithItsValuesIs()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + "variants: {ae: {model: {type: ae}, train: {optimizer: {type: sgd, momentum: 0.5}}}}\nsweep: {parameters: {train.learning_rate: [1e-2]}, seeds: [9]}\n");
        ExperimentSpec spec = ExperimentFiles.Spec("data: {dataset: synthetic, validation: 1000}\nmodel: {type: ae}\ntrain: {epochs: 2, learning_rate: 0.01, optimizer: {type: sgd, momentum: 0.5}}\nseed: 9\n");
        Assert.Equal(ResolvedConfig.ToJson(spec), ResolvedConfig.ToJson(Assert.Single(plan.Trials).Spec));
    }

    [Fact]
    public void ATypeAndAnOptionThatAllItsValuesHaveAreSweptTogether()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base.Replace("epochs: 2", "epochs: 2, optimizer: {weight_decay: 0.1}", StringComparison.Ordinal) + "sweep: {parameters: {train.optimizer.type: [sgd, rmsprop], train.optimizer.momentum: [0, 0.9]}}\n");
        Assert.Equal(
            [(OptimizerType.Sgd, 0, 0.1), (OptimizerType.Sgd, 0.9, 0.1), (OptimizerType.Rmsprop, 0, 0.1), (OptimizerType.Rmsprop, 0.9, 0.1)],
            plan.Trials.Select(trial => (trial.Spec.Train.Optimizer.Type, trial.Spec.Train.Optimizer.Momentum, trial.Spec.Train.Optimizer.WeightDecay)));
    }

    [Fact]
    public void AnOptionThatOneOfTheSweptTypesDoesNotHaveIsNamed() =>
        Assert.Contains("'train.optimizer.momentum' has no meaning here. Only with", Assert.Single(ExperimentFiles.SweepProblemsOf(Base + "sweep: {parameters: {train.optimizer.type: [sgd, adam], train.optimizer.momentum: [0, 0.9]}}\n")), StringComparison.Ordinal);

    [Fact]
    public void AVariantDropsInheritedKeysThatMeanNothingToItsType()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + "loss: {kl_weight: 4}\nvariants: {vae: {}, ae: {model: {type: ae}}}\n");
        Assert.Equal(["x-vae", "x-ae"], plan.Trials.Select(trial => trial.Name));
        Assert.Equal(4, plan.Trials[0].Spec.Loss.KlWeight);
        Assert.DoesNotContain("kl_weight", ResolvedConfig.ToJson(plan.Trials[1].Spec), StringComparison.Ordinal);
    }

    [Fact]
    public void VariantsMayGiveWhatTheFileItselfLacks()
    {
        SweepPlan plan = ExperimentFiles.Plan("data: {dataset: synthetic, validation: 1000}\ntrain: {epochs: 1}\nvariants: {a: {model: {type: ae}}, b: {model: {type: vae}}}\n");
        Assert.Equal([ModelType.Ae, ModelType.Vae], plan.Trials.Select(trial => trial.Spec.Model.Type));
    }

    [Fact]
    public void ZippedParametersAdvanceTogetherAtThePlaceOfTheFirst()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + """
            sweep:
              parameters:
                train.batch_size: [16, 32]
                model.latent_dim: [2, 3]
                train.learning_rate: {min: 1e-3, max: 1e-1, distribution: log_uniform, steps: 2}
              zip: [[train.batch_size, train.learning_rate]]
            """);
        Assert.Equal(["x-1 16 2 0.001", "x-2 16 3 0.001", "x-3 32 2 0.1", "x-4 32 3 0.1"], plan.Trials.Select(trial =>
            $"{trial.Name} {Value(trial, "train.batch_size")} {Value(trial, "model.latent_dim")} {Value(trial, "train.learning_rate")}"));
    }

    [Fact]
    public void AListTakesTheNthValuesOfAllParameters()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + "sweep: {method: list, parameters: {train.batch_size: [16, 32], model.encoder: [[4], [4, 2]], train.optimizer: [adam, {type: sgd, momentum: 0.9}]}}\n");
        Assert.Equal([("16", "[4]", "adam"), ("32", "[4,2]", "{type: sgd, momentum: 0.9}")],
            plan.Trials.Select(trial => (Value(trial, "train.batch_size"), Value(trial, "model.encoder"), Value(trial, "train.optimizer"))));
        Assert.Equal([4, 2], plan.Trials[1].Spec.Model.Encoder);
        Assert.Equal(0.9, plan.Trials[1].Spec.Train.Optimizer.Momentum);
    }

    [Fact]
    public void ExcludedPointsAreLeftOutAndTheOthersKeepTheirNumbers()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + """
            variants: {a: {model: {encoder: [8]}}, b: {model: {encoder: [4]}}}
            sweep:
              parameters: {train.batch_size: [16, 32], model.latent_dim: [2, 3]}
              exclude: [{train.batch_size: 16, model.latent_dim: 3}, {variant: b, train.batch_size: 32}]
            """);
        Assert.Equal(["x-a-1", "x-a-3", "x-a-4", "x-b-1"], plan.Trials.Select(trial => trial.Name));
    }

    [Fact]
    public void IncludedPointsFollowAndKeepTheExperimentsValuesForOtherKeys()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + """
            variants: {vae: {}, ae: {model: {type: ae}}}
            sweep:
              parameters: {loss.kl_weight: [0.5, 2]}
              exclude: [{variant: ae}]
              include: [{variant: ae}, {variant: vae, loss.kl_weight: 8, train.batch_size: 1}]
            """);
        Assert.Equal(["x-vae-1 0.5 128", "x-vae-2 2 128", "x-vae-4 8 1", "x-ae-3  128"],
            plan.Trials.Select(trial => $"{trial.Name} {Value(trial, "loss.kl_weight")} {Value(trial, "train.batch_size")}"));
    }

    [Fact]
    public void NumbersOfPointsHaveOneWidth()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + "sweep: {parameters: {model.latent_dim: {range: [1, 10, 1]}}}\n");
        Assert.Equal(["x-01", "x-10"], [plan.Trials[0].Name, plan.Trials[9].Name]);
    }

    [Fact]
    public void OverridesWinOverVariantsAndReachTheSweep()
    {
        const string yaml = Base + "variants: {a: {train: {batch_size: 7}}, b: {model: {encoder: [4]}}}\nsweep: {method: random, trials: 3, parameters: {model.latent_dim: [2, 3, 4, 5]}}\n";
        SweepPlan plan = ExperimentFiles.Plan(yaml, "train.batch_size=9", "sweep.trials=1", "sweep.parameters.model.latent_dim=[6]", "variants.b.model.encoder=[5]", "name=y");
        Assert.Equal(["y-a-1", "y-b-1"], plan.Trials.Select(trial => trial.Name));
        Assert.All(plan.Trials, trial => Assert.Equal((9, 6), (trial.Spec.Train.BatchSize, trial.Spec.Model.LatentDim)));
        Assert.Equal([5], plan.Trials[1].Spec.Model.Encoder);
        SweepPlan drawn = ExperimentFiles.Plan(Base + "sweep: {method: random, trials: 9, parameters: {train.learning_rate: {min: 0.1, max: 0.9}}}\n", "sweep.parameters.train.learning_rate.max=0.2");
        Assert.All(drawn.Trials, trial => Assert.InRange(trial.Spec.Train.LearningRate, 0.1, 0.2));
    }

    [Fact]
    public void AFileInheritsVariantsAndSweepAndReplacesWhatItNames()
    {
        using var files = new ExperimentFiles()
            .Add("base.yaml", Base + "variants: {a: {train: {optimizer: sgd}}, b: {}}\nsweep: {seeds: [1, 2], parameters: {model.latent_dim: [2, 3]}}\n")
            .Add("x.yaml", "extends: base.yaml\nvariants: {a: {train: {optimizer: {momentum: 0.5}}}}\nsweep: {seeds: [7]}\n");
        SweepPlan plan = ExperimentReader.Read(files.Path("x.yaml"), []).Plan!;
        Assert.Equal(["x-a-1 7", "x-a-2 7", "x-b-1 7", "x-b-2 7"], plan.Trials.Select(trial => $"{trial.Name} {trial.Spec.Seed}"));
        Assert.Equal((OptimizerType.Sgd, 0.5), (plan.Trials[0].Spec.Train.Optimizer.Type, plan.Trials[0].Spec.Train.Optimizer.Momentum));
    }

    [Fact]
    public void ABaselineIsTheFirstTrialOfItsGroup()
    {
        const string yaml = Base + "variants: {a: {model: {encoder: [8]}}, b: {model: {encoder: [4]}}}\nsweep: {seeds: [1, 2], baseline: {variant: b, model.latent_dim: 3}, parameters: {model.latent_dim: [2, 3]}}\n";
        Assert.Equal(4, ExperimentFiles.Plan(yaml).Outline.BaselineTrial);
        Assert.Equal(2, ExperimentFiles.Plan(yaml, "sweep.parameters=null", "sweep.baseline=b").Outline.BaselineTrial);
    }

    [Fact]
    public void PointsThatAreDrawnTwiceRunOnceAndAreSaid()
    {
        SweepPlan plan = ExperimentFiles.Plan(Base + "sweep: {method: random, trials: 20, parameters: {model.latent_dim: [2, 3]}}\n");
        Assert.Equal(2, plan.Trials.Count);
        Assert.StartsWith("18 points repeat earlier ones and are left out: ", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void AshaDrawsAsRandomDoesAndHasItsDefaults()
    {
        const string yaml = Base + "train: {epochs: 30}\nsweep: {method: asha, seed: 4, trials: 5, parameters: {train.learning_rate: {min: 1e-4, max: 1e-1, distribution: log_uniform}}}\n";
        string file = yaml.Replace("train: {epochs: 2}\n", "", StringComparison.Ordinal);
        SweepPlan asha = ExperimentFiles.Plan(file), random = ExperimentFiles.Plan(file, "sweep.method=random");
        Assert.Equal(random.Trials.Select(trial => trial.Spec.Train.LearningRate), asha.Trials.Select(trial => trial.Spec.Train.LearningRate));
        Assert.Equal((1, 3), (asha.Outline.Asha!.MinEpochs, asha.Outline.Asha.ReductionFactor));
        Assert.Null(random.Outline.Asha);
    }

    static string Text(Trial trial) => $"{trial.Name} {string.Join(' ', trial.Parameters.Select(parameter => parameter.Value))} {trial.Spec.Seed}";

    static string Value(Trial trial, string key) => trial.Parameters.FirstOrDefault(parameter => parameter.Key == key).Value ?? "";
}
