using System.Text;

namespace AeVae.Reports.Markdown;

/// <summary>Text from outside as GitHub-flavoured Markdown that shows exactly that text.</summary>
static class MarkdownText
{
    const string Marks = @"\`*_[]<>|#~&$";

    /// <summary>Plain text on one line.</summary>
    public static string Plain(string text)
    {
        string line = OneLine(text);
        StringBuilder escaped = new();
        for (int i = 0; i < line.Length; i++)
        {
            if (Marks.Contains(line[i], StringComparison.Ordinal) && !IsInsideWord(line, i)) escaped.Append('\\');
            escaped.Append(line[i]);
        }

        return escaped.ToString();
    }

    /// <summary>A remark of this program on one line: plain text, but for what stands between two backticks, which is code.</summary>
    public static string Remark(string text)
    {
        string[] parts = text.Split('`');
        return parts.Length % 2 == 0 ? Plain(text) : string.Concat(parts.Select((part, i) => i % 2 == 1 ? Code(part) : Plain(part)));
    }

    /// <summary>Code on one line; also right inside of a table.</summary>
    public static string Code(string text)
    {
        string line = OneLine(text).Replace("|", "\\|", StringComparison.Ordinal);
        string fence = new('`', LongestRun(line, '`') + 1);
        string pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return fence + pad + line + pad + fence;
    }

    // kl_weight has no emphasis in it.
    static bool IsInsideWord(string line, int i) =>
        line[i] == '_' && i > 0 && i + 1 < line.Length && char.IsLetterOrDigit(line[i - 1]) && char.IsLetterOrDigit(line[i + 1]);

    static string OneLine(string text) => VisibleText.Of(string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)));

    static int LongestRun(string text, char c)
    {
        int longest = 0, run = 0;
        foreach (char d in text)
            longest = Math.Max(longest, run = d == c ? run + 1 : 0);
        return longest;
    }
}
