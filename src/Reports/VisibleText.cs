namespace AeVae.Reports;

/// <summary>Text from outside that cannot command a terminal.</summary>
public static class VisibleText
{
    /// <summary>The text with a picture in the place of each control character, ␛ for ESC; line feeds and tabs stay.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Any(letter => Of(letter) != letter) ? string.Concat(text.Select(Of)) : text;
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
