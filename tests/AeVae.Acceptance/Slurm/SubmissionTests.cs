using System.Text.Json;
using AeVae.Tests.Tracking;

namespace AeVae.Acceptance.Slurm;

/// <summary><c>sweep --launcher slurm</c> up to Slurm's door: what it is asked, and what becomes of its refusals.</summary>
public sealed class SubmissionTests : IDisposable
{
    readonly RunnerProgram _runner = new();
    readonly FakeSlurm _slurm;

    public SubmissionTests()
    {
        Skip.If(OperatingSystem.IsWindows(), "the programs that stand for Slurm's are shell scripts");
        _slurm = new FakeSlurm(_runner.Folder);
    }

    public void Dispose() => _runner.Dispose();

    [SkippableFact]
    public void TheTrialsBecomeOneJobArrayWithWhatTheFileAsksFor()
    {
        Finished submitted = Run("sweep", Experiment("""{partition: long, time: "02:00:00", cpus: 3, memory: 4G, at_once: 2, options: [--account=vision]}"""), "--launcher", "slurm", "--note", "two words");
        Assert.True(submitted.ExitCode == 0, $"{submitted}");
        string id = SweepId(submitted), folder = Path.Combine(_runner.Folder, "runs", "sweeps", id);
        Assert.Equal(
            [
                "--parsable", "--array=1-4%2", $"--job-name=sweep-{id}", "--ntasks=1", "--cpus-per-task=3", "--mem=4G", "--time=02:00:00", "--partition=long", "--requeue", "--signal=B:USR1@120",
                "--open-mode=append", $"--output={folder}/job-%A-%a.log", $"--chdir={folder}", "--account=vision", $"{folder}/job.sh", "0", "--note=two words",
            ],
            _slurm.Job(101));
        Assert.Contains("job        101: trials 1-4", submitted.Output, StringComparison.Ordinal);
        Assert.Contains($"sweep status {id}", submitted.Output, StringComparison.Ordinal);
        Assert.Contains($"merge runs/sweeps/{id}/trial-*/results.db", submitted.Output, StringComparison.Ordinal);
        Assert.Equal(4, Status(id).GetProperty("counts").GetProperty("queued").GetInt32());
    }

    [SkippableFact]
    public void MoreTrialsThanAnArrayHoldsBecomeSeveralOneAfterAnother()
    {
        _slurm.Put("max-array-size", "4");
        Finished submitted = Run("sweep", Experiment("{at_once: 1}"), "--launcher", "slurm", "--json");
        Assert.True(submitted.ExitCode == 0, $"{submitted}");
        Assert.Equal(("--array=1-3%1", "0"), (_slurm.Job(101)[1], _slurm.Job(101)[^1]));
        Assert.Equal(("--array=1%1", "3"), (_slurm.Job(102)[1], _slurm.Job(102)[^1]));
        Assert.Contains("--dependency=afterany:101", _slurm.Job(102));
        Assert.DoesNotContain(_slurm.Job(101), argument => argument.StartsWith("--dependency", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void WithoutSlurmTheListStaysAndCanBeSubmittedLater()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_runner.Folder, "nothing")).FullName;
        Finished refused = _runner.Run([("PATH", empty)], "sweep", Experiment("{}"), "--launcher", "slurm");
        Assert.True(refused.ExitCode == 2, $"{refused}");
        Assert.Contains("scontrol was not found: Slurm is not installed", refused.Error, StringComparison.Ordinal);

        string id = Status("@last").GetProperty("sweep_id").GetString()!;
        Assert.Contains($"sweep --resume {id} --launcher slurm", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("sweep", "--resume", id, "--launcher", "slurm").ExitCode);
        Assert.Equal("--array=1-4", _slurm.Job(101)[1]);
    }

    [SkippableFact]
    public void AControllerThatIsDownIsNoMistakeOfTheUser()
    {
        _slurm.Put("down", "slurm_load_ctl_conf error: Unable to contact slurm controller (connect failure)");
        Finished refused = Run("sweep", Experiment("{}"), "--launcher", "slurm");
        Assert.True(refused.ExitCode == 5, $"{refused}");
        Assert.Contains("Slurm does not answer: slurm_load_ctl_conf error: Unable to contact slurm controller (connect failure).", refused.Error, StringComparison.Ordinal);
        Assert.Contains("is frozen, nothing is lost", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, _slurm.Jobs);
    }

