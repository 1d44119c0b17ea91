using AeVae.Reports;

namespace AeVae.Runner.Views;

/// <summary>Columns of text, aligned, two spaces apart; the same in a terminal and in a file.</summary>
/// <param name="columns">Headers; one that starts with a space aligns its column to the right.</param>
sealed class TextTable(params string[] columns)
{
    const string Bold = "\e[1m";
    const string Reset = "\e[0m";

    readonly List<Cell[]> rows = [];

    /// <summary>Blanks before each line.</summary>
    public int Indent { get; init; }

    /// <summary>Adds a row; missing cells are empty.</summary>
    public void Add(params Cell[] cells) => rows.Add(cells);

    /// <summary>Writes the headers and all rows.</summary>
    public void Write(TextWriter output, bool color)
    {
        int[] widths = [.. columns.Select((header, column) =>
            rows.Select(row => column < row.Length ? row[column].Text.Length : 0).Append(header.Trim().Length).Max())];
        WriteRow(output, [.. columns.Select(header => new Cell(header.Trim(), Bold))], widths, color);
        foreach (Cell[] row in rows)
            WriteRow(output, row, widths, color);
    }

    void WriteRow(TextWriter output, Cell[] row, int[] widths, bool color)
    {
        string line = new(' ', Indent);
        int last = Array.FindLastIndex(row, cell => cell.Text.Length > 0);    // lines have no trailing blanks
        for (int column = 0; column <= last; column++)
        {
            Cell cell = row[column];
            string text = VisibleText.Of(columns[column].StartsWith(' ') ? cell.Text.PadLeft(widths[column]) : column == last ? cell.Text : cell.Text.PadRight(widths[column]));
            line += (column == 0 ? "" : "  ") + (color && cell.Ansi.Length > 0 ? cell.Ansi + text + Reset : text);
        }

        output.WriteLine(last < 0 ? "" : line);
    }
}

/// <summary>One cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Ansi">Escape sequence before it where colours are welcome; empty for none.</param>
sealed record Cell(string Text, string Ansi = "")
{
    /// <summary>A cell without colour.</summary>
    public static implicit operator Cell(string text) => new(text);
}
