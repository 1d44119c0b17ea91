using System.Text;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Html;

/// <summary>A report as one HTML page, and what its reader should know.</summary>
sealed record HtmlReport(string Page, int Figures, IReadOnlyList<string> Notes)
{
    /// <summary>Makes the page of a report.</summary>
    public static HtmlReport Of(string markdown, IReadOnlyList<Figure> figures, IReadOnlyList<Animation> animations, AnimationFormat animationFormat, IReadOnlyList<string> notes, string above) =>
        new(HtmlPage.Write(markdown, figures, animations, animationFormat, above), figures.Count + animations.Count, notes);

    /// <summary>Why there are no animations; null when there are some or none is missing.</summary>
    public static string? Note(IReadOnlyList<Animation> animations, bool cairo) => animations.Count == 0 || cairo
        ? null
        : "No animations: libcairo.so.2 could not be loaded; install Cairo (Debian and Ubuntu: apt install libcairo2) for them.";

    /// <summary>Writes it as <c>report.html</c> into <paramref name="folder"/>, which is made if need be.</summary>
    public ReportResult WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "report.html");
        File.WriteAllText(path, Page, new UTF8Encoding(false));
        return new ReportResult(path, [path], Figures, Notes);
    }
}
