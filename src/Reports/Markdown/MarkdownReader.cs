using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AeVae.Reports.Markdown;

/// <summary>Reads the Markdown of a report as GitHub does.</summary>
static class MarkdownReader
{
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAlertBlocks().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    /// <summary>Its parts.</summary>
    public static MarkdownDocument Read(string markdown)
    {
        MarkdownDocument document = Markdig.Markdown.Parse(markdown, Pipeline);
        // GitHub's tables need `a\|b` for a|b in code; this parser would show the backslash.
        foreach (CodeInline code in document.Descendants<TableCell>().SelectMany(cell => cell.Descendants<CodeInline>()))
            code.Content = code.Content.Replace("\\|", "|", StringComparison.Ordinal);
        return document;
    }

    /// <summary>As HTML.</summary>
    public static string ToHtml(string markdown) => Read(markdown).ToHtml(Pipeline);
}
