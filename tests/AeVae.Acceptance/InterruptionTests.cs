using System.Diagnostics;
using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class InterruptionTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void ASignalInTheMiddleKeepsTheFinishedEpochsAndMarksTheRun(string signal, int exitCode)
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        using Process process = _runner.Start([], "run", _runner.WriteExperiment(epochs: 2_000), "--json");
        Task<string> error = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("\"epoch\":3", StringComparison.Ordinal))
            Assert.DoesNotContain("\"event\":\"result\"", line, StringComparison.Ordinal);
        Process.Start("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        string[] rest = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.True(process.ExitCode == exitCode, $"exit {process.ExitCode}: {error.Result}");
        Assert.Contains("interrupted", error.Result, StringComparison.Ordinal);

        using JsonDocument result = JsonDocument.Parse(rest[^1]);
        Assert.Equal("interrupted", result.RootElement.GetProperty("status").GetString());
        using JsonDocument shown = JsonDocument.Parse(_runner.Run("show", "@last", "--json").Output);
        Assert.Equal("interrupted", shown.RootElement.GetProperty("run").GetProperty("status").GetString());
        Assert.Equal(result.RootElement.GetProperty("epochs").GetInt32(), shown.RootElement.GetProperty("epochs").GetArrayLength());
        Assert.True(File.Exists(Path.Combine(_runner.Folder, result.RootElement.GetProperty("checkpoint").GetString()!)));
    }

    [SkippableFact]
    public void StopEndsARunOfAnotherTerminalAndResumeGoesOn()
    {
        Skip.If(OperatingSystem.IsWindows(), "it has no signal that asks a process to end");
        string experiment = _runner.WriteExperiment(epochs: 2_000);
        using Process process = _runner.Start([], "run", experiment, "--json", "--no-report");
        Task<string> error = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("\"epoch\":3", StringComparison.Ordinal))
            Assert.DoesNotContain("\"event\":\"result\"", line, StringComparison.Ordinal);
        Task<string> rest = process.StandardOutput.ReadToEndAsync();

        Finished stopped = _runner.Run("stop", "@last");

        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.Matches(@"^run \S+ \(tiny\) interrupted after \d+ of 2,000 epochs\nnext: runner resume \S+\n$", stopped.Output);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.True(process.ExitCode == 143, $"exit {process.ExitCode}: {error.Result}{rest.Result}");
        Assert.Contains("is not being trained or verified: it is interrupted", _runner.Run("stop", "@last").Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void StopEndsASweepWithAllOfItsTrials()
    {
        Skip.If(OperatingSystem.IsWindows(), "it has no signal that asks a process to end");
        string experiment = _runner.WriteExperiment(epochs: 2_000, extra: "sweep: {seeds: [1, 2, 3]}");
        using Process process = _runner.Start([], "sweep", experiment, "-j", "2", "--json", "--no-report");
        Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        Stopwatch waited = Stopwatch.StartNew();
        while (_runner.Run("list", "--json").Output.Split("\"status\": \"running\"").Length < 3)
            Assert.True(!process.HasExited && waited.Elapsed < TimeSpan.FromMinutes(2), "two trials are not trained at once");

        Finished stopped = _runner.Run("stop", "@1");

        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.Matches(@"^(run \S+ \(tiny\) interrupted after \d+ of 2,000 epochs\n){2}next: runner sweep --resume \S+\n$", stopped.Output);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.True(process.ExitCode == 143, $"exit {process.ExitCode}: {error.Result}{output.Result}");
    }

    [SkippableFact]
    public void WithoutACheckpointItIsSaidThatTheRunBeginsAnew()
    {
        Skip.If(OperatingSystem.IsWindows(), "signals are sent with kill");
        using Process process = _runner.Start([], "run", _runner.WriteExperiment(epochs: 2_000, extra: "checkpoint: {every: 2000}"), "--json");
        Task<string> error = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("\"epoch\":3", StringComparison.Ordinal))
            Assert.DoesNotContain("\"event\":\"result\"", line, StringComparison.Ordinal);
        Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Contains("epochs stored, but no checkpoint yet.", error.Result, StringComparison.Ordinal);
        Assert.Contains("To begin it anew, to the same bits: ", error.Result, StringComparison.Ordinal);
    }

    public void Dispose() => _runner.Dispose();
}
