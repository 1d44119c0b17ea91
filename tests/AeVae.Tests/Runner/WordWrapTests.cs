using AeVae.Runner.Views;

namespace AeVae.Tests.Runner;

public sealed class WordWrapTests
{
    [Fact]
    public void WordsStayBehindTheirLabelAndWhole() => Assert.Equal(
        "one two three four five six\n    seven\n    aWordThatIsLongerThanAWholeLine\n    end",
        WordWrap.Indent("one two three four five six seven aWordThatIsLongerThanAWholeLine end", indent: 4, columns: 35));

    [Fact]
    public void ANarrowTerminalStillGetsAReadableLine() => Assert.Equal(
        "twelve chars twelve chars\n         twelve",
        WordWrap.Indent("twelve chars twelve chars twelve", indent: 9, columns: 10));
}
