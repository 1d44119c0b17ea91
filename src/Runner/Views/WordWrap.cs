using System.Text;

namespace AeVae.Runner.Views;

/// <summary>Long sentences behind a label.</summary>
static class WordWrap
{
    const int NarrowestText = 30;

    /// <summary>Broken between words so that it stays behind its label in a terminal; in a file, where lines have no end, as it is.</summary>
    public static string Indent(string text, int indent) => Terminal.ShowsOutput ? Indent(text, indent, Console.WindowWidth) : text;

    /// <summary>Broken between words into lines of <paramref name="columns"/> characters, all but the first indented.</summary>
    public static string Indent(string text, int indent, int columns)
    {
        int width = Math.Max(NarrowestText, columns - indent - 1), used = 0;
        StringBuilder wrapped = new();
        foreach (string word in text.Split(' '))
        {
            bool breaks = used > 0 && used + 1 + word.Length > width;
            wrapped.Append(used == 0 ? "" : breaks ? "\n" + new string(' ', indent) : " ").Append(word);
            used = breaks ? word.Length : used + (used == 0 ? 0 : 1) + word.Length;
        }

        return wrapped.ToString();
    }
}
