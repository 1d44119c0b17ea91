using AeVae.Tests.Runner.Specs;

namespace AeVae.Tests.Nc1;

/// <summary>src/Compute/README.md.</summary>
static class ContractPage
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(ExperimentFiles.Shipped, ".."));

    static string Text { get; } = File.ReadAllText(Path.Combine(Root, "src", "Compute", "README.md")).ReplaceLineEndings("\n");

    /// <summary>Fails unless a whole code block of the page is this text.</summary>
    public static void AssertHolds(string block) =>
        Assert.True(Text.Contains($"```\n{block}```\n", StringComparison.Ordinal), $"src/Compute/README.md does not hold what was computed:\n{block}");
}
