using System.Text;
using AeVae.Runner.Specs;

namespace AeVae.Tests.Runner.Specs;

/// <summary>What people read when a file is wrong: the exact text, for one file per kind of mistake.</summary>
public sealed class BrokenFileTests
{
    const string Keys = "Every key is listed in experiments/README.md.";
    const string Start = "`runner init` writes one to start from.";

    [Theory]
    [InlineData("", "x.yaml(1,1): holds no experiment. " + Start)]
    [InlineData("# only a comment\n", "x.yaml(1,1): holds no experiment. " + Start)]
    [InlineData("- a\n", "x.yaml(1,1): an experiment is a mapping of keys to values, one 'key: value' a line. " + Start)]
    [InlineData("hello\n", "x.yaml(1,1): an experiment is a mapping of keys to values, one 'key: value' a line. " + Start)]
    [InlineData(ExperimentFiles.Least + "---\nseed: 1\n", "x.yaml(4,1): a second document starts here; one file holds one experiment. Remove this line and what follows, or move it to a file of its own.")]
    [InlineData("seed: 3\0\n", "x.yaml(1,8): control character U+0000: this is not a text file.")]
    [InlineData("data: *foo\n", "x.yaml(1,7): alias *foo has no anchor &foo before it.")]
    [InlineData("data: &a [*a]\n", "x.yaml(1,11): alias *a has no anchor &a before it.")]
    [InlineData("data:\n\tdataset: mnist\n", "x.yaml(2,1): a tab indents this line; YAML allows only spaces there.")]
    [InlineData("data:\n  dataset: mnist\n\tvalidation: 3\n", "x.yaml(3,1): a tab indents this line; YAML allows only spaces there.")]
    [InlineData("name: @x\n", "x.yaml(1,7): a value cannot start with '@'; put the text in quotes.")]
    [InlineData("description: \"x\nseed: 1\n", "x.yaml(1,14): the quote that opens here is never closed.")]
    [InlineData("data:\n  dataset: mnist\n seed: 1\n", "x.yaml(3,2): this line does not line up with the keys above it; the keys of one mapping have the same indentation.")]
    [InlineData("model: {encoder: [1, 2}\n", "x.yaml(1,23): a list in brackets is not closed: ',' or ']' is missing here.")]
    [InlineData("model:\n  encoder: - 3\n", "x.yaml(2,12): '- ' cannot follow a key on the same line; write the list as [a, b], or each '- ' on a line of its own.")]
    [InlineData("model: ]\n", "x.yaml(1,8): a value is missing here, or a bracket too many closes nothing.")]
    [InlineData("data: {dataset: mnist\nmodel: {type: vae}\n", "x.yaml(1,15): not valid YAML just after here; is a value missing, or a bracket, quote or comma misplaced?")]
    public void AFileThatIsNoExperimentIsRefusedWithOneReason(string yaml, string expected) =>
        Assert.Equal([expected], ExperimentFiles.ProblemsOf(yaml));

    [Fact]
    public void AColonInATextAsksForQuotes() =>
        Assert.Equal(["x.yaml(1,19): 'key: value' is not possible here. Does the line above lack its ':', is this line indented too far, or does a text that contains ': ' need quotes?"],
            ExperimentFiles.ProblemsOf("description: MNIST: the digits\n"));

