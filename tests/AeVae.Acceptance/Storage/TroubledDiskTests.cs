using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace AeVae.Acceptance.Storage;

public sealed partial class TroubledDiskTests(ITestOutputHelper figures) : IDisposable
{
    readonly RunnerProgram _runner = new();

    [SkippableFact]
    public void AFullDiskIsSaidOnceAndNoEpochIsLostOnceThereIsRoom()
    {
        using SmallDisk disk = new(mebibytes: 24);
        string database = Path.Combine(disk.Folder, "results.db");
        using Process run = _runner.Start([("RUNNER_DB", database)], "run", _runner.WriteExperiment(epochs: 5_000), "--no-report");
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        ReadUntil(run, line => EpochOf(line) == 5);
        disk.Fill();
        string full = ReadUntil(run, line => line.Contains("disk is full", StringComparison.Ordinal));
        Assert.Contains("Training goes on", full, StringComparison.Ordinal);
        int epochs = 0;
        ReadUntil(run, line => EpochOf(line) > 0 && ++epochs == 10);
        disk.Free();
        string late = ReadUntil(run, line => line.Contains("can be written again", StringComparison.Ordinal));
        Process.Start("kill", ["-INT", run.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        string rest = run.StandardError.ReadToEnd();
        run.WaitForExit();

        Assert.True(run.ExitCode == 130, $"{run.ExitCode}: {rest}{output.Result}");
        Assert.DoesNotContain("disk is full", rest, StringComparison.Ordinal);
        Assert.Equal(0L, Database.Execute(database, "select max(epoch) - count(*) from epoch"));
        Assert.Equal("interrupted", Database.Execute(database, "select status from run"));
        Assert.Contains("disk is full", (string)Database.Execute(database, "select message from warning where message like 'results were stored late%'")!, StringComparison.Ordinal);
        Assert.Equal("ok", Database.Execute(database, "pragma integrity_check"));
        figures.WriteLine($"full disk: {late.Split("; ")[^1]} {Database.Execute(database, "select max(epoch) from epoch")} epochs in the end, none missing");
    }

    [SkippableFact]
    public void ADiskThatStaysFullEndsWithWhatIsLostAndWhatToDo()
    {
        using SmallDisk disk = new(mebibytes: 24);
        string database = Path.Combine(disk.Folder, "results.db");
        using Process run = _runner.Start([("RUNNER_DB", database)], "run", _runner.WriteExperiment(epochs: 60), "--no-report", "--db", database);
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        ReadUntil(run, line => EpochOf(line) == 5);
        disk.Fill();
        string rest = run.StandardError.ReadToEnd();
        run.WaitForExit();

        Assert.True(run.ExitCode == 5, $"{run.ExitCode}: {rest}{output.Result}");
        Assert.Matches(@"neither the database nor the journal took epochs \d+ to 60, the final metrics, \d+ artifacts and the end of the run; that is lost\.", rest);
        Assert.Matches($"`runner resume [^ ]+ --db '{Regex.Escape(database)}'` trains what is lost", rest);
        disk.Free();
        Finished resumed = _runner.Run([("RUNNER_DB", database)], "resume", "@last", "--no-report");
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(60L, Database.Execute(database, "select count(*) from epoch"));
    }

    [SkippableFact]
    public void ADiskThatIsReadOnlyIsReadAndNotWritten()
    {
        using SmallDisk disk = new(mebibytes: 24);
        string database = Path.Combine(disk.Folder, "results.db");
        Assert.Equal(0, _runner.Run([("RUNNER_DB", database)], "run", _runner.WriteExperiment(), "--quiet", "--no-report").ExitCode);
        disk.MakeReadOnly();

        Finished list = _runner.Run([("RUNNER_DB", database)], "list");
        Finished run = _runner.Run([("RUNNER_DB", database)], "run", _runner.WriteExperiment());
        Finished verify = _runner.Run([("RUNNER_DB", database)], "verify", "@last");

        Assert.True(list.ExitCode == 0 && list.Output.Contains("completed", StringComparison.Ordinal), list.ToString());
        Assert.Equal(5, run.ExitCode);
        Assert.Matches("read-only.*--db", run.Error);
        Assert.True(verify.ExitCode == 0 && verify.Output.Contains(": verified, all ", StringComparison.Ordinal), verify.ToString());
        Assert.Contains("cannot be written: verdicts are shown, and stored nowhere", verify.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ALockedDatabaseCostsOneWaitAndAKilledRunLosesNothing()
    {
        Skip.IfNot(StressSize.IsEarnest, "waits 30 s: run stress-storage.sh");
        Skip.If(OperatingSystem.IsWindows(), "processes are killed with kill");
        string experiment = _runner.WriteExperiment(epochs: 120);
        using Process run = _runner.Start([], "run", experiment, "--no-report");
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        ReadUntil(run, line => EpochOf(line) == 5);
        using (SqliteConnection other = Database.Open(_runner.Database))
        using (other.BeginTransaction(deferred: false))
        {
            var clock = Stopwatch.StartNew();
            string locked = ReadUntil(run, line => line.Contains("wait in ", StringComparison.Ordinal));
            TimeSpan firstWait = clock.Elapsed;
            int epochs = 0;
            clock.Restart();
            ReadUntil(run, line => EpochOf(line) > 0 && ++epochs == 20);
            figures.WriteLine(string.Create(CultureInfo.InvariantCulture, $"locked: the first epoch waited {firstWait.TotalSeconds:F1} s, the 20 after it took {clock.Elapsed.TotalSeconds:F1} s"));
            Process.Start("kill", ["-KILL", run.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            run.WaitForExit();
        }

        Finished list = _runner.Run("list");
        Assert.Contains("crashed", list.Output, StringComparison.Ordinal);
        Assert.Contains("wait in its journal", list.Error, StringComparison.Ordinal);
        long before = (long)Database.Execute(_runner.Database, "select count(*) from epoch")!;
        Finished repair = _runner.Run("doctor", "--repair");
        Assert.True(repair.ExitCode == 0 && repair.Output.Contains("stored from its journal: epochs ", StringComparison.Ordinal), repair.ToString());
        Assert.InRange((long)Database.Execute(_runner.Database, "select count(*) from epoch")! - before, 20, 40);
        Assert.Equal(0L, Database.Execute(_runner.Database, "select max(epoch) - count(*) from epoch"));
        figures.WriteLine(repair.Output.Split('\n')[0]);

        Finished resumed = _runner.Run("resume", "@last", "--no-report"), undisturbed = _runner.Run("run", experiment, "--no-report");
        Assert.True(resumed.ExitCode == 0 && undisturbed.ExitCode == 0, $"{resumed}{undisturbed}");
        Assert.Equal(1L, Database.Execute(_runner.Database, "select count(distinct parameters_sha256) from epoch where epoch = 120"));
        Assert.Equal(2L, Database.Execute(_runner.Database, "select count(*) from epoch where epoch = 120"));
    }

    static string ReadUntil(Process process, Func<string, bool> condition)
    {
        List<string> lines = [];
        while (process.StandardError.ReadLine() is { } line)
        {
            lines.Add(line);
            if (condition(line))
                return line;
        }

        throw new InvalidOperationException($"the program ended before:\n{string.Join('\n', lines)}");
    }

    static int EpochOf(string line) => EpochLine().Match(line) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^epoch +(\d+)/")]
    private static partial Regex EpochLine();

    public void Dispose() => _runner.Dispose();
}
