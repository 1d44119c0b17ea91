namespace AeVae.Runner.Views;

/// <summary>Colours of text, where they are welcome.</summary>
/// <param name="isOn">Whether they are.</param>
readonly struct Paint(bool isOn)
{
    /// <summary>Title of a section.</summary>
    public string Title(string text) => Wrap("\e[1;36m", text);

    /// <summary>As it should be.</summary>
    public string Good(string text) => Wrap("\e[32m", text);

    /// <summary>Something to look at.</summary>
    public string Notable(string text) => Wrap("\e[33m", text);

    /// <summary>A line of a patch: green is added, red is removed, cyan says where.</summary>
    public string PatchLine(string line) => line switch
    {
        ['+', ..] => Wrap("\e[32m", line),
        ['-', ..] => Wrap("\e[31m", line),
        ['@', '@', ..] => Wrap("\e[36m", line),
        ['d', 'i', 'f', 'f', ' ', ..] => Wrap("\e[1m", line),
        _ => line,
    };

    string Wrap(string ansi, string text) => isOn && text.Length > 0 ? $"{ansi}{text}\e[0m" : text;
}
