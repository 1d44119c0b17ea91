using System.Globalization;
using System.Text;

namespace AeVae.Reports.Markdown;

/// <summary>A page of GitHub-flavoured Markdown with line feeds.</summary>
/// <param name="title">Its heading, Markdown.</param>
/// <param name="figureExtension">Extension of the figures beside it, with its dot.</param>
sealed class MarkdownPage(string title, string figureExtension)
{
    readonly StringBuilder text = new($"# {title}\n");

    /// <summary>Adds a paragraph or a table; nothing for null.</summary>
    public void Add(string? block)
    {
        if (block is { Length: > 0 }) text.Append('\n').Append(block.TrimEnd('\n')).Append('\n');
    }

    /// <summary>Adds a section; nothing for null.</summary>
    public void Section(string heading, string? body)
    {
        if (body is { Length: > 0 }) text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n{body.TrimEnd('\n')}\n");
    }

    /// <summary>Adds a figure as a section of its own.</summary>
    public void Section(Figure figure) => Section(figure.Title, Image(figure));

    /// <summary>Adds a section of an image that was drawn elsewhere.</summary>
    public void Section(string heading, string file, double width, string caption) =>
        Section(heading, $"{Tag(file, width, heading)}\n\n{caption}\n");

    /// <summary>Adds a box of remarks; nothing without any.</summary>
    /// <param name="kind"><c>NOTE</c> or <c>WARNING</c>.</param>
    /// <param name="remarks">Markdown, each on one line.</param>
    public void Alert(string kind, IReadOnlyList<string> remarks)
    {
        if (remarks.Count > 0) Add($"> [!{kind}]\n{string.Join('\n', remarks.Select(remark => $"> - {remark}"))}");
    }

    /// <summary>The figure and its caption.</summary>
    public string Image(Figure figure) => $"{Tag(figure.Name + figureExtension, figure.Width, figure.Title)}\n\n{figure.Caption}\n";

    /// <summary>Where an image stands in the page.</summary>
    public static string Tag(string file, double width, string title) => string.Create(CultureInfo.InvariantCulture, $"<img src=\"{file}\" width=\"{width:0}\" alt=\"{title}\">");

    /// <summary>The page.</summary>
    public override string ToString() => text.ToString();
}
