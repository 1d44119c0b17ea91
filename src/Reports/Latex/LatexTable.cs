using System.Globalization;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AeVae.Reports.Latex;

/// <summary>A table of a report in LaTeX: with a caption and a label where it has them, no wider than the line, and over several pages where it is long.</summary>
static class LatexTable
{
    // From here on a table may be longer than a page, and a cell needs more than one line.
    const int LongTableLines = 40, LongCell = 48;

    // In em: the line at the size of the text and at that of long tables, an average letter, and the room between two columns.
    const double Line = 46, LineOfSmall = 62, Letter = 0.52, ColumnGap = 1.2;

    // Letters that a column of a wide table keeps on one line.
    const int NarrowCell = 20;

    const string ManyRowsStyle = "\\scriptsize\\setlength{\\tabcolsep}{2pt}\n", LongCellsStyle = "\\footnotesize\n", WideTableStyle = "\\setlength{\\tabcolsep}{3pt}\n";

    /// <summary>The table.</summary>
    /// <param name="table">What was read.</param>
    /// <param name="caption">What stands above it, as LaTeX; null for nothing.</param>
    /// <param name="label">What a text refers to it by.</param>
    public static string Write(Table table, string? caption = null, string? label = null)
    {
        TableRow[] rows = [.. table.OfType<TableRow>()];
        string[][] cells = [.. rows.Select(row => row.OfType<TableCell>().Select(LatexPage.Blocks).ToArray())];
        bool hasManyRows = rows.Length > LongTableLines;
        Column[] columns = Columns(table, rows, hasManyRows ? LineOfSmall : Line);
        bool isLong = hasManyRows || rows.Sum(row => row.OfType<TableCell>().Max(cell => Lines(cell).Sum(text => 1 + text.Length / LongCell))) > LongTableLines;
        string specification = string.Concat(columns.Select(column => column.Specification));
        string[] lines = [.. cells.Select(row => $"{string.Join(" & ", row.Select((cell, i) => columns[i].Wraps ? cell : OfLines(cell)))} \\\\")];
        string header = $"\\toprule\n{lines[0]}\n\\midrule", body = $"{string.Join('\n', lines[1..])}\n\\bottomrule";
        string named = caption is null ? "" : $"\\caption{{{caption}}}\n\\label{{{label}}}";
        if (isLong)
        {
            string above = caption is null ? "" : $"{named} \\\\\n{header}\n\\endfirsthead\n";
            return $"\\begingroup{(hasManyRows ? ManyRowsStyle : LongCellsStyle)}{LatexPage.Environment("longtable", $"{above}{header}\n\\endhead\n{body}", $"{{{specification}}}")}\n\\endgroup";
        }

        string style = columns.Any(column => column.IsNarrowed) ? WideTableStyle : "";
        string fitted = style + LatexPage.Environment("fitted", LatexPage.Environment("tabular", $"{header}\n{body}", $"{{{specification}}}"));
        return caption is null ? LatexPage.Environment("center", fitted) : LatexPage.Environment("table", $"\\centering\n{named}\n{fitted}", "[H]");
    }

    /// <summary>Words without any markup, as long as they are when they are read.</summary>
    public static string Plain(ContainerInline? inlines) => string.Concat((inlines ?? []).Descendants<LeafInline>().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlInline => "\n",
        _ => " ",
    }));

    /// <summary>Columns of very long cells share 70 % of the line; where the table is wider than the line, others wrap too, at their words, so that its letters stay large enough to be read.</summary>
    static Column[] Columns(Table table, TableRow[] rows, double line)
    {
        string[][][] texts = [.. rows.Select(row => row.OfType<TableCell>().Select(Lines).ToArray())];
        int[] longest = [.. Enumerable.Range(0, texts.Max(row => row.Length)).Select(column => Of(column).Max(text => text.Length))];
        int longColumns = longest.Count(length => length > LongCell);
        double others = longest.Where(length => length <= LongCell).Sum(length => length * Letter);
        bool isWide = (longColumns > 0 ? 0.7 * line : 0) + others + longest.Length * ColumnGap > line;
        return [.. longest.Select((length, i) =>
        {
            bool isRight = table.ColumnDefinitions.Count > i && table.ColumnDefinitions[i].Alignment == TableColumnAlign.Right;
            if (length > LongCell) return new Column(Wrapping(false, string.Create(CultureInfo.InvariantCulture, $"{0.7 / longColumns:0.##}\\linewidth")), true, false);
            int narrow = Math.Max(rows.Where(row => row.Count > i).SelectMany(row => Words((TableCell)row[i])).Max(word => word.Length), Math.Min(NarrowCell, Of(i, firstRow: 1).Select(text => text.Length).DefaultIfEmpty().Max()));
            return isWide && length > narrow
                ? new Column(Wrapping(isRight, string.Create(CultureInfo.InvariantCulture, $"{(narrow + 1) * Letter:0.#}em")), true, true)
                : new Column(isRight ? "r" : "l", false, false);
        })];

        IEnumerable<string> Of(int column, int firstRow = 0) => texts.Skip(firstRow).Where(row => row.Length > column).SelectMany(row => row[column]);

        static string Wrapping(bool isRight, string width) => $">{{\\ragged{(isRight ? "left" : "right")}\\arraybackslash}}p{{{width}}}";
    }

    // In a column that does not wrap, a cell of several lines is a table of its own.
    static string OfLines(string cell)
    {
        string[] lines = cell.Split(LatexPage.LineBreak);
        return lines.Length == 1 ? lines[0] : $"\\begin{{tabular}}[t]{{@{{}}l@{{}}}}{string.Join(" \\\\ ", lines)}\\end{{tabular}}";
    }

    static string[] Lines(TableCell cell) => string.Concat(cell.OfType<LeafBlock>().Select(block => Plain(block.Inline))).Split('\n');

    /// <summary>What LaTeX keeps on one line; it breaks behind a hyphen, too, but not in code. Only names in a header are worth that.</summary>
    static IEnumerable<string> Words(TableCell cell)
    {
        bool breaksAtHyphens = cell.Parent is TableRow { IsHeader: true } && !cell.Descendants<CodeInline>().Any();
        return Lines(cell).SelectMany(text => (breaksAtHyphens ? text.Replace("-", "- ", StringComparison.Ordinal) : text).Split(' '));
    }

    readonly record struct Column(string Specification, bool Wraps, bool IsNarrowed);
}
