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
        Copy(typeof(ProgramDigest), "runner.dll");
        Copy(typeof(ProgramDigestTests), "AeVae.Models.dll");
        File.WriteAllText(Path.Combine(_folder, "AeVae.Models.xml"), "documentation");
        Copy(typeof(FactAttribute), "Serilog.dll");
        string lines = $"AeVae.Models.dll {typeof(ProgramDigestTests).Module.ModuleVersionId}\nrunner.dll {typeof(ProgramDigest).Module.ModuleVersionId}\n";
        Assert.Equal(Sha256(lines), ProgramDigest.Compute(_folder, "runner"));
        File.AppendAllText(Path.Combine(_folder, "AeVae.Models.dll"), "compiled ahead of time, its code is the same");
        Assert.Equal(Sha256(lines), ProgramDigest.Compute(_folder, "runner"));
        Copy(typeof(FactAttribute), "AeVae.Models.dll");
        Assert.NotEqual(Sha256(lines), ProgramDigest.Compute(_folder, "runner"));
    }

    [Fact]
    public void AFileThatIsNoAssemblyIsNoFailure()
    {
        File.WriteAllText(Path.Combine(_folder, "runner.dll"), "half of a build");
        Assert.Null(ProgramDigest.Compute(_folder, "runner"));
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

    void Copy(Type of, string name) => File.Copy(of.Assembly.Location, Path.Combine(_folder, name), overwrite: true);

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
