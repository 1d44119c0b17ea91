using System.Diagnostics;
using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class ProvenanceTests : IDisposable
{
    // Git's own tests make it take a checkout for that of another user so; settings of this machine might allow it.
    static readonly (string, string)[] Foreign = [("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")];

    readonly RunnerProgram _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void ACleanCheckoutIsAccepted()
    {
        string file = Checkout();
        Finished first = Run(file, "--require-clean");
        Assert.True(first.ExitCode == 0, first.ToString());
        // What the first run wrote must not keep the second from running.
        Finished second = Run(file, "--require-clean");
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Contains("none: as committed", _runner.Run("show", "@last", "--provenance").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckoutWithChangesIsRefusedAndTheFirstTenAreNamed()
    {
        string file = Checkout();
        File.WriteAllText(Path.Combine(_runner.Folder, "kernel.cs"), "two\n");
        for (int i = 10; i < 22; i++)
            File.WriteAllText(Path.Combine(_runner.Folder, $"new{i}.txt"), "");
        Finished refused = Run(file, "--require-clean");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("13 files differ from the commit", refused.Error, StringComparison.Ordinal);
        Assert.Contains("  modified    kernel.cs\n  new         new10.txt\n", refused.Error, StringComparison.Ordinal);
        Assert.Contains("  new         new18.txt\n  and 3 more\n", refused.Error, StringComparison.Ordinal);
        Assert.Contains("git stash --include-untracked", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_runner.Database));
    }

    [Fact]
    public void OutsideOfGitARequiredCleanCheckoutIsRefused()
    {
        Finished refused = Run(_runner.WriteExperiment(epochs: 1), "--require-clean");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is no git checkout. Make it one: git init", refused.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void WithoutGitARequiredCleanCheckoutIsRefusedAndAnyOtherRunSucceeds()
    {
        Skip.If(OperatingSystem.IsWindows(), "PATH is replaced by a folder with dotnet alone");
        string file = _runner.WriteExperiment(epochs: 1), bin = Directory.CreateDirectory(Path.Combine(_runner.Folder, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "dotnet"), Environment.ProcessPath!);
        (string, string)[] noGit = [("PATH", bin)];
        Finished refused = _runner.Run(noGit, "run", file, "--require-clean");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("git is not installed", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, _runner.Run(noGit, "run", file, "--quiet", "--no-report").ExitCode);
        Assert.Contains("none: not in git", _runner.Run("show", "@last", "--provenance").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereGitRefusesToAnswerARunSaysSoAndHasTheCommitOfTheBuild()
    {
        string file = Checkout();
        Finished run = _runner.Run(Foreign, "run", file, "--no-report");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches("(?m)^warning: .*dubious ownership.* git config --global --add safe\\.directory ", run.Error);
        string page = _runner.Run("show", "@last").Output, provenance = _runner.Run("show", "@last", "--provenance").Output;
        Assert.Matches(@"\nwarnings\nbegin +the commit of the code.*dubious ownership", page);
        Assert.Contains(_runner.Run("--version").Output.Trim().Split('+') is [_, var commit] ? $"commit         {commit} (no branch)\n  changes        not known\n" : "none: not in git", provenance, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereGitRefusesToAnswerASweepSaysSoOnceAndEveryRunKeepsIt()
    {
        Checkout();
        string file = _runner.WriteExperiment(epochs: 1, extra: "sweep: {seeds: [1, 2]}");
        Finished sweep = _runner.Run(Foreign, "sweep", file, "--no-report");
        Assert.True(sweep.ExitCode == 0, sweep.ToString());
        Assert.Single(sweep.Error.Split('\n'), line => line.Contains("dubious ownership", StringComparison.Ordinal));
        Assert.All((string[])["@1", "@2"], run => Assert.Contains("dubious ownership", _runner.Run("show", run).Output, StringComparison.Ordinal));
    }

    [Fact]
    public void OutsideOfGitNothingIsMissed()
    {
        Finished run = _runner.Run(Foreign, "run", _runner.WriteExperiment(epochs: 1), "--no-report");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.DoesNotContain("git", run.Error, StringComparison.Ordinal);
        Assert.Contains("none: not in git", _runner.Run("show", "@last", "--provenance").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePatchOfARunBringsItsCodeBack()
    {
        string file = Checkout(), kernel = Path.Combine(_runner.Folder, "kernel.cs"), added = Path.Combine(_runner.Folder, "sub", "added.cs");
        File.WriteAllText(kernel, "two\n");
        Directory.CreateDirectory(Path.GetDirectoryName(added)!);
        File.WriteAllText(added, "three");
        Assert.Equal(0, Run(file).ExitCode);

        Finished page = _runner.Run("show", "@last", "--provenance");
        Assert.Contains("changes        2 files, +2 −1, sha256 ", page.Output, StringComparison.Ordinal);
        Assert.Contains("\n-one\n+two\n", page.Output, StringComparison.Ordinal);
        Assert.Contains("\n  text           sha256 ", page.Output, StringComparison.Ordinal);

        string patch = _runner.Run("show", "@last", "--patch").Output;
        Git(_runner.Folder, "checkout", "-q", "kernel.cs");
        File.Delete(added);
        File.WriteAllText(Path.Combine(_runner.Folder, "changes.patch"), patch);
        Git(_runner.Folder, "apply", "changes.patch");
        Assert.Equal(("two\n", "three"), (File.ReadAllText(kernel), File.ReadAllText(added)));
        using JsonDocument json = JsonDocument.Parse(_runner.Run("show", "@last", "--provenance", "--json").Output);
        Assert.Equal(patch, json.RootElement.GetProperty("provenance").GetProperty("git_diff").GetString());
    }

    [Fact]
    public void ARunMadeInAnotherFolderHasTheCommitOfTheProgram()
    {
        string file = Checkout(), source = Directory.CreateDirectory(Path.Combine(_runner.Folder, "program")).FullName;
        File.WriteAllText(Path.Combine(source, "kernel.cs"), "the program's\n");
        Commit(source);
        Assert.Equal(0, _runner.Run([("RUNNER_SOURCE", source)], "run", file, "--quiet", "--no-report").ExitCode);
        string shown = _runner.Run("show", "@last", "--provenance").Output;
        Assert.Contains(Git(source, "rev-parse", "HEAD").Trim(), shown, StringComparison.Ordinal);
        Assert.DoesNotContain("RUNNER_SOURCE", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void ChangesOfTwoRunsAreComparedFileByFile()
    {
        string file = Checkout();
        Assert.Equal(0, Run(file).ExitCode);
        File.WriteAllText(Path.Combine(_runner.Folder, "kernel.cs"), "two\n\e[31m");
        Assert.Equal(0, Run(file).ExitCode);
        Finished diff = _runner.Run("diff", "@2", "@1", "--only", "code");
        Assert.Equal(1, diff.ExitCode);
        Assert.Matches(@"  changes      none  1 file, \+2 −1\n    kernel.cs  –     \+2 −1\n", diff.Output);
        Assert.Contains("--patch", diff.Lines[^1], StringComparison.Ordinal);
        string patch = _runner.Run("diff", "@2", "@1", "--patch").Output;
        Assert.Contains("\n+two\n+␛[31m\n", patch, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", patch, StringComparison.Ordinal);
    }

    string Checkout()
    {
        string file = _runner.WriteExperiment(epochs: 1);
        File.WriteAllText(Path.Combine(_runner.Folder, "kernel.cs"), "one\n");
        Commit(_runner.Folder);
        return file;
    }

    static void Commit(string folder)
    {
        Git(folder, "init", "-q", "-b", "trunk");
        Git(folder, "add", ".");
        Git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Begin");
    }

    Finished Run(string file, params string[] options) => _runner.Run(["run", file, "--quiet", "--no-report", .. options]);

    static string Git(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
