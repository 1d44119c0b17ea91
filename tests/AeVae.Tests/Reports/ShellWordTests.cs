using AeVae.Reports;

namespace AeVae.Tests.Reports;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("experiments/vae-lr1e-4.yaml", "experiments/vae-lr1e-4.yaml")]
    [InlineData("my runs/results.db", "'my runs/results.db'")]
    [InlineData("it's.db", "'it'\\''s.db'")]
    [InlineData("a;b", "'a;b'")]
    [InlineData(@"a\b", @"'a\b'")]
    [InlineData("", "''")]
    [InlineData("it's \e[31mred\n\\ \u009b\u0007", @"$'it\'s \e[31mred\n\\ \u009b\x07'")]
    public void AWordIsQuotedOnlyWhereAShellWouldTakeItApart(string text, string word) => Assert.Equal(word, ShellWord.Quote(text));
}
