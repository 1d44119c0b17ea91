using AeVae.Reports;


namespace AeVae.Tests.Reports;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("experiments/vae-lr1e-4.yaml", "experiments/vae-lr1e-4.yaml")]
    [InlineData("my runs/results.db", "'my runs/results.db'")]
    [InlineData("it's.db", "'it'\\''s.db'")]
    [InlineData("a;b", "'a;b'")]
    [InlineData("", "''")]
    public void AWordIsQuotedOnlyWhereAShellWouldTakeItApart(string text, string word) => Assert.Equal(word, ShellWord.Quote(text));
}
