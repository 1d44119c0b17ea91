namespace AeVae.Runner.Views;

/// <summary>Colours of text, where they are welcome.</summary>
/// <param name="isOn">Whether they are.</param>
readonly struct Paint(bool isOn)
{
    /// <summary>Escape sequences.</summary>
    public const string Green = "\e[32m", Red = "\e[31m", Yellow = "\e[33m", Cyan = "\e[36m", Grey = "\e[90m";

    /// <summary>Title of a section.</summary>
    public string Title(string text) => Wrap("\e[1;36m", text);

    /// <summary>As it should be.</summary>
    public string Good(string text) => Wrap(Green, text);

    /// <summary>Something to look at.</summary>
    public string Notable(string text) => Wrap(Yellow, text);

    /// <summary>Something that is wrong.</summary>
    public string Bad(string text) => Wrap(Red, text);

    /// <summary>A part of a table outside of one.</summary>
    public string Of(Cell cell) => Wrap(cell.Ansi, cell.Text);

    /// <summary>A line of a patch: green is added, red is removed, cyan says where.</summary>
    public string PatchLine(string line) => line switch
    {
        ['+', ..] => Wrap(Green, line),
        ['-', ..] => Wrap(Red, line),
        ['@', '@', ..] => Wrap(Cyan, line),
        ['d', 'i', 'f', 'f', ' ', ..] => Wrap("\e[1m", line),
        _ => line,
    };

    string Wrap(string ansi, string text) => isOn && ansi.Length > 0 && text.Length > 0 ? $"{ansi}{text}\e[0m" : text;
}
