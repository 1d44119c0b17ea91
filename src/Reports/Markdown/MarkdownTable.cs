using System.Text;

namespace AeVae.Reports.Markdown;

/// <summary>A table that reads well as text, too: columns are padded, numbers stand to the right.</summary>
sealed class MarkdownTable
{
    readonly string[] header;
    readonly bool[] toTheRight;
    readonly List<string[]> rows = [];

    /// <summary>Starts a table; a heading that begins with <c>&gt;</c> sets its column to the right.</summary>
    public MarkdownTable(params string[] headings)
    {
        toTheRight = [.. headings.Select(h => h.StartsWith('>'))];
        header = [.. headings.Select(h => h.TrimStart('>'))];
    }

    /// <summary>Adds a row of Markdown cells.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != header.Length) throw new ArgumentException($"{cells.Length} cells in a table of {header.Length} columns", nameof(cells));
        rows.Add(cells);
    }

    /// <summary>The table, each line ended by a line feed.</summary>
    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(c => Math.Max(3, rows.Append(header).Max(r => r[c].Length)))];
        StringBuilder text = new();
        Append(text, header, widths);
        text.Append('|');
        for (int c = 0; c < widths.Length; c++)
            text.Append(' ').Append('-', widths[c] - 1).Append(toTheRight[c] ? ':' : '-').Append(" |");
        text.Append('\n');
        foreach (string[] row in rows)
            Append(text, row, widths);
        return text.ToString();
    }

    void Append(StringBuilder text, string[] cells, int[] widths)
    {
        text.Append('|');
        for (int c = 0; c < cells.Length; c++)
            text.Append(' ').Append(toTheRight[c] ? cells[c].PadLeft(widths[c]) : cells[c].PadRight(widths[c])).Append(" |");
        text.Append('\n');
    }
}
