using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace AeVae.Acceptance.Storage;

public sealed class TroubledFileTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [Theory]
    [InlineData("a page in the middle")]
    [InlineData("truncated")]
    public void ADamagedDatabaseIsNamedAndLeftAlone(string damage)
    {
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(StressSize.Epochs), "--quiet", "--no-report").ExitCode);
        byte[] bytes = File.ReadAllBytes(_runner.Database);
        if (damage == "truncated")
            bytes = bytes[..(bytes.Length / 2)];
        else
            bytes.AsSpan(bytes.Length / 2 / 4096 * 4096, 4096).Reverse();
        File.WriteAllBytes(_runner.Database, bytes);

        Finished run = _runner.Run("run", _runner.WriteExperiment());
        Finished[] reads = [_runner.Run("list"), _runner.Run("show", "@last"), _runner.Run("report", "@last"), _runner.Run("doctor", "--repair")];

        Assert.True(run.ExitCode == 5 && run.Error.Contains($"{_runner.Database}: the file is damaged", StringComparison.Ordinal), run.ToString());
        // What is whole can still be read, and what is not is said.
        Assert.All(reads, read => Assert.True(read.ExitCode == 0 || (read.ExitCode == 5 && read.Error.Contains("the file is damaged", StringComparison.Ordinal)), read.ToString()));
        Assert.Equal(bytes, File.ReadAllBytes(_runner.Database));
        Assert.Equal(["results.db"], Directory.GetFiles(_runner.Folder, "results.db*").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("create table bookmarks (url text)", "is the SQLite database of another program")]
    [InlineData("pragma application_id = 1097160289; pragma user_version = 99; create table run (id text)", "has schema version 99; this runner knows versions up to 4")]
    public void AForeignAndANewerDatabaseAreRefusedAndLeftAlone(string sql, string message)
    {
        Database.Execute(_runner.Database, sql);
        byte[] before = File.ReadAllBytes(_runner.Database);

        Finished[] refusals = [_runner.Run("list"), _runner.Run("show", "@last"), _runner.Run("run", _runner.WriteExperiment()), _runner.Run("doctor", "--repair")];

        Assert.All(refusals, refused => Assert.True(refused.ExitCode == 5 && refused.Error.Contains(message, StringComparison.Ordinal), refused.ToString()));
        Assert.Equal(before, File.ReadAllBytes(_runner.Database));
    }

    [Fact]
    public void AnOlderDatabaseIsReadAndWrittenAfterABackup()
    {
        Database.Execute(_runner.Database, File.ReadAllText(Path.Combine(RunnerProgram.RepositoryRoot, "tests", "AeVae.Tests", "Tracking", "fixtures", "results-v1.sql")));
        Assert.Equal(3, _runner.Run("list", "--quiet").Lines.Count);   // the header and two runs, without the one that has a parent
        Assert.Equal(1L, Database.Execute(_runner.Database + ".v1.bak", "pragma user_version"));
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(), "--quiet", "--no-report").ExitCode);
        Assert.Equal(4, _runner.Run("list", "--quiet").Lines.Count);
    }

    [SkippableFact]
    public void AnOlderDatabaseOnAReadOnlyDiskSaysThatItCannotBeBroughtUpToDate()
    {
        using SmallDisk disk = new(mebibytes: 4);
        string database = Path.Combine(disk.Folder, "results.db");
        Database.Execute(database, File.ReadAllText(Path.Combine(RunnerProgram.RepositoryRoot, "tests", "AeVae.Tests", "Tracking", "fixtures", "results-v1.sql")));
        disk.MakeReadOnly();
        Finished list = _runner.Run([("RUNNER_DB", database)], "list");
        Assert.True(list.ExitCode == 5 && list.Error.Contains("schema version 1", StringComparison.Ordinal), list.ToString());
    }

    [Fact]
    public void WhoWaitsForAnotherProgramIsTold()
    {
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(), "--quiet", "--no-report").ExitCode);
        using SqliteConnection other = Database.Open(_runner.Database);
        using SqliteTransaction held = other.BeginTransaction();
        using Process waiting = _runner.Start([], "run", _runner.WriteExperiment(), "--no-report");
        Assert.Equal($"note: opening {_runner.Database} takes long: another program may have locked it, or it is being brought up to date", waiting.StandardError.ReadLine());
        held.Rollback();
        waiting.StandardError.ReadToEnd();
        Assert.True(waiting.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.Equal(0, waiting.ExitCode);
    }

    public void Dispose() => _runner.Dispose();
}
