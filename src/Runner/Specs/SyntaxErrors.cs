using YamlDotNet.Core;

namespace AeVae.Runner.Specs;

/// <summary>Says what a YAML syntax error means for the person who wrote the file.</summary>
static class SyntaxErrors
{
    // YamlDotNet's wording on the left.
    static readonly (string Fragment, string Explanation)[] Known =
    [
        ("found invalid mapping", "'key: value' is not possible here. Does the line above lack its ':', is this line indented too far, or does a text that contains ': ' need quotes?"),
        ("did not find expected key", "this line does not line up with the keys above it; the keys of one mapping have the same indentation."),
        ("did not find expected ',' or ']'", "a list in brackets is not closed: ',' or ']' is missing here."),
        ("did not find expected ',' or '}'", "a mapping in braces is not closed: ',' or '}' is missing here."),
        ("did not find expected node content", "a value is missing here, or a bracket too many closes nothing."),
        ("Block sequence entries are not allowed", "'- ' cannot follow a key on the same line; write the list as [a, b], or each '- ' on a line of its own."),
        ("quoted scalar, found", "the quote that opens here is never closed."),
        ("anchor or alias", "'*' and '&' begin an alias or an anchor; put a text that starts with them in quotes."),
    ];

    /// <summary>Where the mistake is, and a sentence with the cause and the remedy.</summary>
    public static (int Line, int Column, string Message) Explain(YamlException error, string text)
    {
        (int line, int column) = ((int)error.Start.Line, (int)error.Start.Column);
        string[] lines = text.Split('\n');
        if (error.Message.Contains("tab", StringComparison.Ordinal) && TabIndented(lines, line) is { } tabbed)
            return (tabbed.Line, tabbed.Column, "a tab indents this line; YAML allows only spaces there.");
        if (error.Message.Contains("cannot start any token", StringComparison.Ordinal) && Character(lines, line, column) is { } character)
            return (line, column, $"a value cannot start with '{character}'; put the text in quotes.");

        string explanation = Known.FirstOrDefault(known => error.Message.Contains(known.Fragment, StringComparison.OrdinalIgnoreCase)).Explanation
            ?? $"not valid YAML: {error.Message.TrimEnd('.')}.";
        return (line, column, explanation);
    }

    static (int Line, int Column)? TabIndented(string[] lines, int from)
    {
        for (int i = Math.Max(from, 1); i <= lines.Length; i++)
        {
            int indentation = lines[i - 1].Length - lines[i - 1].TrimStart(' ', '\t').Length;
            if (lines[i - 1].IndexOf('\t', 0, indentation) is >= 0 and var tab)
                return (i, tab + 1);
        }
        return null;
    }

    static char? Character(string[] lines, int line, int column) =>
        line >= 1 && line <= lines.Length && column >= 1 && column <= lines[line - 1].Length ? lines[line - 1][column - 1] : null;
}
