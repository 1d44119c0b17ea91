using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AeVae.Reports.Drawing;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Html;

/// <summary>A report as one HTML file that needs no other file, no network and no script.</summary>
static partial class HtmlPage
{
    /// <summary>Extension that figures have in the text of a report that becomes HTML.</summary>
    public const string FigureExtension = ".svg";

    const int FewestContents = 4;

    /// <summary>The file, which is well-formed XML, too.</summary>
    /// <param name="markdown">Text of the report.</param>
    /// <param name="figures">Those that it shows; they are drawn into it as SVG.</param>
    /// <param name="animations">Those that it shows; they become part of it.</param>
    /// <param name="animationFormat">In which format.</param>
    /// <param name="above">HTML that stands above the title.</param>
    public static string Write(string markdown, IEnumerable<Figure> figures, IEnumerable<Animation> animations, AnimationFormat animationFormat, string above)
    {
        StringBuilder body = new(Body(markdown));
        foreach (Figure figure in figures)
            body.Replace(MarkdownPage.Tag(figure.Name + FigureExtension, figure.Width, figure.Title), $"<figure>\n{Svg(figure)}</figure>");
        foreach (Animation animation in animations)
            body.Replace(MarkdownPage.Tag(animation.Name + animationFormat.Extension(), animation.Width, animation.Title), $"<figure class=\"paper\">{Image(animation, animationFormat)}</figure>");
        string text = body.ToString();
        Match title = Title().Match(text);
        return Document(Tag().Replace(title.Groups["text"].Value, ""), DarkColours.Rules(text), $"""
            {above}{title.Value}
            {Contents(text)}<main>
            {text[(title.Index + title.Length)..].Trim('\n')}
            </main>
            """);
    }

    /// <summary>A page in the style of reports.</summary>
    /// <param name="title">Its title, as HTML.</param>
    /// <param name="rules">More rules of style.</param>
    /// <param name="body">What it shows, as HTML.</param>
    /// <param name="script">The only script that a browser may run in it, and its requests to where it came from; null: none, and none.</param>
    /// <param name="kind">Class of the body.</param>
    public static string Document(string title, string rules, string body, string? script = null, string? kind = null) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:{(script is null ? "" : $"; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'; connect-src 'self'")}"/>
        <title>{title}</title>
        <style>
        {Css()}{rules}</style>
        </head>
        <body{(kind is null ? "" : $" class=\"{kind}\"")}>
        {body}
        </body>
        </html>

        """;

    static string Body(string markdown) => MarkdownReader.ToHtml(markdown)
        .Replace("<p></p>\n", "", StringComparison.Ordinal)
        .Replace("<br>", "<br/>", StringComparison.Ordinal)
        .Replace("<table>", "<div class=\"scroll\"><table>", StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", StringComparison.Ordinal);

    static string Svg(Figure figure)
    {
        using SvgCanvas canvas = SvgCanvas.Inline(figure.Width, figure.Height, figure.Title);
        figure.Draw(canvas);
        return Encoding.UTF8.GetString(canvas.ToBytes());
    }

    static string Image(Animation animation, AnimationFormat format) => string.Create(CultureInfo.InvariantCulture,
        $"<img width=\"{animation.Width:0}\" height=\"{animation.Height:0}\" alt=\"{WebUtility.HtmlEncode(animation.Title)}\" src=\"data:{format.MediaType()};base64,{Convert.ToBase64String(animation.ToBytes(format))}\"/>");

    static string Contents(string body)
    {
        MatchCollection sections = Section().Matches(body);
        if (sections.Count < FewestContents) return "";
        return $"<nav aria-label=\"Contents\"><ol>\n{string.Concat(sections.Select(section => $"<li><a href=\"#{section.Groups["id"].Value}\">{section.Groups["text"].Value}</a></li>\n"))}</ol></nav>\n";
    }

    static string Css()
    {
        using StreamReader css = new(typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")!);
        return css.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("<h1[^>]*>(?<text>.*?)</h1>")]
    private static partial Regex Title();

    [GeneratedRegex("<h2 id=\"(?<id>[^\"]*)\">(?<text>.*?)</h2>")]
    private static partial Regex Section();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
