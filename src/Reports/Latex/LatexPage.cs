using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AeVae.Reports.Drawing;
using AeVae.Reports.Markdown;
using Markdig.Extensions.Alerts;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AeVae.Reports.Latex;

/// <summary>A report as a LaTeX document, whose tables and figures can be copied into a paper.</summary>
static partial class LatexPage
{
    // A figure of this width fills a line, so that the letters of all figures are of one size.
    const double UnitsPerLine = 720;

    const string Preamble = """
        % Compiles with pdfLaTeX, XeLaTeX and LuaLaTeX. Figures lie beside it as PDF. Text, tables and figures can be copied into a paper that loads these packages.
        \documentclass{article}
        \ifdefined\XeTeXversion\usepackage{fontspec}\else\ifdefined\luatexversion\usepackage{fontspec}\else
        \usepackage[T1]{fontenc}
        \usepackage{textcomp}
        \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
        \makeatletter\def\UTFviii@undefined@err#1{?}\makeatother
        \fi\fi
        \usepackage[margin=25mm]{geometry}
        \usepackage{array,booktabs,float,graphicx,longtable}

        % A table that is as wide as the line at most.
        \newsavebox{\fittedbox}
        \newenvironment{fitted}{\begin{lrbox}{\fittedbox}}{\end{lrbox}\ifdim\wd\fittedbox>\linewidth\resizebox{\linewidth}{!}{\usebox{\fittedbox}}\else\usebox{\fittedbox}\fi}
        \setlength{\parindent}{0pt}
        \setlength{\parskip}{6pt}
        \setlength{\abovetopsep}{6pt}
        \emergencystretch=3em
        """;

    /// <summary>The document.</summary>
    /// <param name="markdown">Text of the report.</param>
    /// <param name="figures">Those that it shows, as PDF.</param>
    public static string Write(string markdown, IReadOnlyList<Figure> figures)
    {
        StringBuilder body = new();
        MarkdownDocument document = MarkdownReader.Read(markdown);
        HeadingBlock? heading = null;
        int below = 0;   // tables, of that heading
        for (int i = 0; i < document.Count; i++)
        {
            if (document[i] is HtmlBlock html && FigureOf(html, figures) is { } figure)
            {
                // What follows a figure is its caption.
                ParagraphBlock? caption = document.ElementAtOrDefault(i + 1) as ParagraphBlock;
                Add(body, Figure(figure, caption is null ? LatexText.Of(figure.Title) : Inlines(caption.Inline)));
                if (caption is not null) i++;
            }
            else if (document[i] is Table table && heading is not null)
                Add(body, LatexTable.Write(table, Inlines(heading.Inline), Label(heading, ++below)));
            else
                Add(body, Block(document[i]));
            if (document[i] is HeadingBlock next) (heading, below) = (next, 0);
        }

        return $"{Preamble}\n\n\\begin{{document}}\n{body}\n\\end{{document}}\n".ReplaceLineEndings("\n");
    }

    static void Add(StringBuilder body, string block)
    {
        if (block.Length > 0) body.Append('\n').Append(block).Append('\n');
    }

    /// <summary><c>tab:what-differs</c>; of the second table below a heading <c>tab:what-differs-2</c>.</summary>
    static string Label(HeadingBlock heading, int number) =>
        $"tab:{NoLabel().Replace(LatexTable.Plain(heading.Inline), "-").Trim('-').ToLowerInvariant()}{(number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}"))}";

    static Figure? FigureOf(HtmlBlock html, IReadOnlyList<Figure> figures) =>
        figures.FirstOrDefault(figure => html.Lines.ToString().Trim() == MarkdownPage.Tag(figure.Name + PageFormat.Pdf.Extension, figure.Width, figure.Title));

    static string Figure(Figure figure, string caption) => string.Create(CultureInfo.InvariantCulture, $$"""
        \begin{figure}[H]
        \centering
        \includegraphics[width={{Math.Min(1, figure.Width / UnitsPerLine):0.###}}\linewidth,height=0.75\textheight,keepaspectratio]{{{figure.Name}}.pdf}
        \caption{{{caption}}}
        \label{fig:{{figure.Name}}}
        \end{figure}
        """);

    static string Block(Block block) => block switch
    {
        HeadingBlock { Level: 1 } title => $"\\title{{{Inlines(title.Inline)}}}\n\\author{{}}\n\\date{{}}\n\\maketitle",
        HeadingBlock heading => $"\\{(heading.Level == 2 ? "section" : "subsection")}*{{{Inlines(heading.Inline)}}}",
        ParagraphBlock paragraph => Inlines(paragraph.Inline),
        ListBlock list => Environment(list.IsOrdered ? "enumerate" : "itemize", string.Join('\n', list.OfType<ListItemBlock>().Select(item => $"\\item {Blocks(item)}"))),
        AlertBlock alert => Environment("quote", $"\\textbf{{{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(alert.Kind.ToString().ToLowerInvariant())}.}} {Blocks(alert)}"),
        QuoteBlock quote => Environment("quote", Blocks(quote)),
        CodeBlock code => Environment("small", Environment("verbatim", code.Lines.ToString())),
        Table table => LatexTable.Write(table),
        HtmlBlock html => Summary().Match(html.Lines.ToString()) is { Success: true } summary ? $"\\paragraph*{{{LatexText.Of(summary.Groups["text"].Value)}}}" : "",
        ThematicBreakBlock => "\\hrule",
        LinkReferenceDefinitionGroup => "",
        _ => throw new NotSupportedException($"a report holds no {block.GetType().Name}"),
    };

    /// <summary>Something between the begin and the end of an environment.</summary>
    public static string Environment(string name, string body, string arguments = "") => $"\\begin{{{name}}}{arguments}\n{body}\n\\end{{{name}}}";

    /// <summary>What a list item, a quotation or a cell holds.</summary>
    public static string Blocks(ContainerBlock blocks) => string.Join("\n\n", blocks.Select(Block));

    /// <summary>Where a cell begins another line.</summary>
    public const string LineBreak = "\\newline ";

    static string Inlines(ContainerInline? inlines) => string.Concat((inlines ?? []).Select(inline => inline switch
    {
        LiteralInline literal => LatexText.Of(literal.Content.ToString()),
        CodeInline code => LatexText.Code(code.Content),
        EmphasisInline emphasis => $"\\{(emphasis.DelimiterCount == 2 ? "textbf" : "emph")}{{{Inlines(emphasis)}}}",
        LinkInline link => Inlines(link),
        HtmlEntityInline entity => LatexText.Of(entity.Transcoded.ToString()),
        LineBreakInline => "\n",
        HtmlInline => LineBreak,
        AutolinkInline address => LatexText.Code(address.Url),
        ContainerInline container => Inlines(container),
        _ => throw new NotSupportedException($"a report holds no {inline.GetType().Name}"),
    }));

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NoLabel();

    [GeneratedRegex("<summary>(?<text>.*?)</summary>")]
    private static partial Regex Summary();
}
