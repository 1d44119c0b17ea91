using System.Diagnostics;

namespace AeVae.Acceptance;

/// <summary>The launcher, with a stand-in for <c>dotnet</c> that notes what it is asked to do.</summary>
public sealed class LauncherTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae launcher ").FullName;

    public LauncherTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "src", "Runner"));
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        File.WriteAllText(Path.Combine(_folder, "src", "Runner", "Program.cs"), "");
        File.WriteAllText(Path.Combine(_folder, "global.json"), "{}");
        File.Copy(Path.Combine(RunnerProgram.RepositoryRoot, "runner"), Path.Combine(_folder, "runner"));
        WriteScript("""
            case $1 in
                --version) echo 10.0.100 ;;
                build) echo build >>"$FOLDER/calls"; sleep 0.3; mkdir -p "$FOLDER/artifacts/bin/Runner/release"; touch "$FOLDER/artifacts/bin/Runner/release/runner.dll" ;;
                *) shift; echo "args:$*"; exit 7 ;;
            esac
            """);
    }

    [SkippableFact]
    public void TheFirstUseBuildsAndTheSecondDoesNot()
    {
        Finished first = Launch(Path.Combine(_folder, "runner"), "list", "--all");
        Assert.Equal("Building AeVae (first use)…", first.Error.Trim());
        Assert.Equal("args:list --all", first.Output.Trim());
        Assert.Equal(7, first.ExitCode);
        Finished second = Launch(Path.Combine(_folder, "runner"));
        Assert.Equal("", second.Error);
        Assert.Equal(1, Builds());
    }

    [SkippableFact]
    public void ANewerSourceOrARemovedOneBuildsAgain()
    {
        string source = Path.Combine(_folder, "src", "Runner", "Program.cs");
        Launch(Path.Combine(_folder, "runner"));
        File.SetLastWriteTimeUtc(source, DateTime.UtcNow.AddSeconds(5));
        Launch(Path.Combine(_folder, "runner"));
        Assert.Equal(2, Builds());
        File.SetLastWriteTimeUtc(source, DateTime.UtcNow.AddHours(-1));
        Launch(Path.Combine(_folder, "runner"));
        Assert.Equal(2, Builds());
        File.Delete(source);
        Launch(Path.Combine(_folder, "runner"));
        Assert.Equal(3, Builds());
    }

    [SkippableFact]
    public void ItWorksThroughSymbolicLinksFromAnyFolder()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "else where"));
        string absolute = Path.Combine(_folder, "else where", "absolute");
        File.CreateSymbolicLink(absolute, Path.Combine(_folder, "runner"));
        string relative = Path.Combine(_folder, "relative");
        File.CreateSymbolicLink(relative, Path.Combine("else where", "absolute"));
        Finished finished = Launch(relative, "a b");
        Assert.Equal("args:a b", finished.Output.Trim());
    }

    [SkippableFact]
    public void ItTellsTheProgramWhereItWasBuilt()
    {
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, Path.Combine(_folder, "runner"));
        WriteScript("""case $1 in --version) ;; build) ;; *) echo "$RUNNER_SOURCE" ;; esac""");
        Assert.Equal(_folder, Launch(link).Output.Trim());
    }

    [SkippableFact]
    public async Task FirstUsesAtTheSameTimeBuildOnce()
    {
        Finished[] all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Launch(Path.Combine(_folder, "runner"), "x"))));
        Assert.All(all, finished => Assert.Equal("args:x", finished.Output.Trim()));
        Assert.Equal(1, Builds());
    }

    [SkippableFact]
    public void AFailedBuildShowsItsOutputAndIsTriedAgain()
    {
        WriteScript("""
            case $1 in --version) ;; build) echo build >>"$FOLDER/calls"; echo "error CS1002: ; expected"; exit 1 ;; *) echo ran ;; esac
            """);
        Finished first = Launch(Path.Combine(_folder, "runner"));
        Assert.Equal(2, first.ExitCode);
        Assert.Contains("CS1002", first.Error, StringComparison.Ordinal);
        Assert.Equal("", first.Output);
        Launch(Path.Combine(_folder, "runner"));
        Assert.Equal(2, Builds());
    }

    [SkippableFact]
    public void ACompilerForPrecompilingThatCannotBeHadIsDoneWithout()
    {
        WriteScript("""
            case $* in
                --version) ;;
                *Precompile=true*) echo precompiled >>"$FOLDER/calls"; echo "error NU1101: no crossgen2"; exit 1 ;;
                build*) echo plain >>"$FOLDER/calls"; mkdir -p "$FOLDER/artifacts/bin/Runner/release"; touch "$FOLDER/artifacts/bin/Runner/release/runner.dll" ;;
                *) echo ran ;;
            esac
            """);
        Finished finished = Launch(Path.Combine(_folder, "runner"));
        Assert.Equal("ran", finished.Output.Trim());
        Assert.Equal("Building AeVae (first use)…", finished.Error.Trim());
        Assert.Equal(["precompiled", "plain"], File.ReadAllLines(Path.Combine(_folder, "calls")));
    }

    [SkippableFact]
    public void ABuildLeavesTheFilesOfARunningProgramAsTheyAre()
    {
        WriteScript("""
            case $1 in build) program=$FOLDER/artifacts/bin/Runner/release/runner.dll; mkdir -p "${program%/*}"; echo x >>"$FOLDER/calls"; cat "$FOLDER/calls" >"$program" ;; esac
            """);
        Launch(Path.Combine(_folder, "runner"));
        using StreamReader running = File.OpenText(Path.Combine(_folder, "artifacts", "bin", "Runner", "release", "runner.dll"));
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "src", "Runner", "Program.cs"), DateTime.UtcNow.AddSeconds(5));
        Launch(Path.Combine(_folder, "runner"));
        Assert.Equal(2, Builds());
        Assert.Equal("x\n", running.ReadToEnd());
    }

    [SkippableFact]
    public void AFailedBuildLeavesTheProgramForThoseThatRunIt()
    {
        Launch(Path.Combine(_folder, "runner"));
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "src", "Runner", "Program.cs"), DateTime.UtcNow.AddSeconds(5));
        WriteScript("case $1 in --version) ;; *) echo 'error CS1002: ; expected'; exit 1 ;; esac");
        Assert.Equal(2, Launch(Path.Combine(_folder, "runner")).ExitCode);
        Assert.True(File.Exists(Path.Combine(_folder, "artifacts", "bin", "Runner", "release", "runner.dll")));
    }

    [SkippableFact]
    public void WithoutDotnetItSaysHowToGetIt()
    {
        foreach (string tool in (string[])["sh", "readlink", "dirname", "find", "head", "cat"])
            File.CreateSymbolicLink(Path.Combine(_folder, "bin", tool), Which(tool));
        File.Delete(Path.Combine(_folder, "bin", "dotnet"));
        Finished finished = LaunchWith(Path.Combine(_folder, "bin"), Path.Combine(_folder, "runner"));
        Assert.Equal(2, finished.ExitCode);
        Assert.Contains("https://dotnet.microsoft.com/download/dotnet/10.0", finished.Error, StringComparison.Ordinal);
    }

    Finished Launch(string launcher, params string[] arguments) =>
        LaunchWith($"{Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", launcher, arguments);

    Finished LaunchWith(string path, string launcher, params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "runner is a shell script");
        ProcessStartInfo start = new(launcher) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PATH"] = path;
        start.Environment["FOLDER"] = _folder;
        start.Environment["HOME"] = _folder;
        start.Environment.Remove("DOTNET_ROOT");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Finished(process.ExitCode, output, error.Result);
    }

    int Builds() => File.ReadAllLines(Path.Combine(_folder, "calls")).Length;

    void WriteScript(string body)
    {
        string path = Path.Combine(_folder, "bin", "dotnet");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static string Which(string tool) => ((string[])["/bin", "/usr/bin"]).Select(folder => Path.Combine(folder, tool)).First(File.Exists);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
