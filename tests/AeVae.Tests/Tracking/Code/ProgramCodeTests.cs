using AeVae.Tracking.Code;

namespace AeVae.Tests.Tracking.Code;

/// <summary>What a copied program keeps of the code that it was built from.</summary>
public sealed class ProgramCodeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae code ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ACopyKeepsAll()
    {
        ProgramCode code = new("c0ffee", "trunk", true, "ab12", "diff --git a/ä b/ä\n+\"<>\"\n", "cd34"), unknown = new(null, null, null, null, null, null);
        Assert.Null(ProgramCode.ReadCopied(_folder));
        foreach (ProgramCode each in new[] { code, unknown })
        {
            each.WriteInto(_folder);
            Assert.Equal(each, ProgramCode.ReadCopied(_folder));
        }
    }
}
