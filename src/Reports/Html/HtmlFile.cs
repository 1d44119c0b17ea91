using System.Text;
using AeVae.Reports.Runs;

namespace AeVae.Reports.Html;

/// <summary>Writes a report as <c>report.html</c>.</summary>
static class HtmlFile
{
    /// <summary>Why there are no animations; null when there are some or none is missing.</summary>
    public static string? Note(IReadOnlyList<Animation> animations, bool cairo) => animations.Count == 0 || cairo
        ? null
        : "No animations: libcairo.so.2 could not be loaded; install Cairo (Debian and Ubuntu: apt install libcairo2) for them.";

    /// <summary>Writes the file into <paramref name="folder"/>, which is made if need be.</summary>
    public static ReportResult Write(string folder, string markdown, IReadOnlyList<Figure> figures, IReadOnlyList<Animation> animations, AnimationFormat animationFormat, IReadOnlyList<string> notes)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "report.html");
        File.WriteAllText(path, HtmlPage.Write(markdown, figures, animations, animationFormat), new UTF8Encoding(false));
        return new ReportResult(path, [path], figures.Count + animations.Count, notes);
    }
}
