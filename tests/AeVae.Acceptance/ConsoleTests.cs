using System.Diagnostics;

namespace AeVae.Acceptance;

/// <summary>What becomes of a program that can store but not speak.</summary>
public sealed class ConsoleTests : IDisposable
{
    // Plays a terminal: reads until a text comes, hangs up, and passes on the exit code.
    const string TerminalThatGoesAway = """
        import os, pty, signal, sys
        ignores, until, command = sys.argv[1] == "nohup", sys.argv[2].encode(), sys.argv[3:]
        child, terminal = pty.fork()
        if child == 0:
            if ignores:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            os.execvp(command[0], command)
        seen = b""
        while until not in seen:
            seen += os.read(terminal, 4096)
        os.close(terminal)
        status = os.waitpid(child, 0)[1]
        sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
        """;

    readonly RunnerProgram _runner = new();

    [SkippableTheory]
    [InlineData("run tiny.yaml --no-report >/dev/full")]
    [InlineData("run tiny.yaml --no-report 2>/dev/full")]
    [InlineData("run tiny.yaml --no-report >&-")]
    [InlineData("run tiny.yaml --no-report 2>&-")]
    [InlineData("run tiny.yaml --no-report --json >/dev/full 2>&1")]
    [InlineData("sweep tiny.yaml --set sweep.seeds=[7] --no-report >/dev/full 2>&1")]
    public void TrainingGoesOnWhereItsOutputCannotBeWritten(string command)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/dev/full is of Linux");
        _runner.WriteExperiment();
        Finished run = Shell(command);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("completed", _runner.Run("list").Output, StringComparison.Ordinal);

        Finished verification = Shell("verify @last >/dev/full");
        Assert.True(verification.ExitCode == 0, verification.ToString());
        Assert.Contains("warning: standard output cannot be written: No space left on device\n", verification.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("list >/dev/full", "No space left on device")]
    [InlineData("show @last --json >/dev/full", "No space left on device")]
    [InlineData("list >&-", "it is closed")]
    [InlineData("sweep tiny.yaml --set sweep.seeds=[7] --print-trials >/dev/full", "No space left on device")]
    public void ACommandThatOnlyShowsFailsWithoutItsOutput(string command, string problem)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/dev/full is of Linux");
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(), "--no-report").ExitCode);
        Finished shown = Shell(command);
        Assert.True(shown.ExitCode == 5, shown.ToString());
        Assert.EndsWith($"error: standard output cannot be written: {problem}\n", shown.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("nohup", 0, "completed", "run")]
    [InlineData("nohup", 0, "completed", "sweep")]
    [InlineData("", 129, "interrupted", "run")]
    public void ATerminalThatGoesAwayStopsOnlyWhatHearsOfIt(string ignoring, int exitCode, string status, string command)
    {
        string? python = RunnerProgram.Which("python3");
        Skip.If(OperatingSystem.IsWindows() || python is null, "a terminal is played by python3");
        string experiment = _runner.WriteExperiment(exitCode == 0 ? 150 : 20_000), player = Path.Combine(_runner.Folder, "terminal.py");
        File.WriteAllText(player, TerminalThatGoesAway);
        string[] seeds = command == "sweep" ? ["--set", "sweep.seeds=[7]"] : [];
        Finished run = Run(python, [player, ignoring, "━", "dotnet", RunnerProgram.Dll, command, experiment, "--no-report", .. seeds]);
        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Contains(status, _runner.Run("list").Output, StringComparison.Ordinal);
    }

    public void Dispose() => _runner.Dispose();

    Finished Shell(string command) => Run("sh", ["-c", $"exec dotnet '{RunnerProgram.Dll}' {command}"]);

    Finished Run(string program, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = _runner.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RUNNER_DB"] = _runner.Database;
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("RUNNER_COMMAND");
        start.Environment.Remove("RUNNER_SOURCE");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), $"{program} {string.Join(' ', arguments)} does not end");
        return new Finished(process.ExitCode, output, error.Result);
    }
}
