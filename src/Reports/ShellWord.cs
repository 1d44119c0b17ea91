namespace AeVae.Reports;

/// <summary>Text as one word of a command that can be copied into a shell.</summary>
public static class ShellWord
{
    /// <summary>The text as it is, or in single quotes when a shell would take it apart.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_./\\:=@%+,^".Contains(c, StringComparison.Ordinal)) ? text : InQuotes(text);
    }

    /// <summary>The text in single quotes: no blank or sign is left to chance.</summary>
    public static string InQuotes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
