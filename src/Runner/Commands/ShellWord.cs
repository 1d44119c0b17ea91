namespace AeVae.Runner.Commands;

/// <summary>Text as one word of a command that can be copied into a shell.</summary>
static class ShellWord
{
    /// <summary>The text as it is, or in single quotes when a shell would take it apart.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_./\\:=@%+,~".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
