namespace AeVae.Reports;

/// <summary>Text from outside that cannot command a terminal.</summary>
public static class VisibleText
{
    /// <summary>The text with a picture in the place of each control character, ␛ for ESC; line ends and tabs stay.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(letter => Of(letter) != letter) ? string.Concat(text.Select((letter, i) => letter == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? letter : Of(letter))) : text;
    }

    static char Of(char letter) => letter switch
    {
        '\n' or '\t' => letter,
        < ' ' => (char)('\u2400' + letter),
        '\u007F' => '\u2421',
        _ when char.IsControl(letter) => '\uFFFD',
        _ => letter,
    };
}
