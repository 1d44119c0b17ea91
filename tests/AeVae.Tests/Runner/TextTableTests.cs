using AeVae.Runner.Views;

namespace AeVae.Tests.Runner;

public sealed class TextTableTests
{
    [Fact]
    public void ColumnsAlignAndLinesHaveNoTrailingBlanks()
    {
        TextTable table = new("name", " loss", "note");
        table.Add("vae", "105.59", "");
        table.Add("a-long-name", "9.1", "x");
        using StringWriter output = new() { NewLine = "\n" };
        table.Write(output, color: false);
        Assert.Equal("name           loss  note\nvae          105.59\na-long-name     9.1  x\n", output.ToString());
    }

    [Fact]
    public void ColoursDoNotMoveColumns()
    {
        TextTable table = new("status", "name");
        table.Add(new Cell("failed", "\e[31m"), "vae");
        table.Add(new Cell("completed", "\e[32m"), "ae");
        using StringWriter plain = new();
        using StringWriter coloured = new();
        table.Write(plain, color: false);
        table.Write(coloured, color: true);
        Assert.Contains("\e[31mfailed   \e[0m  vae", coloured.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(" \e[0m\n", coloured.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("failed     vae", plain.ToString(), StringComparison.Ordinal);
    }
}
