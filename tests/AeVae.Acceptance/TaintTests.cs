using System.Diagnostics;
using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class TaintTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void ARunIsTaintedByAnEditOfItsExperimentOrOfWhatThatExtends()
    {
        string file = _runner.WriteExperiment(epochs: 8), child = Path.Combine(_runner.Folder, "child.yaml");
        File.WriteAllText(child, "extends: tiny.yaml\nname: child\n");
        JsonElement result = RunAnd(() => File.AppendAllText(file, "# a remark\n"), child);
        Assert.Equal("while it ran, experiment file tiny.yaml changed", result.GetProperty("tainted_reason").GetString());
        Finished show = _runner.Run("show", "@last");
        Assert.Contains("experiment file tiny.yaml changed", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsWrittenAgainWithTheSameTextTaintsNothing()
    {
        string file = _runner.WriteExperiment(epochs: 8);
        JsonElement result = RunAnd(() => _runner.WriteExperiment(epochs: 8), file);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("tainted_reason").ValueKind);
    }

    [SkippableFact]
    public void AnExperimentFromAPipeCannotChange()
    {
        Skip.If(OperatingSystem.IsWindows(), "mkfifo");
        string text = File.ReadAllText(_runner.WriteExperiment(epochs: 1)), pipe = Path.Combine(_runner.Folder, "pipe.yaml");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        Task writing = Task.Run(() => File.WriteAllText(pipe, text));
        Finished run = _runner.Run("run", pipe, "--quiet", "--no-report");
        Assert.True(run.ExitCode == 0 && run.Error.Length == 0 && writing.IsCompletedSuccessfully, run.ToString());
    }

    [Fact]
    public void ARunIsTaintedByAnEditOfTheCodeAndTheWarningNamesTheFile()
    {
        Git("init", "-q", "-b", "trunk");
        string file = _runner.WriteExperiment(epochs: 8), code = Path.Combine(_runner.Folder, "kernel.cs");
        File.WriteAllText(code, "one\n");
        Git("add", ".");
        Git("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Begin");
        JsonElement result = RunAnd(() => File.WriteAllText(code, "two\n"), file);
        Assert.Equal("while it ran, files were edited: kernel.cs", result.GetProperty("tainted_reason").GetString());
    }

    /// <summary>Does something after the first epoch; gives the last line of the run.</summary>
    JsonElement RunAnd(Action change, string file)
    {
        using Process process = _runner.Start([], "run", file, "--json", "--no-report");
        Task<string> error = process.StandardError.ReadToEndAsync();
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal))
            Assert.DoesNotContain("\"event\":\"result\"", line, StringComparison.Ordinal);
        change();
        string[] rest = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
        Assert.True(process.ExitCode == 0, error.Result);
        JsonElement result = JsonDocument.Parse(rest[^1]).RootElement;
        Assert.Equal(result.GetProperty("tainted_reason").ValueKind == JsonValueKind.String, error.Result.Contains("warning: the run is tainted: while it ran, ", StringComparison.Ordinal));
        return result;
    }

    void Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _runner.Folder })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
