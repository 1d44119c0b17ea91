using System.Text;
using System.Text.Json;
using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Tests.Runner.Specs;

public sealed class SpecReaderTests
{
    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 1)]
    public void AChainHasEightFilesAtMost(int files, int problems)
    {
        using ExperimentFiles chain = new ExperimentFiles().Add("1.yaml", ExperimentFiles.Least);
        for (int file = 2; file <= files; file++)
            chain.Add($"{file}.yaml", $"extends: {file - 1}.yaml\nseed: {file}\n");
        IReadOnlyList<SpecProblem> found = ExperimentReader.Read(chain.Path($"{files}.yaml"), []).Problems;
        Assert.Equal(problems, found.Count(problem => problem.ToString()!.Contains("a chain of more than 8 files", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1e-4", 0.0001)]
    [InlineData("1.0e-4", 0.0001)]
    [InlineData("1E-4", 0.0001)]
    [InlineData(".0001", 0.0001)]
    [InlineData("0.0001", 0.0001)]
    [InlineData("+1e-04", 0.0001)]
    [InlineData("1.", 1.0)]
    [InlineData("3", 3.0)]
    [InlineData("-0", 0.0)]
    [InlineData("0.1", 0.1)]
    [InlineData("4.9e-324", double.Epsilon)]
    public void NumbersAreReadAsTheNearestDouble(string text, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(ExperimentFiles.Spec(ExperimentFiles.Least, $"train.learning_rate={text}").Train.LearningRate));

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1,5")]
    [InlineData("00.5")]
    [InlineData("1 000")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData("--1")]
    [InlineData("Infinity")]
    [InlineData("0b1")]
    [InlineData("１")]
    [InlineData("true")]
    [InlineData("2026-11-21")]
    public void OtherSpellingsOfNumbersAreErrors(string text) =>
        Assert.Single(ExperimentFiles.ProblemsOf(ExperimentFiles.Least, $"train.learning_rate={text}"));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5e3", 1500)]
    [InlineData("64.0", 64)]
    [InlineData("1.5e1", 15)]
    [InlineData("400e-2", 4)]
    [InlineData(".25e2", 25)]
    public void AnIntegerMayBeWrittenInAnyWayThatIsExact(string text, int expected) =>
        Assert.Equal(expected, ExperimentFiles.Spec(ExperimentFiles.Least, $"train.batch_size={text}").Train.BatchSize);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void SeedsAreExactToTheLastBit(string text, ulong expected) =>
        Assert.Equal(expected, ExperimentFiles.Spec(ExperimentFiles.Least + $"seed: {text}\n").Seed);

    [Fact]
    public void WhatAFileDoesNotSayHasTheDefaultOfTheRecords()
    {
        var spec = ExperimentFiles.Spec(ExperimentFiles.Least);
        Assert.Equal("x", spec.Name);
        Assert.Equal(0UL, spec.Seed);
        Assert.Equal(ValidationSource.FromTraining(10_000), spec.Data.Validation);
        Assert.Equal([400], spec.Model.Encoder);
        Assert.Equal([400], spec.Model.Decoder!);
        Assert.Equal(OptimizerType.Adam, spec.Train.Optimizer.Type);
        Assert.Null(spec.Train.EarlyStop);
    }

    [Fact]
    public void EveryKeyReachesItsProperty()
    {
        var spec = ExperimentFiles.Spec("""
            name: full-1.0_x
            description: "All: keys"
            seed: 7
            data: {dataset: fashion-mnist, validation: test, train_limit: 5000, binarize: static}
            model: {type: ae, encoder: [300, 200], latent_dim: 3, decoder: [], activation: leaky_relu, latent_activation: tanh, output: identity, init: he}
            loss: {reconstruction: mse, reduction: mean}
            train:
              epochs: 9
              batch_size: 17
              optimizer: {type: rmsprop, eps: 1e-6, weight_decay: 0.1, momentum: 0.5, alpha: 0.9, centered: true}
              learning_rate: 2e-3
              schedule: {type: multistep, milestones: [3, 6], gamma: 0.5}
              gradient_clip: 1.5
              early_stop: {metric: train.mse, patience: 3, min_delta: 0.25}
            eval: {every: 2, weights: best}
            checkpoint: {every: 0, keep: 4, best: validation.mse}
            """);
        Assert.Equal(("full-1.0_x", "All: keys", 7UL), (spec.Name, spec.Description, spec.Seed));
        Assert.Equal(new DataOptions { Dataset = "fashion-mnist", Validation = ValidationSource.Test, TrainLimit = 5000, Binarize = Binarization.Static }, spec.Data);
        Assert.Equal("""{"name":"full-1.0_x","seed":7,"data":{"dataset":"fashion-mnist","validation":"test","train_limit":5000,"binarize":"static"},"model":{"type":"ae","encoder":[300,200],"latent_dim":3,"decoder":[],"activation":"leaky_relu","latent_activation":"tanh","output":"identity","init":"he"},"loss":{"reconstruction":"mse","reduction":"mean"},"train":{"epochs":9,"batch_size":17,"optimizer":{"type":"rmsprop","eps":1e-6,"weight_decay":0.1,"momentum":0.5,"alpha":0.9,"centered":true},"learning_rate":0.002,"schedule":{"type":"multistep","milestones":[3,6],"gamma":0.5},"gradient_clip":1.5,"early_stop":{"metric":"train.mse","patience":3,"min_delta":0.25}},"eval":{"every":2,"weights":"best"},"checkpoint":{"every":0,"keep":4,"best":"validation.mse"}}""",
            ResolvedConfig.ToJson(spec));

        // And back again.
        ExperimentSpec again = SpecReader.ReadText("x.yaml", "name: full-1.0_x\n" + SpecYaml.Of(ResolvedConfig.ToJson(spec), spec.Description)).Spec!;
        Assert.Equal((ResolvedConfig.ToJson(spec), "All: keys"), (ResolvedConfig.ToJson(again), again.Description));
    }

    [Theory]
    [InlineData("my faces: 1 # of 2")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("~/fotos/\"à\"\\x")]
    public void AStoredConfigurationIsReadAsItWasWrittenWhateverItsPathIs(string path)
    {
        ExperimentSpec spec = SpecReader.ReadText("x.yaml", $"name: x\ndata: {{dataset: images, path: {JsonSerializer.Serialize(path)}}}\nmodel: {{type: ae, encoder: []}}\ntrain: {{epochs: 1}}\n").Spec!;
        Assert.Equal(path, spec.Data.Path);
        Assert.Equal(ResolvedConfig.ToJson(spec), ResolvedConfig.ToJson(SpecReader.ReadText("x.yaml", "name: x\n" + SpecYaml.Of(ResolvedConfig.ToJson(spec))).Spec!));
    }

    [Fact]
    public void AnAliasStandsForItsAnchor() =>
        Assert.Equal([300, 200], ExperimentFiles.Spec("data: {dataset: mnist}\nmodel: {type: ae, encoder: &w [300, 200], decoder: *w}\ntrain: {epochs: 1}\n").Model.Decoder!);

    [Fact]
    public void ByteOrderMarkAndWindowsLineEndsChangeNothing()
    {
        using var files = new ExperimentFiles();
        File.WriteAllText(files.Path("x.yaml"), ExperimentFiles.Least.Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var result = files.Read("x.yaml");
        Assert.Equal(ResolvedConfig.ToJson(ExperimentFiles.Spec(ExperimentFiles.Least)), ResolvedConfig.ToJson(result.Single!));
    }

    [Fact]
    public void ASectionWithNothingBelowItHasItsDefaults() =>
        Assert.Equal(1.0, ExperimentFiles.Spec(ExperimentFiles.Least + "loss:\n  # kl_weight: 4\n").Loss.KlWeight);

    [Fact]
    public void ExtendingMergesMappingsReplacesListsAndKeepsItsOwnName()
    {
        using var files = new ExperimentFiles()
            .Add("base.yaml", "name: other\ndescription: other\nseed: 3\ndata: {dataset: mnist, validation: 500}\nmodel: {type: vae, encoder: [300, 200]}\ntrain: {epochs: 2, optimizer: {type: adam, eps: 1e-6}}\n")
            .Add("middle.yaml", "extends: base.yaml\nmodel: {encoder: [100]}\n")
            .Add("top.yaml", "extends: ./middle.yaml\ntrain: {epochs: 5, optimizer: {betas: [0.5, 0.9]}}\n");
        var spec = files.Read("top.yaml").Single!;
        Assert.Equal(("top", null, 3UL), (spec.Name, spec.Description, spec.Seed));
        Assert.Equal([100], spec.Model.Encoder);
        Assert.Equal(5, spec.Train.Epochs);
        Assert.Equal((1e-6, 0.5), (spec.Train.Optimizer.Eps, spec.Train.Optimizer.Betas[0]));
        Assert.Equal(ValidationSource.FromTraining(500), spec.Data.Validation);
    }

    [Fact]
    public void AnInheritedOptionOfAnotherTypeIsDropped()
    {
        using var files = new ExperimentFiles()
            .Add("vae.yaml", "data: {dataset: mnist}\nmodel: {type: vae}\nloss: {kl_weight: 4}\ntrain: {epochs: 2, optimizer: {type: adam, betas: [0.5, 0.9]}}\neval: {nll_samples: 5}\n")
            .Add("ae.yaml", "extends: vae.yaml\nname: vae\nmodel: {type: ae}\ntrain: {optimizer: {type: sgd}}\n")
            .Add("plain.yaml", "name: vae\ndata: {dataset: mnist}\nmodel: {type: ae}\ntrain: {epochs: 2, optimizer: sgd}\n");
        Assert.Equal(ResolvedConfig.ToJson(files.Read("plain.yaml").Single!), ResolvedConfig.ToJson(files.Read("ae.yaml").Single!));
        Assert.Equal(0, files.Read("ae.yaml").Single!.Eval.NllSamples);
    }

    [Fact]
    public void AnInheritedOptionThatTheNewTypeHasTooStays()
    {
        using var files = new ExperimentFiles()
            .Add("base.yaml", "data: {dataset: mnist}\nmodel: {type: vae}\ntrain: {epochs: 2, optimizer: {type: rmsprop, alpha: 0.9, momentum: 0.9, weight_decay: 0.5}, schedule: {type: step, step_size: 3, gamma: 0.3}}\n")
            .Add("mapping.yaml", "extends: base.yaml\ntrain: {optimizer: {type: sgd}, schedule: {type: exponential}}\n")
            .Add("word.yaml", "extends: base.yaml\ntrain: {optimizer: sgd, schedule: exponential}\n");
        Assert.All(["mapping.yaml", "word.yaml"], file =>
        {
            TrainingOptions train = files.Read(file).Single!.Train;
            Assert.Equal((0.9, 0.5, 0.3), (train.Optimizer.Momentum, train.Optimizer.WeightDecay, train.Schedule.Gamma));
        });
    }

    [Theory]
    [InlineData("train.optimizer.momentum=0.9", "train.optimizer.type=sgd")]
    [InlineData("train.optimizer.momentum=0.9", "train.optimizer=sgd")]
    [InlineData("train.optimizer.type=sgd", "train.optimizer.momentum=0.9")]
    public void TheOrderOfOverridesDoesNotDecideWhatStays(params string[] overrides) =>
        Assert.Equal(0.9, ExperimentFiles.Spec(ExperimentFiles.Least, overrides).Train.Optimizer.Momentum);

    [Fact]
    public void ATypeThatIsSetAlthoughItIsTheDefaultChangesNothing() =>
        Assert.Equal(0.1, ExperimentFiles.Spec(ExperimentFiles.Least.Replace("epochs: 2", "epochs: 2, optimizer: {weight_decay: 0.1}", StringComparison.Ordinal), "train.optimizer.type=adam").Train.Optimizer.WeightDecay);

    [Theory]
    [InlineData("train.optimizer.momentum=0.9", "train.optimizer.type=adam")]
    [InlineData("train.optimizer.type=adam", "train.optimizer.momentum=0.9")]
    public void AnOverrideThatMeansNothingIsAMistakeInEitherOrder(params string[] overrides) =>
        Assert.Contains("'train.optimizer.momentum' is only for train.optimizer.type: sgd, rmsprop; here it is adam.", Assert.Single(ExperimentFiles.ProblemsOf(ExperimentFiles.Least, overrides)), StringComparison.Ordinal);

    [Fact]
    public void ProblemsOfAnExtendedFilePointIntoThatFile()
    {
        using var files = new ExperimentFiles()
            .Add("base.yaml", "data: {dataset: mnist}\nmodel: {type: vae}\ntrain: {epochs: 2, batch_size: x}\n")
            .Add("top.yaml", "extends: base.yaml\nseed: -1\n");
        Assert.Equal(
            ["base.yaml(3,32): 'train.batch_size' must be an integer from 1 to 65536: 'x' is not a number.", "top.yaml(2,7): 'seed' must be an integer from 0 to 18446744073709551615: it is -1."],
            files.Problems("top.yaml"));
    }

    [Theory]
    [InlineData("extends: b.yaml\n", "b.yaml(1,10): 'extends' leads back to this file: x.yaml → b.yaml → x.yaml. Remove one of these links.")]
    [InlineData("extends: x.yaml\n", "x.yaml(1,10): 'extends' leads back to this file: x.yaml → x.yaml. Remove one of these links.")]
    [InlineData("extends: [b.yaml]\n", "x.yaml(1,10): 'extends' must be the path of one experiment file, relative to this one.")]
    [InlineData("extends: nowhere.yaml\n", "x.yaml(1,10): 'extends: nowhere.yaml': nowhere.yaml: the file does not exist.")]
    public void AnExtendedFileThatCannotBeUsedIsNamed(string yaml, string expected)
    {
        using var files = new ExperimentFiles().Add("x.yaml", yaml).Add("b.yaml", "extends: x.yaml\n");
        Assert.Equal([expected], files.Problems("x.yaml"));
    }

    [Fact]
    public void OverridesApplyInOrderAboveTheFile()
    {
        var spec = ExperimentFiles.Spec(ExperimentFiles.Least, "train.epochs=3", "model.encoder=[512, 256]", "train.epochs=4", "train.optimizer.eps=1e-6", "loss={kl_weight: 3}", "train.schedule={type: cosine, warmup_epochs: 1}", "loss.kl_weight=2");
        Assert.Equal((4, 2.0, 1e-6), (spec.Train.Epochs, spec.Loss.KlWeight, spec.Train.Optimizer.Eps));
        Assert.Equal([512, 256], spec.Model.Encoder);
        Assert.Equal(ScheduleType.Cosine, spec.Train.Schedule.Type);
    }

    [Theory]
    [InlineData("train.epochs=abc", "'train.epochs' must be an integer from 1 to 1000000: 'abc' is not a number.")]
    [InlineData("train.epoch=3", "unknown key 'train.epoch'. Did you mean 'train.epochs'? Every key is listed in experiments/README.md.")]
    [InlineData("train.epochs", "must be KEY=VALUE, for example --set train.epochs=2.")]
    [InlineData("extends=a.yaml", "'extends' can only stand in a file.")]
    [InlineData("model.encoder=[1", "a list in brackets is not closed: ',' or ']' is missing here.")]
    public void AProblemOfAnOverrideShowsTheOverride(string text, string expected) =>
        Assert.Equal([$"--set {text}: {expected}"], ExperimentFiles.ProblemsOf(ExperimentFiles.Least, text));

    [Theory]
    [InlineData("data: {dataset: mnist}\nmodel: {type: vae}\ntrain: {batch_size: 8}\n", "model.latent_dim=3", "x.yaml(3,8): 'train.epochs' is missing;")]
    [InlineData("data: {dataset: mnist}\nmodel: {type: vae}\ntrain: {batch_size: 8}\n", "train.learning_rate=1e-3", "x.yaml(3,8): 'train.epochs' is missing;")]
    [InlineData("data: {dataset: mnist}\nmodel: {type: vae}\n", "train.batch_size=8", "x.yaml(1,1): 'train.epochs' is missing;")]
    public void WhatTheFileLacksIsMissingInTheFileWhateverIsSet(string yaml, string set, string expected) =>
        Assert.StartsWith(expected, Assert.Single(ExperimentFiles.ProblemsOf(yaml, set)), StringComparison.Ordinal);

    [Fact]
    public void AFileNameThatIsNoNameIsAProblemOfTheFileWhateverIsSet()
    {
        using var files = new ExperimentFiles().Add("a+b.yaml", ExperimentFiles.Least);
        Assert.StartsWith("a+b.yaml(1,1): the file's name cannot name the experiment", Assert.Single(files.Problems("a+b.yaml", "train.epochs=1")), StringComparison.Ordinal);
    }

    [Fact]
    public void AProblemCannotColourTheTerminal() =>
        Assert.StartsWith("--set name=a␛[31m: control character U+001B", Assert.Single(ExperimentFiles.ProblemsOf(ExperimentFiles.Least, "name=a\e[31m")), StringComparison.Ordinal);

    [Fact]
    public void ALineBreakEndsNoName()
    {
        Assert.Contains("does not match ^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$:", Assert.Single(ExperimentFiles.ProblemsOf("name: \"abc\\n\"\n" + ExperimentFiles.Least)), StringComparison.Ordinal);
        Assert.False(SpecReader.CanName("abc\n"));
    }

    [Fact]
    public void AFileNameThatIsNoNameAsksForOne()
    {
        using var files = new ExperimentFiles().Add("my experiment.yaml", ExperimentFiles.Least);
        Assert.Contains("Add 'name: …'.", Assert.Single(files.Problems("my experiment.yaml")), StringComparison.Ordinal);
    }
}
