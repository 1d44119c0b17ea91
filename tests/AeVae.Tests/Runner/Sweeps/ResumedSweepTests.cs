using System.Text.RegularExpressions;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary><c>sweep --resume</c> of a list that is done, has other claims by now, or cannot be understood.</summary>
public sealed class ResumedSweepTests : IDisposable
{
    static readonly string Experiment = $$$"""
        name: small
        data: {{{{SmallImages.Dataset}}}, validation: 20, train_limit: 40}
        model: {type: vae, encoder: [10], latent_dim: 3}
        train: {epochs: 2, batch_size: 8}
        variants: {ae: {model: {type: ae}}, vae: {}}
        claims: [{text: The AE has codes., check: last(ae.val.latent_radius) > 0}]

        """;

    readonly SweepLaboratory _laboratory = new();

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void VariantsAreMultipliedBySeedsOnlyWhereAllHaveThem()
    {
        Assert.Contains("\ntrials     2: 2 variants (ae, vae) × seed ", Sweep(Experiment, "--no-report").Output, StringComparison.Ordinal);
        string own = Sweep(Experiment.Replace("vae: {}}", "vae: {}, own: {seed: 5}}", StringComparison.Ordinal), "--no-report").Output;
        Assert.Matches(@"\ntrials     3: 3 variants \(ae, vae, own\), 2 seeds \(\d+, 5\)\n", own);
    }

