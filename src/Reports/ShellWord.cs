using System.Globalization;

namespace AeVae.Reports;

/// <summary>Text as one word of a command that can be copied into a shell.</summary>
public static class ShellWord
{
    /// <summary>The text as it is, in single quotes when a shell would take it apart, or with escapes, <c>$'\e[0m'</c>, when it holds control characters.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // A backslash is a letter of paths to the shells of Windows alone.
        string plain = OperatingSystem.IsWindows() ? "-_./:=@%+,^\\" : "-_./:=@%+,^";
        return text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || plain.Contains(c, StringComparison.Ordinal)) ? text
            : text.Any(char.IsControl) ? $"$'{string.Concat(text.Select(Escaped))}'" : InQuotes(text);
    }

    /// <summary>Overrides as they are typed again, each with a blank before it: <c> --set train.epochs=2</c>.</summary>
    public static string Overrides(IEnumerable<string> settings) => string.Concat(settings.Select(setting => $" --set {Quote(setting)}"));

    /// <summary>The text in single quotes: no blank or sign is left to chance.</summary>
    public static string InQuotes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    // As bash and zsh read them.
    static string Escaped(char letter) => letter switch
    {
        '\'' or '\\' => $"\\{letter}",
        '\n' => @"\n",
        '\t' => @"\t",
        '\e' => @"\e",
        < '\u0080' when char.IsControl(letter) => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)letter:x2}"),
        _ when char.IsControl(letter) => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)letter:x4}"),
        _ => $"{letter}",
    };
}
