using System.Diagnostics;
using System.Security.Cryptography;
using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class ProvenanceReaderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae-provenance-").FullName;

    public void Dispose()
    {
        foreach (string file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);   // git's objects are read-only, and Windows minds
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void OutsideOfGitNothingIsClaimed()
    {
        Provenance provenance = Capture();
        Assert.Equal((null, null, null, null), (provenance.GitCommit, provenance.GitBranch, provenance.GitDirty, provenance.GitDiffSha256));
    }

    [Fact]
    public void ACleanCheckoutHasItsCommitAndBranch()
    {
        CommitOneFile();
        Provenance provenance = Capture();
        Assert.Equal(Git("rev-parse", "HEAD").Trim(), provenance.GitCommit);
        Assert.Equal(("trunk", false, null), (provenance.GitBranch, provenance.GitDirty, provenance.GitDiffSha256));
    }

    [Fact]
    public void AnEditedFileIsDirtyAndItsDiffIsHashed()
    {
        CommitOneFile();
        Write("model.cs", "edited");
        byte[] diff = System.Text.Encoding.UTF8.GetBytes(Git("diff", "HEAD", "--binary"));
        Provenance provenance = Capture();
        Assert.True(provenance.GitDirty);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(diff)), provenance.GitDiffSha256);
    }

    [Fact]
    public void ANewFileIsDirtyButNoDiff()
    {
        CommitOneFile();
        Write("new.yaml", "seed: 1");
        Provenance provenance = Capture();
        Assert.True(provenance.GitDirty);
        Assert.Null(provenance.GitDiffSha256);
    }

    [Theory]
    [InlineData("results.db")]
    [InlineData("results.db-wal")]
    [InlineData("reports/a.md")]
    [InlineData("experiments/reports/a/report.md")]
    [InlineData("runs/x/log.jsonl")]
    [InlineData("data/mnist/train")]
    public void WhatARunWritesIsNotDirty(string path)
    {
        CommitOneFile();
        Write(path, "new");
        Assert.False(Capture().GitDirty);
        Git("add", "--force", path);
        Assert.False(Capture().GitDirty);
    }

    [Fact]
    public void ARepositoryWithoutACommitHasABranch()
    {
        Git("init", "-q", "-b", "trunk");
        Provenance provenance = Capture();
        Assert.Equal((null, "trunk", false), (provenance.GitCommit, provenance.GitBranch, provenance.GitDirty));
    }

    [Fact]
    public void ADetachedCheckoutHasNoBranch()
    {
        CommitOneFile();
        Git("checkout", "-q", "--detach");
        Assert.Null(Capture().GitBranch);
        Assert.NotNull(Capture().GitCommit);
    }

    [Fact]
    public void TheMachineAndTheProgramAreNamed()
    {
        DataFileRecord[] files = [new("data/train", 3, "ba89")];
        Provenance provenance = ProvenanceReader.Capture(["runner", "run"], _folder, "avx2", 2, files);
        Assert.Equal(["runner", "run"], provenance.CommandLine);
        Assert.Equal(("avx2", 2, Environment.MachineName), (provenance.SimdPath, provenance.Threads, provenance.Host));
        Assert.Same(files, provenance.DataFiles);
        Assert.All([provenance.CpuModel, provenance.OperatingSystem, provenance.DotnetVersion, provenance.Locale, provenance.TimeZone], Assert.NotEmpty);
        Assert.Contains(new KeyValuePair<string, string>("SQLitePCLRaw.bundle_e_sqlite3", "2.0.6"), provenance.Packages);
    }

    [Fact]
    public void OnlyHarmlessVariablesOfTheEnvironmentAreKept()
    {
        Environment.SetEnvironmentVariable("RUNNER_TEST_VARIABLE", "kept");
        Environment.SetEnvironmentVariable("RUNNER_TEST_TOKEN", "secret");
        Environment.SetEnvironmentVariable("DOTNET_EnableTestVariable", "0");
        Environment.SetEnvironmentVariable("DOTNET_CLI_TEST_VARIABLE", "1");
        try
        {
            IReadOnlyList<KeyValuePair<string, string>> environment = Capture().Environment;
            Assert.Contains(new KeyValuePair<string, string>("RUNNER_TEST_VARIABLE", "kept"), environment);
            Assert.DoesNotContain(environment, variable => variable.Key is "PATH" or "HOME" or "RUNNER_TEST_TOKEN" or "DOTNET_CLI_TEST_VARIABLE");
            Assert.Contains(new KeyValuePair<string, string>("DOTNET_EnableTestVariable", "0"), environment);
        }
        finally
        {
            Environment.SetEnvironmentVariable("RUNNER_TEST_VARIABLE", null);
            Environment.SetEnvironmentVariable("RUNNER_TEST_TOKEN", null);
            Environment.SetEnvironmentVariable("DOTNET_EnableTestVariable", null);
            Environment.SetEnvironmentVariable("DOTNET_CLI_TEST_VARIABLE", null);
        }
    }

    Provenance Capture() => ProvenanceReader.Capture(["runner"], _folder, "scalar", 1, []);

    void Write(string path, string text)
    {
        string full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    void CommitOneFile()
    {
        Git("init", "-q", "-b", "trunk");
        Write("model.cs", "original");
        Git("add", ".");
        Git("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "Begin");
    }

    string Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
