using System.Text.Json;
using AeVae.Tests.Tracking;

namespace AeVae.Acceptance.Slurm;

/// <summary>A sweep on a real Slurm of one node: skipped where it is not installed.</summary>
public sealed class SlurmTests : IDisposable
{
    const int Epochs = 200;   // some seconds: long enough to stop a task in the middle

    readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [SkippableFact]
    public void ASweepWithACancelledAndARequeuedTaskHasTheBitsOfALocalOne()
    {
        using SlurmCluster slurm = new();
        string file = _runner.WriteExperiment(Epochs, "sweep: {seeds: [1, 2, 3, 4], slurm: {cpus: 1, time: \"01:00:00\"}}");
        Finished submitted = _runner.Run(slurm.Environ, "sweep", file, "--launcher", "slurm", "--json");
        Assert.True(submitted.ExitCode == 0, $"{submitted}");
        JsonElement job = JsonDocument.Parse(submitted.Output).RootElement;
        (string id, string number) = (job.GetProperty("sweep_id").GetString()!, job.GetProperty("jobs")[0].GetProperty("job_id").GetString()!);

        Wait.Until(() => EpochsDone(id, 1) >= 3, "the first epochs of trial 1");
        slurm.Call("scancel", $"{number}_1");
        Wait.Until(() => EpochsDone(id, 2) >= 3, "the first epochs of trial 2");
        using (slurm.Begin("scancel", "--batch", "--signal=USR1", $"{number}_2"))   // as Slurm does before the time limit; it tries again for 90 s when the task is requeued meanwhile
            Wait.Until(() => State(slurm, $"{number}_2") == "PENDING", "the requeueing of task 2");
        Wait.Until(() => State(slurm, $"{number}_1") == "CANCELLED", "the end of task 1");
        Assert.Equal(["interrupted", "interrupted"], Trials(slurm, id).Take(2).Select(trial => trial.GetProperty("status").GetString()));

        Finished again = _runner.Run(slurm.Environ, "sweep", "--resume", id, "--launcher", "slurm");
        Assert.True(again.ExitCode == 0, $"{again}");
        Assert.EndsWith("submitted: 1 trials in 1 job array", again.Lines[^1], StringComparison.Ordinal);
        Wait.Until(() =>
        {
            slurm.Call("scontrol", "update", $"job={number}_2", "StartTime=now");   // Slurm lets a requeued task wait for two minutes, beginning when the node has tidied up after it
            return slurm.Call("squeue", "--noheader").Length == 0;
        }, "the end of all tasks");
        Assert.All(Trials(slurm, id), trial => Assert.Equal(("completed", "COMPLETED"), (trial.GetProperty("status").GetString(), trial.GetProperty("slurm").GetProperty("state").GetString())));

        Finished merged = _runner.Run(["merge", .. Enumerable.Range(1, 4).Select(trial => FakeTask.Database(_runner, id, trial))]);
        Assert.True(merged.ExitCode == 0, $"{merged}");
        Assert.Equal(0, _runner.Run("sweep", file).ExitCode);
        Assert.Equal(Runs(slurm, "@1").Select(Bits), Runs(slurm, id).Select(Bits));

        slurm.KillController();
        Finished refused = _runner.Run(slurm.Environ, "sweep", file, "--launcher", "slurm");
        Assert.True(refused.ExitCode == 5, $"{refused}");
        Assert.Contains("Unable to contact slurm controller", refused.Error, StringComparison.Ordinal);
        Assert.Contains("nothing is lost", refused.Error, StringComparison.Ordinal);
    }

    int EpochsDone(string sweep, int trial) => FakeTask.EpochsDone(FakeTask.Database(_runner, sweep, trial));

    static string State(SlurmCluster slurm, string task) => slurm.Call("squeue", "--noheader", "--states=all", $"--jobs={task}", "--format=%T").Trim();

    List<JsonElement> Trials(SlurmCluster slurm, string sweep) =>
        [.. JsonDocument.Parse(_runner.Run(slurm.Environ, "sweep", "status", sweep, "--json").Output).RootElement.GetProperty("trials").EnumerateArray()];

    IEnumerable<string> Runs(SlurmCluster slurm, string sweep) => Trials(slurm, sweep).Select(trial => trial.GetProperty("run_id").GetString()!);

    IReadOnlyList<string> Bits(string run) => StoredBits.Of(_runner.Database, run);
}