    [SkippableFact]
    public void StatusTellsWhatItKnowsWhenSlurmDoesNotAnswer()
    {
        string id = SweepId(Run("sweep", Experiment("{}"), "--launcher", "slurm"));
        _slurm.Put("down", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)");
        Finished status = Run("sweep", "status", id);
        Assert.True(status.ExitCode == 0, $"{status}");
        Assert.Contains("note: Slurm does not answer: slurm_load_jobs error: Unable to contact slurm controller (connect failure). The states of its tasks are not shown.", status.Error, StringComparison.Ordinal);
        Assert.Contains("4 trials: 4 not begun", status.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void AChangedSectionOfTheFileHelpsAgainstARefusal()
    {
        _slurm.Put("refuse", "sbatch: error: invalid partition specified: nope\nsbatch: error: Batch job submission failed: Invalid partition name specified\n");
        Finished refused = Run("sweep", Experiment("{partition: nope}"), "--launcher", "slurm");
        Assert.True(refused.ExitCode == 2, $"{refused}");
        Assert.Contains("Slurm refuses: invalid partition specified: nope; Batch job submission failed: Invalid partition name specified.", refused.Error, StringComparison.Ordinal);

        _slurm.Remove("refuse");
        Assert.Equal(0, Run("sweep", "--resume", "@last", Experiment("{partition: long}"), "--launcher", "slurm").ExitCode);
        Assert.Contains("--partition=long", _slurm.Job(101));
    }

    [SkippableFact]
    public void WhatWasSubmittedBeforeARefusalIsNotSubmittedAgain()
    {
        _slurm.Put("max-array-size", "3");
        _slurm.Put("accept", "1");
        _slurm.Put("refuse", "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy");
        Finished refused = Run("sweep", Experiment("{}"), "--launcher", "slurm");
        Assert.True(refused.ExitCode == 2, $"{refused}");
        Assert.Contains("1 job array was submitted before", refused.Error, StringComparison.Ordinal);

        _slurm.Remove("refuse");
        _slurm.Put("queue", "101|1|RUNNING|None|node1\n101|2|PENDING|Resources|\n");
        Finished submitted = Run("sweep", "--resume", "@last", "--launcher", "slurm");
        Assert.True(submitted.ExitCode == 0, $"{submitted}");
        Assert.Equal(("--array=1-2", "2"), (_slurm.Job(102)[1], _slurm.Job(102)[^1]));
        Assert.Contains("4 to do, 2 submitted now; the others wait or run already", submitted.Output, StringComparison.Ordinal);

        _slurm.Put("queue", "101|1|RUNNING|None|node1\n101|2|PENDING|Resources|\n102|1|PENDING|Priority|\n102|2|OUT_OF_MEMORY|OutOfMemory|node2\n");
        Assert.Equal(["RUNNING", "PENDING", "PENDING", "OUT_OF_MEMORY"], Status("@last").GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("slurm").GetProperty("state").GetString()!));
        string table = Run("sweep", "status").Output;
        Assert.Contains("running on node1", table, StringComparison.Ordinal);
        Assert.Contains("pending (Resources)", table, StringComparison.Ordinal);
        Finished local = Run("sweep", "--resume", "@last");
        Assert.Equal(2, local.ExitCode);
        Assert.Contains("3 tasks", local.Error, StringComparison.Ordinal);
        Assert.Contains("scancel 101 102", local.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ATaskTrainsItsTrialInAFileOfItsOwnToTheBitsOfALocalSweep()
    {
        string file = Experiment("{cpus: 1}", seeds: 2);
        string id = SweepId(Run("sweep", file, "--launcher", "slurm", "--tag", "cluster"));
        foreach (int trial in (int[])[1, 2])
            Assert.Equal(0, new FakeTask(_runner, _slurm, id, trial).Run());
        JsonElement status = Status(id);
        Assert.Equal(2, status.GetProperty("counts").GetProperty("completed").GetInt32());
        Assert.Contains($"merge {Path.Combine("runs", "sweeps", id)}/trial-*/results.db", status.GetProperty("next")[0].GetString(), StringComparison.Ordinal);
        Finished twice = Run("sweep", "--resume", id);
        Assert.Equal(2, twice.ExitCode);
        Assert.Contains("2 trials", twice.Error, StringComparison.Ordinal);

        string[] databases = [.. Enumerable.Range(1, 2).Select(trial => FakeTask.Database(_runner, id, trial))];
        Assert.Equal(0, Run(["merge", .. databases]).ExitCode);
        Assert.Equal(0, Run(["merge", .. databases]).ExitCode);
        Assert.Contains($"compare sweep:{id}", Run("sweep", "status").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("sweep", file).ExitCode);
        Assert.Equal(Runs(Status("@1")).Select(run => StoredBits.Of(_runner.Database, run)), Runs(Status(id)).Select(run => StoredBits.Of(_runner.Database, run)));
        Assert.Equal(4, Status("@1").GetProperty("trials").GetArrayLength() + Status(id).GetProperty("trials").GetArrayLength());
    }

    [SkippableFact]
    public void BeforeItsTimeLimitATaskStopsAtACheckpointAndGoesOnWhenRequeued()
    {
        string file = Experiment("{cpus: 1}", seeds: 1, epochs: 200);
        string id = SweepId(Run("sweep", file, "--launcher", "slurm"));
        FakeTask task = new(_runner, _slurm, id, 1);
        Assert.Equal(143, task.Run(signalAfterEpoch: 3));
        Assert.Equal("requeue 101_1\n", _slurm.Requeued);
        Assert.Equal("interrupted", Status(id).GetProperty("trials")[0].GetProperty("status").GetString());

        Assert.Equal(0, task.Run());
        Assert.Equal(0, Run("merge", FakeTask.Database(_runner, id, 1)).ExitCode);
        Assert.Equal(0, Run("sweep", file).ExitCode);
        Assert.Equal(StoredBits.Of(_runner.Database, Runs(Status("@1")).Single()), StoredBits.Of(_runner.Database, Runs(Status(id)).Single()));
    }

    [SkippableFact]
    public void ATaskIsRequeuedOnlyWhenItReachedACheckpointOrANewBestOne()
    {
        string id = SweepId(Run("sweep", Experiment("{cpus: 1}", seeds: 1, epochs: 2000, "checkpoint: {every: 0, best: val.loss}"), "--launcher", "slurm"));
        FakeTask task = new(_runner, _slurm, id, 1);
        const string once = "requeue 101_1\n";
        Assert.Equal((143, once), (task.Run(signalAfterEpoch: 3), _slurm.Requeued));
        int epochs = FakeTask.EpochsDone(FakeTask.Database(_runner, id, 1));
        Assert.Equal((143, once + once), (task.Run(signalAfterEpoch: epochs + 3), _slurm.Requeued));

        id = SweepId(Run("sweep", Experiment("{cpus: 1}", seeds: 1, epochs: 2000, "checkpoint: {every: 0}"), "--launcher", "slurm"));
        Assert.Equal((143, once + once), (new FakeTask(_runner, _slurm, id, 1, jobId: 102).Run(signalAfterEpoch: 3), _slurm.Requeued));
    }

    [SkippableFact]
    public void ATrialThatBeganHereGoesOnInItsTask()
    {
        string file = Experiment("{}", seeds: 1, epochs: 200);
        using (System.Diagnostics.Process local = _runner.Start(_slurm.Environment, "sweep", file, "--json"))
        {
            while (local.StandardOutput.ReadLine() is { } line && !line.Contains("\"epoch\":3", StringComparison.Ordinal))
                Assert.DoesNotContain("sweep_result", line, StringComparison.Ordinal);
            FakeTask.Signal(local, "TERM");
            local.StandardOutput.ReadToEnd();
            Assert.True(local.WaitForExit(TimeSpan.FromSeconds(60)));
        }

        string run = Runs(Status("@last")).Single();
        Assert.Equal(0, Run("sweep", "--resume", "@last", file, "--launcher", "slurm").ExitCode);
        string id = Status("@last").GetProperty("sweep_id").GetString()!;
        Assert.Equal(0, new FakeTask(_runner, _slurm, id, 1).Run());
        Assert.Equal(0, Run("merge", FakeTask.Database(_runner, id, 1)).ExitCode);
        Assert.Equal(run, Runs(Status(id)).Single());
        Assert.Equal(1, Status(id).GetProperty("counts").GetProperty("completed").GetInt32());
    }

    Finished Run(params string[] arguments) => _runner.Run(_slurm.Environment, arguments);

    JsonElement Status(string sweep) => JsonDocument.Parse(Run("sweep", "status", sweep, "--json").Output).RootElement;

    string Experiment(string slurm, int seeds = 4, int epochs = 2, string more = "") =>
        _runner.WriteExperiment(epochs, $"sweep: {{seeds: [{string.Join(", ", Enumerable.Range(1, seeds))}], slurm: {slurm}}}\n{more}");

    static string SweepId(Finished submitted) => submitted.Lines[^1].Split(' ')[1];

    static IEnumerable<string> Runs(JsonElement status) => status.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("run_id").GetString()!);
}