    [Theory]
    [InlineData("learning_rate: 0,001", "(4,18): 'train.learning_rate' must be a number from 0 to 1000000: 0,001 has a decimal comma; write 0.001.")]
    [InlineData("learning_rate: \"1e-3\"", "(4,18): 'train.learning_rate' must be a number from 0 to 1000000: \"1e-3\" in quotes is text; remove the quotes.")]
    [InlineData("learning_rate: .nan", "(4,18): 'train.learning_rate' must be a number from 0 to 1000000: .nan is not a finite number.")]
    [InlineData("learning_rate: -1", "(4,18): 'train.learning_rate' must be a number from 0 to 1000000: it is -1.")]
    [InlineData("learning_rate: [1]", "(4,18): 'train.learning_rate' must be a number from 0 to 1000000: it is a list.")]
    [InlineData("learning_rate:", "(4,17): 'train.learning_rate' has no value; it must be a number from 0 to 1000000. Leave the key out for its default.")]
    [InlineData("batch_size: 010", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: 010 has a leading zero, which some readers take for octal; write 10.")]
    [InlineData("batch_size: 1:30", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: 1:30 is base 60 to some readers; write one decimal number.")]
    [InlineData("batch_size: 1_000", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: 1_000 has grouped digits; write 1000.")]
    [InlineData("batch_size: 0x10", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: 0x10 is not decimal; write it in digits 0 to 9.")]
    [InlineData("batch_size: 1.5", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: 1.5 is not a whole number.")]
    [InlineData("batch_size: 65537", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: it is 65537.")]
    [InlineData("batch_size: many", "(4,15): 'train.batch_size' must be an integer from 1 to 65536: 'many' is not a number.")]
    [InlineData("optimizer: adaam", "(4,14): 'train.optimizer.type' must be one of adam, adamw, sgd, rmsprop: 'adaam' is none of them. Did you mean 'adam'?")]
    [InlineData("optimizer: {type: rmsprop, centered: yes}", "(4,40): 'train.optimizer.centered' must be true or false: yes is not a truth value in YAML 1.2; write true.")]
    [InlineData("optimizer: {betas: [0.9]}", "(4,22): 'train.optimizer.betas' must be a list of 2 numbers from 0 to 0.999999999: it has 1.")]
    [InlineData("optimizer: {betas: [0.9, 1]}", "(4,28): 'train.optimizer.betas[1]' must be a number from 0 to 0.999999999: it is 1.")]
    [InlineData("early_stop: 3", "(4,15): 'train.early_stop' must be a mapping with metric, patience, min_delta, or null: it is '3'.")]
    [InlineData("learnRate: 1", "(4,3): unknown key 'train.learnRate'. Did you mean 'train.learning_rate'? " + Keys)]
    [InlineData("lr: 1", "(4,3): unknown key 'train.lr'. Did you mean 'train.learning_rate'? " + Keys)]
    [InlineData("optimizer.type: adam", "(4,3): 'optimizer.type' is written with dots, but keys of a file are nested: write optimizer: {type: …}.")]
    [InlineData("model.latent_dim: 3", "(4,3): 'model.latent_dim' is written with dots, but keys of a file are nested: write model: {latent_dim: …} at the top of the file.")]
    [InlineData("seed: 1", "(4,3): unknown key 'train.seed'. Did you mean 'seed'? " + Keys)]
    [InlineData("qqqqq: 1", "(4,3): unknown key 'train.qqqqq'. " + Keys)]
    [InlineData("<<: {seed: 1}", "(4,3): merge keys (<<) are not part of YAML 1.2. Use 'extends: other.yaml', or an alias for the whole value.")]
    [InlineData("epochs: 3", "(4,3): duplicate key 'epochs'; it stands at line 3 already. Remove one of the two.")]
    [InlineData("? [a]\n  : 1", "(4,5): a key must be a word, not a list or a mapping.")]
    [InlineData("batch_size: !!int 3", "(4,15): tag '!!int' is not used here; remove it: the key decides the type of its value.")]
    public void AWrongValueInTheTrainSectionIsNamedAtItsPlace(string line, string expected) =>
        Assert.Equal(["x.yaml" + expected], ExperimentFiles.ProblemsOf($"data: {{dataset: mnist}}\ntrain:\n  epochs: 2\n  {line}\nmodel: {{type: vae}}\n"));

    [Theory]
    [InlineData("loss: {kl_weight: 1}\nmodel: {type: ae}", "(1,8): 'loss.kl_weight' is only for model.type: vae; here it is ae. Remove it, or change 'model.type'.")]
    [InlineData("model: {type: vae, latent_activation: tanh}", "(1,20): 'model.latent_activation' is only for model.type: ae; here it is vae. Remove it, or change 'model.type'.")]
    [InlineData("model: {type: vae, output: identity}", "(1,28): 'loss.reconstruction: bce' needs pixel values between 0 and 1, which 'model.output: identity' does not give. Use output: sigmoid, or reconstruction: mse.")]
    [InlineData("model: {type: vae}\nloss: {reconstruction: mse}\neval: {nll_samples: 5}", "(3,8): 'eval.nll_samples' is only for loss.reconstruction: bce; here it is mse. Remove it, or change 'loss.reconstruction'.")]
    [InlineData("model: {type: vae}\neval: {weights: best}", "(2,17): 'eval.weights: best' needs 'checkpoint.best', the metric that tells which epoch is the best. Add 'checkpoint: {best: val.loss}', or remove it.")]
    [InlineData("model: {type: vae}\ncheckpoint: {best: test.loss}", "(2,20): 'checkpoint.best' is 'test.loss': the test images are evaluated once, at the end. Use 'val.loss'.")]
    [InlineData("model: {type: ae}\ncheckpoint: {best: val.mse_mean}", "(2,20): 'checkpoint.best' is 'val.mse_mean': 'mse_mean' is not measured on this split after each epoch. Possible here: val.loss, val.bce, val.mse.")]
    public void KeysThatContradictEachOtherAreNamedWithTheRemedy(string yaml, string expected) =>
        Assert.Equal(["x.yaml" + expected], ExperimentFiles.ProblemsOf(yaml + "\ndata: {dataset: mnist}\ntrain: {epochs: 2}\n"));

    [Theory]
    [InlineData("optimizer: {type: sgd, betas: [0.9, 0.9]}", "'train.optimizer.betas' is only for train.optimizer.type: adam, adamw; here it is sgd. Remove it, or change 'train.optimizer.type'.")]
    [InlineData("optimizer: {momentum: 0.9}", "'train.optimizer.momentum' is only for train.optimizer.type: sgd, rmsprop; here it is adam. Remove it, or change 'train.optimizer.type'.")]
    [InlineData("optimizer: {type: sgd, nesterov: true}", "'train.optimizer.nesterov' needs a momentum above 0. Add 'momentum: 0.9', or remove it.")]
    [InlineData("schedule: multistep", "a multistep schedule needs 'milestones': the epochs after which the step size drops, for example [30, 40].")]
    [InlineData("schedule: {type: multistep, milestones: [3, 3]}", "'train.schedule.milestones' must ascend, but is [3, 3].")]
    [InlineData("schedule: warmup", "a warmup schedule needs 'warmup_epochs' of at least 1.")]
    [InlineData("schedule: {type: cosine, min_learning_rate: 0.1}", "'train.schedule.min_learning_rate' is 0.1, above the learning rate, 0.001.")]
    public void OptionsOfAnotherOptimizerOrScheduleAreRefused(string line, string expected)
    {
        string problem = Assert.Single(ExperimentFiles.ProblemsOf($"data: {{dataset: mnist}}\nmodel: {{type: vae}}\ntrain:\n  epochs: 2\n  {line}\n"));
        Assert.EndsWith(expected, problem, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml(5,", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{epochs: 2, learning_rate: 0,001}", "(3,35): 'train.learning_rate' must be a number from 0 to 1000000: 0,001 has a decimal comma; write 0.001.")]
    [InlineData("{learning_rate: 0,001, epochs: 2, gradient_clip: 0,001}", "(3,24): 'train.learning_rate' must be a number from 0 to 1000000: 0,001 has a decimal comma; write 0.001.")]
    [InlineData("{learning_rate: 1,5e-3, epochs: 2}", "(3,24): 'train.learning_rate' must be a number from 0 to 1000000: 1,5e-3 has a decimal comma; write 1.5e-3.")]
    [InlineData("{epochs: 1,000,000}", "(3,17): 'train.epochs' must be an integer from 1 to 1000000: 1,000,000 has grouped digits; write 1000000.")]
    [InlineData("{epochs: 2, 001}", "(3,20): unknown key 'train.001'. " + Keys)]
    public void ADecimalCommaBetweenBracesIsNamedAsOnALineOfItsOwn(string train, string expected) =>
        Assert.Equal("x.yaml" + expected, ExperimentFiles.ProblemsOf($"data: {{dataset: mnist}}\nmodel: {{type: vae}}\ntrain: {train}\n")[0]);

    [Fact]
    public void AllProblemsOfAFileAreReportedAtOnceInTheOrderOfTheText() =>
        Assert.Equal(
            [
                "x.yaml(1,7): 'seed' must be an integer from 0 to 18446744073709551615: it is 18446744073709551616.",
                "x.yaml(2,17): 'data.dataset' must be one of mnist, fashion-mnist, synthetic, images: 'mnits' is none of them. Did you mean 'mnist'?",
                "x.yaml(2,36): 'data.validation' must be an integer of at least 1, or 'test', or null: 'tset' is not a number.",
                "x.yaml(3,8): 'model.type' is missing; it must be one of ae, vae.",
                "x.yaml(3,18): 'model.encoder' must be a list of integers from 1 to 65536: write [400].",
                "x.yaml(4,12): unknown key 'training.epochs'. Did you mean 'train.epochs'? " + Keys,
                "x.yaml(4,23): unknown key 'training.learnRate'. Did you mean 'train.learning_rate'? " + Keys,
            ],
            ExperimentFiles.ProblemsOf("seed: 18446744073709551616\ndata: {dataset: mnits, validation: tset}\nmodel: {encoder: 400}\ntraining: {epochs: 3, learnRate: 1e-3}\n"));

    [Fact]
    public void MoreValidationImagesThanTheDataSetHasAreRefused() =>
        Assert.Equal(["x.yaml(1,20): 'data.validation' is 6000, but synthetic has 6000 training images. Take fewer, or use 'test'."],
            ExperimentFiles.ProblemsOf("data: {validation: 6000, dataset: synthetic}\nmodel: {type: ae}\ntrain: {epochs: 1}\n"));

    [Theory]
    [InlineData("{dataset: images}", "(1,17): 'data.dataset: images' needs 'data.path': the folder of your images, below the data folder or absolute.")]
    [InlineData("{dataset: images, path: ''}", "(1,31): 'data.dataset: images' needs 'data.path': the folder of your images, below the data folder or absolute.")]
    [InlineData("{dataset: images, path: faces/}", "(1,31): 'data.path' is 'faces/'. Write it without the separator at its end.")]
    [InlineData("{dataset: mnist, path: faces}", "(1,24): 'data.path' is only for data.dataset: images; here it is mnist. Remove it, or change 'data.dataset'.")]
    [InlineData("{dataset: images, path: faces, size: 129}", "(1,44): 'data.size' must be an integer from 1 to 128: it is 129.")]
    [InlineData("{dataset: images, path: faces, channels: gray}", "(1,48): 'data.channels' must be one of rgb, grey: 'gray' is none of them. Did you mean 'grey'?")]
    public void KeysOfOwnImagesBelongToThem(string data, string expected) =>
        Assert.Equal(["x.yaml" + expected], ExperimentFiles.ProblemsOf($"data: {data}\nmodel: {{type: ae}}\ntrain: {{epochs: 1}}\n"));

    [Fact]
    public void FilesThatCannotBeReadAsTextSayWhy()
    {
        using var files = new ExperimentFiles();
        File.WriteAllBytes(files.Path("binary.yaml"), [0x6e, 0x80]);
        File.WriteAllText(files.Path("utf16.yaml"), ExperimentFiles.Least, Encoding.Unicode);
        File.WriteAllText(files.Path("huge.yaml"), new string('#', 2_000_000));
        Directory.CreateDirectory(files.Path("folder.yaml"));

        Assert.Equal(["binary.yaml: is not UTF-8 text: byte 0x80 at offset 1."], files.Problems("binary.yaml"));
        Assert.Equal(["utf16.yaml: is UTF-16 text; save it as UTF-8."], files.Problems("utf16.yaml"));
        Assert.Equal(["huge.yaml: is larger than 1 MiB; an experiment file has a few dozen lines."], files.Problems("huge.yaml"));
        Assert.Equal(["folder.yaml: is a folder; name an experiment file (*.yaml) in it."], files.Problems("folder.yaml"));
        Assert.Equal(["hoge.yaml: the file does not exist. Did you mean 'huge.yaml'?"], files.Problems("hoge.yaml"));
    }

    [Fact]
    public void NestingAndAliasesAreBounded()
    {
        string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefgh".Select((name, i) => $"{name}: &{name} [{string.Join(',', Enumerable.Repeat("*" + "abcdefg"[i], 10))}]\n"));
        Assert.Equal("x.yaml(4,4): holds more than 10,000 values once its aliases are written out.", Assert.Single(ExperimentFiles.ProblemsOf(bomb)));
        Assert.Equal("x.yaml(1,36): nested deeper than 32 levels; the format needs 4.", Assert.Single(ExperimentFiles.ProblemsOf("a: " + new string('[', 100_000))));
    }

    [Fact]
    public void AfterAHundredProblemsTheRestIsCounted()
    {
        string[] problems = ExperimentFiles.ProblemsOf(ExperimentFiles.Least + string.Concat(Enumerable.Range(0, 250).Select(i => $"q{i}: 1\n")));
        Assert.Equal(101, problems.Length);
        Assert.EndsWith("150 more problems follow.", problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void AnyDamageToAFileGivesProblemsOrAnExperimentButNoException()
    {
        string original = File.ReadAllText(Path.Combine(ExperimentFiles.Shipped, "vae-lr1e-4.yaml"));
        const string damage = "{}[]:,-?*&!|>'\"%@`#\t\n \0é~<";
        for (int i = 0; i < 1500; i++)
        {
            int at = i * 7919 % original.Length, length = i * 31 % 5;
            string text = original[..at] + damage[i % damage.Length] + original[Math.Min(original.Length, at + length)..];
            var result = SpecReader.ReadText("x.yaml", text);
            Assert.Equal(result.Spec is null, result.Problems.Count > 0);
        }
    }
}
