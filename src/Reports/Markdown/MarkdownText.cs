using System.Text;

namespace AeVae.Reports.Markdown;

/// <summary>Text from outside as GitHub-flavoured Markdown that shows exactly that text.</summary>
static class MarkdownText
{
    /// <summary>Plain text on one line.</summary>
    public static string Plain(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in OneLine(text))
            escaped.Append(c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~' or '&' or '$' ? "\\" + c : c.ToString());
        return escaped.ToString();
    }

    /// <summary>Code on one line; also right inside of a table.</summary>
    public static string Code(string text)
    {
        string line = OneLine(text).Replace("|", "\\|", StringComparison.Ordinal);
        string fence = new('`', LongestRun(line, '`') + 1);
        string pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return fence + pad + line + pad + fence;
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    static int LongestRun(string text, char c)
    {
        int longest = 0, run = 0;
        foreach (char d in text)
            longest = Math.Max(longest, run = d == c ? run + 1 : 0);
        return longest;
    }
}
