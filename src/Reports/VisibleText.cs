namespace AeVae.Reports;

/// <summary>Text from outside that can neither command a terminal nor turn the direction of what is written after it.</summary>
public static class VisibleText
{
    /// <summary>The text with a picture in the place of each control character, ␛ for ESC, and � for what changes the direction of writing; line ends and tabs stay.</summary>
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
        _ when char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => '\uFFFD',
        _ => letter,
    };
}
