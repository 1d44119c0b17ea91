using System.Security.Cryptography;
using System.Text;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Tests.Tracking;

// Variables are those of the whole process: a run verified beside these tests would see another environment at its end.
[CollectionDefinition(nameof(ProvenanceReaderTests), DisableParallelization = true)]
[Collection(nameof(ProvenanceReaderTests))]
public sealed class ProvenanceReaderTests : IDisposable
{
    readonly GitFolder _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void OutsideOfGitNothingIsClaimed()
    {
        Provenance provenance = Capture();
        Assert.Equal((null, null, null, null, null), (provenance.GitCommit, provenance.GitBranch, provenance.GitDirty, provenance.GitDiffSha256, provenance.GitDiff));
    }

    [Fact]
    public void TheChangesOfACheckoutAreTakenDownWithTheirDigest()
    {
        _git.CommitOneFile();
        Assert.False(Capture().GitDirty);
        _git.Write("model.cs", "edited");
        Provenance provenance = Capture();
        Assert.Equal((true, _git.Run("rev-parse", "HEAD").Trim(), "trunk"), (provenance.GitDirty, provenance.GitCommit, provenance.GitBranch));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(provenance.GitDiff!))), provenance.GitDiffSha256);
    }

    [Fact]
    public void TheMachineAndTheProgramAreNamed()
    {
        DataFileRecord[] files = [new("data/train", 3, "ba89")];
        Provenance provenance = ProvenanceReader.Capture(["runner", "run"], ProgramCode.Read(_git.Folder, _git.Database), "avx2", 2, files);
        Assert.Equal(["runner", "run"], provenance.CommandLine);
        Assert.Equal(("avx2", 2, Environment.MachineName), (provenance.SimdPath, provenance.Threads, provenance.Host));
        Assert.Same(files, provenance.DataFiles);
        Assert.All([provenance.CpuModel, provenance.OperatingSystem, provenance.DotnetVersion, provenance.Locale, provenance.TimeZone], Assert.NotEmpty);
        Assert.Contains(new KeyValuePair<string, string>("SQLitePCLRaw.bundle_e_sqlite3", "2.1.13"), provenance.Packages);
        Assert.Matches("^[0-9a-f]{64}$", provenance.ProgramSha256);
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

    Provenance Capture() => ProvenanceReader.Capture(["runner"], ProgramCode.Read(_git.Folder, _git.Database), "scalar", 1, []);
}
