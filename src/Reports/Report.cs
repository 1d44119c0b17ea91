using AeVae.Reports.Drawing;
using AeVae.Reports.Html;
using AeVae.Reports.Latex;
using AeVae.Reports.Runs;

namespace AeVae.Reports;

/// <summary>What a report says and shows, in whatever form it is written.</summary>
/// <param name="Figures">In the order of the report.</param>
/// <param name="Animations">Figures that move.</param>
/// <param name="Notes">A sentence for each thing that the reader should know.</param>
/// <param name="Text">Its Markdown.</param>
sealed record Report(IReadOnlyList<Figure> Figures, IReadOnlyList<Animation> Animations, IReadOnlyList<string> Notes, Func<ReportLook, string> Text)
{
    /// <summary>Writes it into <paramref name="folder"/>, which is made if need be; older files of the same names are replaced.</summary>
    public ReportResult Write(string folder, ReportForm form) => form.Format switch
    {
        ReportFormat.Html => WriteHtml(folder, Cairo.IsAvailable, form.Animations),
        ReportFormat.Latex => WriteLatex(folder),
        _ => WriteMarkdown(folder, PageFormat.Of(Cairo.IsAvailable, form.Svg), form.Animations),
    };

    /// <summary>Writes <c>report.md</c>, and the figures beside it.</summary>
    public ReportResult WriteMarkdown(string folder, PageFormat format, AnimationFormat animationFormat = AnimationFormat.Png)
    {
        IReadOnlyList<Animation> shown = format.HasAnimations ? Animations : [];
        ReportLook look = new(format.Extension, shown, animationFormat, NotesWith(format.IsInsteadOfPng, animationsAreMissing: format.LacksCairo && Animations.Count > 0));
        ReportFiles files = new(folder, "report.md");
        foreach (Figure figure in Figures)
            files.Add(figure, format);
        foreach (Animation animation in shown)
            files.Add(animation, animationFormat);
        return files.Finish(Text(look), look.Notes);
    }

    /// <summary>Writes <c>report.tex</c>, and the figures as PDF beside it; needs Cairo.</summary>
    public ReportResult WriteLatex(string folder)
    {
        ReportFiles files = new(folder, "report.tex");
        foreach (Figure figure in Figures)
            files.Add(figure, PageFormat.Pdf);
        return files.Finish(LatexPage.Write(Text(new ReportLook(PageFormat.Pdf.Extension, [], AnimationFormat.Png, Notes)), Figures), Notes);
    }

    /// <summary>Writes <c>report.html</c> alone.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="cairo">Whether Cairo can be loaded, which animations need.</param>
    /// <param name="animationFormat">Format of the animations inside.</param>
    public ReportResult WriteHtml(string folder, bool cairo, AnimationFormat animationFormat = AnimationFormat.Png)
    {
        ReportLook look = HtmlLook(cairo, animationFormat);
        return new ReportFiles(folder, "report.html").Finish(Html(look, ""), look.Notes) with { Figures = Figures.Count + look.Animations.Count };
    }

    /// <summary>One HTML page, which needs no other file.</summary>
    /// <param name="cairo">Whether Cairo can be loaded, which animations need.</param>
    /// <param name="above">HTML that stands above the title.</param>
    public string Html(bool cairo, string above) => Html(HtmlLook(cairo, AnimationFormat.Png), above);

    string Html(ReportLook look, string above) => HtmlPage.Write(Text(look), Figures, look.Animations, look.AnimationFormat, above);

    ReportLook HtmlLook(bool cairo, AnimationFormat animationFormat) =>
        new(HtmlPage.FigureExtension, cairo ? Animations : [], animationFormat, NotesWith(figuresAreSvg: false, animationsAreMissing: !cairo && Animations.Count > 0));

    IReadOnlyList<string> NotesWith(bool figuresAreSvg, bool animationsAreMissing) => (figuresAreSvg, animationsAreMissing) switch
    {
        (true, true) => [.. Notes, $"Figures are SVG and there are no animations, because {Cairo.IsMissing} for PNG."],
        (true, false) => [.. Notes, $"Figures are SVG, because {Cairo.IsMissing} for PNG."],
        (false, true) => [.. Notes, $"There are no animations, because {Cairo.IsMissing} for them."],
        _ => Notes,
    };
}

/// <summary>What the text of a report has to know of the form in which it is shown.</summary>
/// <param name="FigureExtension">Extension of the figures, with its dot.</param>
/// <param name="Animations">Those that are shown.</param>
/// <param name="AnimationFormat">As what.</param>
/// <param name="Notes">A sentence for each thing that the reader should know.</param>
readonly record struct ReportLook(string FigureExtension, IReadOnlyList<Animation> Animations, AnimationFormat AnimationFormat, IReadOnlyList<string> Notes);
