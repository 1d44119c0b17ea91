using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;

namespace AeVae.Tests.Runner.Resuming;

/// <summary>Runs of an experiment file that is edited, or that stops early, as its user sees them.</summary>
public sealed class OwnFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae own ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string File => Path.Combine(_folder, "mine.yaml");

    [Fact]
    public void AnEditedFileIsNotResumedInSilence()
    {
        Write("epochs: 1");
        Assert.Equal(ExitCodes.Ok, Run("run", File, "--no-report").ExitCode);
        const string note = "mine.yaml is not what run ";
        Assert.DoesNotContain(note, Run("resume", File, "--no-report").Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, Run("run", File, "--no-report", "--seed", "7").ExitCode);
        Assert.DoesNotContain(note, Run("resume", File, "--no-report").Error, StringComparison.Ordinal);   // another seed is no edit
        Write("epochs: 2");

        (int exitCode, string output, string error) = Run("resume", File, "--no-report");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("is completed: nothing is left to train", output, StringComparison.Ordinal);
        Assert.Contains(note, error, StringComparison.Ordinal);
        Assert.Contains("its stored configuration was trained. The file as it is now: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is shown", "show", "FILE")]
    [InlineData("is reported", "report", "FILE", "--format", "json")]
    [InlineData("is compared", "compare", "FILE", "@last", "--baseline", "FILE")]
    [InlineData("is compared", "diff", "FILE", "@last")]
    public void ARunIsNotTakenForThatOfItsEditedFileInSilence(string what, params string[] command)
    {
        Write("epochs: 1");
        Assert.Equal(ExitCodes.Ok, Run("run", File, "--no-report").ExitCode);
        string moved = Path.Combine(_folder, "other.yaml");
        System.IO.File.WriteAllText(moved, System.IO.File.ReadAllText(File) + "seed: 7\n");
        Assert.Equal(ExitCodes.Ok, Run("run", moved, "--no-report").ExitCode);
        string[] arguments = [.. command.Select(word => word == "FILE" ? File : word)];
        const string note = "mine.yaml is not what run ";
        Write("epochs: 1", "# a comment");
        Assert.DoesNotContain(note, Run(arguments).Error, StringComparison.Ordinal);
        Write("epochs: 2");
        string error = Run(arguments).Error;
        Assert.Single(error.Split('\n'), line => line.Contains(note, StringComparison.Ordinal) && line.Contains($"its stored configuration {what}. The file as it is now: ", StringComparison.Ordinal));
        Assert.DoesNotContain(note, Run([.. arguments, "--quiet"]).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is reported", "report", "FILE", "--format", "json")]
    [InlineData("is compared", "compare", "FILE")]
    public void ASweepIsNotTakenForThatOfItsEditedFileInSilence(string what, params string[] command)
    {
        Write("epochs: 1", "sweep: {seeds: [1, 2]}");
        Assert.Equal(ExitCodes.Ok, Run("sweep", File, "--set", "train.learning_rate=0.01", "--no-report").ExitCode);
        string[] arguments = [.. command.Select(word => word == "FILE" ? File : word)];
        const string note = "mine.yaml is not what sweep ";
        Assert.DoesNotContain(note, Run(arguments).Error, StringComparison.Ordinal);   // other options are no edit
        Write("epochs: 1, learning_rate: 0.01", "sweep: {seeds: [1, 2]} # a comment");
        Assert.DoesNotContain(note, Run(arguments).Error, StringComparison.Ordinal);
        Write("epochs: 1, learning_rate: 0.01", "sweep: {seeds: [1, 2, 3]}");
        Assert.Contains($"its stored configuration {what}. The file as it is now: ", Assert.Single(Run(arguments).Error.Split('\n'), line => line.Contains(note, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfAnotherProjectFindsItsRuns()
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "project", "experiments")).FullName, "mine.yaml");     // the tests work in another project
        Write("epochs: 1");
        System.IO.File.Copy(File, file);
        Assert.Equal(ExitCodes.Ok, Run("run", file, "--no-report", "--name", "other").ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("sweep", file, "--no-report", "--set", "sweep.seeds=[1, 2]", "--set", "name=several").ExitCode);

        Assert.Contains($"other, {file}\n", Run("show", "other").Output, StringComparison.Ordinal);
        Assert.Contains($"several, {file}\n", Run("sweep", "status", file).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, Run("verify", file).ExitCode);
    }

    [Fact]
    public void WhatAFileAsksForInVainIsSaidWhenItIsCheckedAndRun()
    {
        Write("epochs: 2, schedule: {type: multistep, milestones: [1, 2, 9]}", data: "dataset: synthetic");
        const string milestones = "'train.schedule.milestones' has 2, 9, but 'train.epochs' is 2: the step size would drop only after the training";
        const string limit = "'data.train_limit' is 100000, but there are ";
        string[] set = ["--set", "data.train_limit=100000"];

        Assert.Contains(milestones, Run("check", File).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(limit, Run("check", File).Output, StringComparison.Ordinal);
        Assert.Contains(limit, Run(["check", File, .. set]).Output, StringComparison.Ordinal);
        Assert.Contains($"note: {limit}", Run(["run", File, "--dry-run", .. set]).Error, StringComparison.Ordinal);
        Assert.Contains($"note: {milestones}", Run("run", File, "--no-report").Error, StringComparison.Ordinal);
        string[] chosenByTestImages = ["--set", "checkpoint.best=val.loss", "--set", "eval.weights=best", "--set", "data.validation=test"];
        Assert.Contains("'eval.weights: best' takes the epoch with the best 'val.loss', and with 'data.validation: test' that is one of the test images", Run(["check", File, .. chosenByTestImages]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("'eval.weights: best' takes", Run(["check", File, .. chosenByTestImages[..4]]).Output, StringComparison.Ordinal);
        Assert.Contains("training ends before the KL weight has reached 'loss.kl_weight'", Run("check", File, "--set", "model.type=vae", "--set", "loss.kl_warmup_epochs=2").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("training ends before", Run("check", File, "--set", "model.type=vae", "--set", "loss.kl_warmup_epochs=1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePlainViewSaysWhenTheLastEpochIsTrained()
    {
        Write("epochs: 2");
        Assert.Matches(@"epoch 2/2 .*\ntrained; the test images and what the figures show are measured\n", Run("run", File, "--no-report").Error);
    }

    [Fact]
    public void ARunThatStoppedEarlySaysSoAndNamesItsBestCheckpoint()
    {
        Write("epochs: 9, early_stop: {patience: 1, min_delta: 5000}", "checkpoint: {best: val.loss}");

        (int exitCode, string output, _) = Run("run", File, "--no-report");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Matches(@"training +2 epochs: .*\n +stopped early, as val\.loss did not improve by more than 5,000 in 1 evaluation\n", output);
        Assert.Matches(@"checkpoint .*epoch-0002\.safetensors'?\n +.*best\.safetensors'?\n", output);
    }

    [Fact]
    public void ACompletedRunWhoseCheckpointsWereRefusedSaysSoAtItsEndAndWhenItIsShown()
    {
        const string lost = "no checkpoint of its weights was kept", noFile = "not in a file here";
        Write("epochs: 2");
        string run = Run("run", File, "--no-report", "--quiet").Output.TrimEnd();
        Assert.DoesNotContain(noFile, Run("show", run).Output, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(_folder, "runs"), recursive: true);
        System.IO.File.WriteAllText(Path.Combine(_folder, "runs"), "in the way");

        (int exitCode, string output, string error) = Run("run", File, "--no-report", "--quiet");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.StartsWith($"warning: {lost}", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains(noFile, Run("show", output.TrimEnd()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatEffectiveBetaPresupposesOfASquaredErrorIsShown()
    {
        Write("epochs: 1");
        Run("run", File, "--set", "model.type=vae", "--set", "loss.reconstruction=mse", "--no-report");

        Assert.Matches("effective β +0.5000, for mse of a Gaussian with variance 1 for each pixel\n", Run("show", "@last").Output);
    }

    [Fact]
    public void WhatWasReachedOfEffectiveBetaIsShown()
    {
        Write("epochs: 3");
        Run("run", File, "--set", "model.type=vae", "--set", "loss.kl_weight=4", "--set", "loss.kl_warmup_epochs=4", "--no-report");

        Assert.Matches("effective β +4, of which 2 was reached\n", Run("show", "@last").Output);     // 4 · 2 / 4 in epoch 3, as it begins with 0
    }

    void Write(string train, string more = "", string? data = null) => System.IO.File.WriteAllText(File, $$"""
        data: {{{data ?? SmallImages.Dataset}}, validation: 20, train_limit: 40}
        model: {type: ae, encoder: [10], latent_dim: 3}
        train: {batch_size: 8, {{train}}}
        {{more}}
        """);

    (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int exitCode = CommandLine.Run([.. arguments, "--db", Path.Combine(_folder, "results.db")], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
