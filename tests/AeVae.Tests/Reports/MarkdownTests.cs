using AeVae.Reports.Markdown;

namespace AeVae.Tests.Reports;

public sealed class MarkdownTests
{
    [Fact]
    public void TablesLineUpAsText()
    {
        MarkdownTable table = new("metric", ">test");
        table.Add("loss", "105.59");
        table.Add("kl", "7");

        Assert.Equal("""
            | metric |   test |
            | ------ | -----: |
            | loss   | 105.59 |
            | kl     |      7 |

            """, table.ToString());
    }

    [Theory]
    [InlineData("a|b\nc", @"a\|b c")]
    [InlineData("<b>*x*_y_", @"\<b\>\*x\*\_y\_")]
    [InlineData("loss.kl_weight", "loss.kl_weight")]
    [InlineData("a\e[31mb\u009b", @"a␛\[31mb�")]
    [InlineData("a\u202Eb\u2066c", "a�b�c")]
    public void TextFromOutsideShowsAsItIs(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Plain(text));

    [Theory]
    [InlineData("`runner show` tells *all*.", @"`runner show` tells \*all\*.")]
    [InlineData("one ` alone", @"one \` alone")]
    public void CommandsInRemarksAreCode(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Remark(text));

    [Theory]
    [InlineData("[400]", "`[400]`")]
    [InlineData("a|b", @"`a\|b`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`a", "`` `a ``")]
    public void CodeMayHoldPipesAndBackticks(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Code(text));
}