    [Fact]
    public void ADoneSweepIsJudgedAndReported()
    {
        Sweep(Experiment, "--no-report");
        _laboratory.Sql("delete from claim");   // as if it had been stopped before
        (int exitCode, string output, string error) = _laboratory.Run("sweep", "--resume", "@last");
        Assert.True(exitCode == ExitCodes.Ok, error);
        Assert.Single(_laboratory.Sweep().Claims);
        Assert.Contains("report.md", output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAnotherProcessEndsWhileClaimsAreJudgedIsJudgedAndCountedAlike()
    {
        Sweep(Experiment, "--no-report");
        _laboratory.Sql("""
            update run set status = 'failed' where variant = 'ae';
            create trigger other after insert on claim begin update run set status = 'completed'; end
            """);

        (int exitCode, string output, _) = _laboratory.Run("sweep", "--resume", "@last", "--no-report");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains("holds: The AE has codes.", output, StringComparison.Ordinal);
        Assert.EndsWith(": 2 completed\n", output, StringComparison.Ordinal);
        Assert.Equal([ClaimOutcome.Holds], _laboratory.Sweep().Claims.Select(claim => claim.Outcome));
    }

    [Fact]
    public void AQuietSweepThatIsNotDoneSaysWhy()
    {
        Sweep(Experiment, "--no-report");
        _laboratory.Sql("update run set status = 'failed' where variant = 'ae'");

        (int exitCode, _, string error) = _laboratory.Run("sweep", "--resume", "@last", "--no-report", "--quiet");

        Assert.Equal(ExitCodes.RunFailed, exitCode);
        Assert.Contains("not every trial is completed: 1 completed, 1 failed. Which, and why: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterruptionAtTheVeryEndSaysWhatIsMissing()
    {
        Sweep(Experiment, "--no-report");
        SweepDetail sweep = _laboratory.Sweep();
        SweepText.WriteEnd(_laboratory.Globals(), new SweepEnd(sweep, Best: null, Report: null, TimeSpan.FromSeconds(2), WasInterrupted: true, StoppedAfter: null));
        string output = _laboratory.Output.ToString();
        Assert.Contains($" sweep --resume {sweep.Sweep.Id}", output, StringComparison.Ordinal);
        Assert.EndsWith(", its claims not judged and its report not written: 2 completed\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The AE has codes., check: last(ae.val.latent_radius) > 0", "No AE has codes., check: last(ae.val.latent_radius) < 0")]
    [InlineData("check: last(ae.val.latent_radius) > 0", "check: last(ae.val.latent_radius) < 0")]
    public void ChangedClaimsAreJudgedInPlaceOfTheOldOnes(string before, string now)
    {
        Sweep(Experiment, "--no-report");
        SweepDetail sweep = _laboratory.Sweep();
        Assert.Equal([ClaimOutcome.Holds], sweep.Claims.Select(claim => claim.Outcome));
        Assert.Equal(ExitCodes.Ok, Sweep(Experiment.Replace(before, now, StringComparison.Ordinal), "--no-report", "--resume", sweep.Sweep.Id).ExitCode);
        Assert.Equal([ClaimOutcome.DoesNotHold], _laboratory.Sweep().Claims.Select(claim => claim.Outcome));
        Assert.Equal(sweep.Trials, _laboratory.Sweep().Trials, (one, other) => one.RunId == other.RunId);
    }

    [Fact]
    public void AClaimThatWasWrittenAfterTheResultsSaysSoAndTheOneBeforeItIsKept()
    {
        Sweep(Experiment, "--no-report");
        string changed = Experiment.Replace("latent_radius) > 0", "latent_radius) > 0.001", StringComparison.Ordinal);
        (_, string output, string error) = Sweep(changed, "--resume", "@last");

        SweepDetail sweep = _laboratory.Sweep();
        Assert.Contains("claims are not those that the sweep had before its trials were trained", error, StringComparison.Ordinal);
        Assert.EndsWith(" This claim was written after 2 trials had been trained.", Assert.Single(sweep.Claims).Evidence, StringComparison.Ordinal);
        Assert.Equal("last(ae.val.latent_radius) > 0", Assert.Single(sweep.Outline.Withdrawn).Check);
        Assert.Contains("**Withdrawn** from the file after trials had been trained: The AE has codes. `last(ae.val.latent_radius) > 0`", File.ReadAllText(Path.Combine(_laboratory.Folder, Regex.Match(output, @"reports/\S+report\.md").Value)), StringComparison.Ordinal);

        const string Edited = "is not what sweep";
        Assert.DoesNotContain(Edited, _laboratory.Run("compare", Written(changed)).Error, StringComparison.Ordinal);
        Assert.Contains(Edited, _laboratory.Run("compare", Written(Experiment)).Error, StringComparison.Ordinal);
        Sweep(Experiment, "--no-report", "--resume", "@last");
        Assert.DoesNotContain("was written after", Assert.Single(_laboratory.Sweep().Claims).Evidence, StringComparison.Ordinal);
        Assert.Equal("last(ae.val.latent_radius) > 0.001", Assert.Single(_laboratory.Sweep().Outline.Withdrawn).Check);
    }

    [Fact]
    public void ChangedClaimsAreJudgedWhenTheSweepIsExtended()
    {
        Sweep(Experiment, "--no-report");
        string extended = Experiment.Replace("vae: {}}", "vae: {}, wide: {model: {encoder: [12]}}}", StringComparison.Ordinal).Replace("ae.val.latent_radius) >", "wide.val.loss) <", StringComparison.Ordinal);
        (int exitCode, _, string error) = Sweep(extended, "--no-report", "--resume", "@last", "--extend");
        Assert.True(exitCode == ExitCodes.Ok, error);
        Assert.Equal(("last(wide.val.loss) < 0", 3), (_laboratory.Sweep().Claims.Single().Expression, _laboratory.Sweep().Trials.Count));
    }

    [Fact]
    public void TheFileSaysByWhatTrialsAreRankedAndHowManyMayFail()
    {
        Sweep(Experiment, "--no-report");
        Assert.Equal(("val.bce", null), (_laboratory.Sweep().Sweep.Metric, _laboratory.Sweep().Outline.MaxFailed));
        Assert.Equal(ExitCodes.Ok, Sweep(Experiment + "sweep: {metric: val.mse, max_failed: 3}\n", "--no-report", "--resume", "@last").ExitCode);
        Assert.Equal(("val.mse", 3), (_laboratory.Sweep().Sweep.Metric, _laboratory.Sweep().Outline.MaxFailed));
        Assert.Single(_laboratory.Sweep().Claims);

        // What is refused changes nothing.
        Assert.Equal(ExitCodes.UserError, Sweep(Experiment, "--no-report", "--resume", "@last", "--trial", "99").ExitCode);
        Assert.Equal(("val.mse", 3, 1), (_laboratory.Sweep().Sweep.Metric, _laboratory.Sweep().Outline.MaxFailed, _laboratory.Sweep().Claims.Count));
    }

    [Fact]
    public void AshaGoesOnAsItWasBegun()
    {
        string asha = $"name: small\ndata: {{{SmallImages.Dataset}, validation: 20, train_limit: 40}}\nmodel: {{type: vae, encoder: [10], latent_dim: 3}}\ntrain: {{epochs: 3, batch_size: 8}}\n"
            + "sweep: {method: asha, trials: 2, asha: {min_epochs: 1}, parameters: {train.learning_rate: {min: 1e-4, max: 1e-2}}}\n";
        Sweep(asha, "--no-report");
        Sweep(asha.Replace("min_epochs: 1", "min_epochs: 2", StringComparison.Ordinal).Replace("method: asha", "method: asha, max_failed: 1, metric: val.bce", StringComparison.Ordinal), "--no-report", "--resume", "@last");
        Assert.Equal(("val.loss", 1, 1), (_laboratory.Sweep().Sweep.Metric, _laboratory.Sweep().Outline.Asha!.MinEpochs, _laboratory.Sweep().Outline.MaxFailed));

        (int exitCode, _, string error) = Sweep(asha.Replace("1e-2}", "1e-2}, loss.kl_weight: [2]", StringComparison.Ordinal), "--no-report", "--resume", "@last", "--extend");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("in 'loss.kl_weight', so that ASHA cannot compare their val.loss", error, StringComparison.Ordinal);
        Assert.Equal(2, _laboratory.Sweep().Trials.Count);
    }

    [Theory]
    [InlineData("epochs: 2", "epochs: 3", "train.epochs")]
    [InlineData("vae: {}", "vae: {train: {learning_rate: 1e-2}}", "train.learning_rate")]
    public void AnotherExperimentIsNotAddedToASweep(string before, string now, string key)
    {
        Sweep(Experiment, "--no-report");
        string other = Experiment.Replace(before, now, StringComparison.Ordinal) + "sweep: {seeds: [0, 1]}\n";
        (int exitCode, _, string error) = Sweep(other, "--no-report", "--resume", "@last", "--extend");
        Assert.Equal((ExitCodes.UserError, 2), (exitCode, _laboratory.Sweep().Trials.Count));
        Assert.Contains($"it changes '{key}', which the sweep does not vary", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ae: {model: {type: ae}}, vae: {}}", "{vae: {model: {type: ae}}, ae: {}}", "it changes 'model.type'")]
    [InlineData("{ae: {model: {type: ae}}, vae: {}}", "{a: {model: {type: ae}}, vae: {}}", "trial 1, variant ae, is variant a in it")]
    public void AVariantKeepsItsName(string before, string now, string why)
    {
        Sweep(Experiment, "--no-report");
        string other = Experiment[..Experiment.IndexOf("claims", StringComparison.Ordinal)].Replace(before, now, StringComparison.Ordinal);
        (int exitCode, _, string error) = Sweep(other, "--no-report", "--resume", "@last");
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.DoesNotContain("--extend", error, StringComparison.Ordinal);
        (exitCode, _, error) = Sweep(other, "--no-report", "--resume", "@last", "--extend");
        Assert.Equal((ExitCodes.UserError, 2), (exitCode, _laboratory.Sweep().Trials.Count));
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedTrialIsTriedAgainThoughItsRunIsEqual()
    {
        Sweep(Experiment[..Experiment.IndexOf("variants", StringComparison.Ordinal)] + "sweep: {parameters: {train.learning_rate: [1e6]}, seeds: [0]}\n", "--no-report");
        string? before = _laboratory.Sweep().Trials[0].RunId;
        _laboratory.Run("sweep", "--resume", "@last", "--no-report", "--needed", "--retry-failed");
        Assert.Equal(RunStatus.Failed, _laboratory.Sweep().Trials[0].Status);
        Assert.NotEqual(before, _laboratory.Sweep().Trials[0].RunId);
    }

    [Fact]
    public void TheSameTrialNumberIsNotAddedTwice()
    {
        Sweep(Experiment, "--no-report");
        SweepDetail sweep = _laboratory.Sweep();
        NewSweep extended = FrozenPlan.Of(SweepLaboratory.Plan(1e-3), sweep.Sweep.File, Experiment, ["runner", "sweep"]);
        using RunStore store = RunStore.Open(_laboratory.Database);
        Assert.Contains("another process extended sweep", Assert.Throws<RunTakenException>(() => store.ExtendSweep(sweep.Sweep.Id, extended)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportOfARunNamesTheFileFromTheRootAndNoOtherDatabase()
    {
        string path = Path.Combine(_laboratory.Folder, "small.yaml");
        File.WriteAllText(path, Experiment[..Experiment.IndexOf("variants", StringComparison.Ordinal)]);
        Assert.Equal(ExitCodes.Ok, _laboratory.Run("run", path, "--no-report").ExitCode);
        _laboratory.Sql("update experiment set file = 'below/small.yaml'");
        Assert.Contains("\n./runner run below/small.yaml --no-report --no-color\n", ReportOf("@last"), StringComparison.Ordinal);
    }

    [Fact]
    public void ATrialThatIsAddedBeforeKnownOnesHasANameOfItsOwn()
    {
        string two = Experiment[..Experiment.IndexOf("variants", StringComparison.Ordinal)] + "sweep: {parameters: {train.learning_rate: [1e-3, 2e-3]}}\n";
        Sweep(two, "--no-report");
        Assert.Equal(ExitCodes.Ok, Sweep(two.Replace("[1e-3", "[1e-2, 1e-3", StringComparison.Ordinal).Replace("sweep: {", "sweep: {seeds: [0, 5], ", StringComparison.Ordinal), "--no-report", "--resume", "@last", "--extend").ExitCode);
        Assert.Equal(["small-1 0.001 0", "small-2 0.002 0", "small-3 0.01 0", "small-3 0.01 5", "small-1 0.001 5", "small-2 0.002 5"],
            _laboratory.Sweep().Trials.Select(trial => $"{trial.Name} {trial.Parameters[0].Value} {trial.Seed}"));
    }

    [Fact]
    public void AReportReproducesTheTrialsThatWereAddedToo()
    {
        string two = Experiment[..Experiment.IndexOf("variants", StringComparison.Ordinal)] + "sweep: {parameters: {train.learning_rate: [1e-3, 2e-3]}}\n";
        Sweep(two, "--set", "train.batch_size=7", "--no-report");
        Assert.Equal(ExitCodes.Ok, Sweep(two, "--set", "train.batch_size=7", "--set", "sweep.seeds=[0,1]", "--no-report", "--resume", "@last", "--extend").ExitCode);
        Assert.Contains(" --set train.batch_size=7 --set 'sweep.seeds=[0,1]'\n", ReportOf("sweep:@last"), StringComparison.Ordinal);

        // Of seeds that do not hold the old ones one command cannot make all.
        Assert.Equal(ExitCodes.Ok, Sweep(two, "--set", "train.batch_size=7", "--set", "sweep.seeds=[5]", "--no-report", "--resume", "@last", "--extend").ExitCode);
        Assert.Contains(" --set train.batch_size=7 --set 'sweep.seeds=[0,1]'\n", ReportOf("sweep:@last"), StringComparison.Ordinal);
    }

    [Fact]
    public void AReportSaysWhichTrialsWereAddedWhenResultsWereKnown()
    {
        string two = Experiment[..Experiment.IndexOf("variants", StringComparison.Ordinal)] + "sweep: {parameters: {train.learning_rate: [1e-3, 2e-3]}}\n";
        string Extended(string values, string seeds)
        {
            Assert.Equal(ExitCodes.Ok, Sweep(two.Replace("[1e-3, 2e-3]", values, StringComparison.Ordinal).Replace("sweep: {", $"sweep: {{seeds: {seeds}, ", StringComparison.Ordinal), "--no-report", "--resume", "@last", "--extend").ExitCode);
            return ReportOf("sweep:@last");
        }

        Sweep(two, "--no-report");
        Assert.DoesNotContain("was extended", ReportOf("sweep:@last"), StringComparison.Ordinal);

        const string Less = "intervals and verdicts are less certain";
        string points = Extended("[1e-3, 2e-3, 3e-3]", "[0]");
        Assert.Contains("The sweep was extended by trial 3 when 2 had been trained.\n", points, StringComparison.Ordinal);
        Assert.DoesNotContain(Less, points, StringComparison.Ordinal);
        string seeds = Extended("[1e-3, 2e-3, 3e-3]", "[0, 1]");
        Assert.Contains("The sweep was extended by trial 3 when 2 had been trained, by trials 4 to 6 when 3 had been trained. If seeds were added", seeds, StringComparison.Ordinal);
        Assert.Contains(Less, seeds, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--print-trials")]
    public void APreviewIsOfAFileAndNotOfASweep(string option)
    {
        Sweep(Experiment, "--no-report");
        (int exitCode, _, string error) = Sweep(Experiment, "--resume", "@last", option);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("leave out one of them. What is left of the sweep: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunOfAResumedSweepIsReproducedByItsVerification()
    {
        Sweep(Experiment, "--no-report", "--trial", "1");
        _laboratory.Run("sweep", "--resume", "@last", "--no-report");
        string[] runs = [.. _laboratory.Sweep().Trials.Select(trial => trial.RunId!)];
        Assert.Contains("./runner sweep ", ReportOf(runs[0]), StringComparison.Ordinal);
        Assert.DoesNotContain("--resume", ReportOf(runs[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void ASweepIsNamedByItsFileHoweverThatIsWritten()
    {
        Sweep(Experiment, "--no-report");
        string file = _laboratory.Sweep().Sweep.File;
        Assert.StartsWith($"sweep {_laboratory.Sweep().Sweep.Id}: small, ", _laboratory.Run("sweep", "status", Path.GetFullPath(file)).Output, StringComparison.Ordinal);
        Assert.StartsWith($"sweep {_laboratory.Sweep().Sweep.Id}: small, ", _laboratory.Run("sweep", "status", Path.GetRelativePath(Directory.GetCurrentDirectory(), file)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ClaimsThatAreGoneFromTheFileAreForgotten()
    {
        Sweep(Experiment, "--no-report");
        Sweep(Experiment[..Experiment.IndexOf("claims", StringComparison.Ordinal)], "--no-report", "--resume", "@last");
        Assert.Empty(_laboratory.Sweep().Claims);
    }

    [Theory]
    [InlineData("config_json = '{\"network\": 1}'", ExitCodes.UserError, "trial 2 of sweep ", "is not one of this program")]
    [InlineData("parameters_json = '[1'", ExitCodes.Storage, "trial 2 in sweep ", "is not as AeVae writes it")]
    [InlineData("seed = 'seven'", ExitCodes.Storage, "trial 2 in sweep ", "is not as AeVae writes it")]
    public void AListThatCannotBeUnderstoodIsRefused(string change, int exitCode, string where, string what)
    {
        Sweep(Experiment, "--no-report", "--trial", "1");
        _laboratory.Sql($"update trial set {change} where number = 2");
        (int exited, _, string error) = _laboratory.Run("sweep", "--resume", _laboratory.Sql("select id from sweep")!);
        Assert.Equal(exitCode, exited);
        Assert.Contains(where, error, StringComparison.Ordinal);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Equal("1", _laboratory.Sql("select count(*) from run"));
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("report")]
    public void ASweepWithoutARunHasNothingToShow(string command)
    {
        Sweep(Experiment, "--no-report", "--trial", "1");
        _laboratory.Sql("update trial set run_id = null");
        (int exitCode, _, string error) = _laboratory.Run(command, "sweep:@last");
        Assert.Equal(ExitCodes.NoSuchRun, exitCode);
        Assert.Contains("has no run yet. `runner sweep --resume ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFilesSweepWithRunsIsShownThoughANewerOneHasNone()
    {
        Sweep(Experiment, "--no-report");
        string first = _laboratory.Sweep().Sweep.Id, file = Path.Combine(_laboratory.Folder, "small.yaml");
        Sweep(Experiment, "--no-report");
        string second = _laboratory.Sweep().Sweep.Id;
        Assert.Contains(second, _laboratory.Run("report", file).Output, StringComparison.Ordinal);
        _laboratory.Sql($"update trial set run_id = null where sweep_id = '{second}'");
        Assert.Contains(first, _laboratory.Run("report", file).Output, StringComparison.Ordinal);
        Assert.Contains(second, _laboratory.Run("sweep", "status", file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void APlanThatCannotBeUnderstoodIsRefused()
    {
        Sweep(Experiment, "--no-report", "--trial", "1");
        _laboratory.Sql("update sweep set plan_json = '{}'");
        (int exitCode, _, string error) = _laboratory.Run("sweep", "status");
        Assert.Equal(ExitCodes.Storage, exitCode);
        Assert.Contains("plan_json", error, StringComparison.Ordinal);
    }

    string ReportOf(string run)
    {
        string folder = Path.Combine(_laboratory.Folder, "report");
        Assert.Equal(ExitCodes.Ok, _laboratory.Run("report", run, "-o", folder).ExitCode);
        return File.ReadAllText(Path.Combine(folder, "report.md"));
    }

    (int ExitCode, string Output, string Error) Sweep(string text, params string[] options) => _laboratory.Run(["sweep", Written(text), .. options]);

    string Written(string text)
    {
        string path = Path.Combine(_laboratory.Folder, "small.yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
