using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AeVae.Acceptance.Slurm;

/// <summary>Starts the script of a submitted task as Slurm would.</summary>
internal sealed class FakeTask(RunnerProgram runner, FakeSlurm slurm, string sweepId, int trial, int jobId = 101)
{
    public static string Database(RunnerProgram runner, string sweepId, int trial) =>
        Path.Combine(runner.Folder, "runs", "sweeps", sweepId, string.Create(CultureInfo.InvariantCulture, $"trial-{trial:0000}"), "results.db");

    /// <summary>The exit code; with <paramref name="signalAfterEpoch"/> USR1 comes to the script once so many epochs are stored.</summary>
    public int Run(int? signalAfterEpoch = null)
    {
        string[] job = slurm.Job(jobId);
        int script = Array.FindIndex(job, argument => argument.EndsWith("/job.sh", StringComparison.Ordinal));
        ProcessStartInfo start = new("sh", job[script..]) { WorkingDirectory = runner.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in slurm.Environment)
            start.Environment[name] = value;
        start.Environment["SLURM_ARRAY_JOB_ID"] = jobId.ToString(CultureInfo.InvariantCulture);
        start.Environment["SLURM_ARRAY_TASK_ID"] = trial.ToString(CultureInfo.InvariantCulture);
        start.Environment["SLURM_CPUS_PER_TASK"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (signalAfterEpoch is { } epoch)
        {
            Wait.Until(() => process.HasExited || EpochsDone(Database(runner, sweepId, trial)) >= epoch);
            Signal(process, "USR1");
        }

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), "the task does not end");
        Assert.False(output.Result.Contains("error", StringComparison.Ordinal) || error.Result.Contains("bug", StringComparison.Ordinal), output.Result + error.Result);
        return process.ExitCode;
    }

    /// <summary>Epochs that are stored of the only run of a file; 0 while there is none.</summary>
    public static int EpochsDone(string database)
    {
        if (!File.Exists(database))
            return 0;
        try
        {
            using SqliteConnection connection = new($"Data Source={database};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "select coalesce(max(epochs_done), 0) from run";
            return (int)(long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;   // it is being opened by its writer
        }
    }

    public static void Signal(Process process, string signal) =>
        Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
}
