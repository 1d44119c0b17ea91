using System.Security.Cryptography;
using System.Text;
using AeVae.Tracking.Code;

namespace AeVae.Tests.Tracking.Code;

public sealed class ProgramDigestTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae-program-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OurAssembliesCountAndNoOthers()
    {
        Write("runner.dll", "r");
        Write("AeVae.Models.dll", "m");
        Write("AeVae.Models.xml", "documentation");
        Write("Serilog.dll", "s");
        string lines = $"AeVae.Models.dll {Sha256("m")}\nrunner.dll {Sha256("r")}\n";
        Assert.Equal(Sha256(lines), ProgramDigest.Compute(_folder, "runner"));
        Write("AeVae.Models.dll", "n");
        Assert.NotEqual(Sha256(lines), ProgramDigest.Compute(_folder, "runner"));
    }

    [Fact]
    public void AProgramInOneFileHasNone() => Assert.Null(ProgramDigest.Compute(_folder, "runner"));

    [Fact]
    public void AProgramThatWentAwayHasNone() => Assert.Null(ProgramDigest.Compute(Path.Combine(_folder, "gone"), "runner"));

    [Fact]
    public void AnAssemblyThatGoesAwayMeanwhileIsNoFailure()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "runner.dll"), Path.Combine(_folder, "gone"));
        Assert.Null(ProgramDigest.Compute(_folder, "runner"));
    }

    void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
