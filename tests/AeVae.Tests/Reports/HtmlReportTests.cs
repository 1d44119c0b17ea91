using System.Text.RegularExpressions;
using System.Xml.Linq;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Html;
using AeVae.Reports.Runs;
using AeVae.Tests.Reports.Comparisons;

namespace AeVae.Tests.Reports;

public sealed class HtmlReportTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-report").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheReportIsOneWellFormedFileThatLoadsNothing()
    {
        ReportResult result = Write(FakeRun.Full());
        string text = File.ReadAllText(result.ReportPath);
        XDocument html = XDocument.Parse(text);

        Assert.Equal(["report.html"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Equal(10, result.Figures);
        Assert.DoesNotMatch("https?:|//|<script|@import|url\\(", Regex.Replace(text, "base64,[^\"]*", ""));
        Assert.All(html.Descendants().Attributes().Where(a => a.Name.LocalName is "src" or "href"), a => Assert.Matches("^(#|data:image/png;base64,)", a.Value));
    }

    [Fact]
    public void EverySectionOfTheMarkdownStandsInTheHtmlAndItsContents()
    {
        RunData run = FakeRun.Full();
        string markdown = File.ReadAllText(RunReport.Write(run, Path.Combine(folder, "markdown"), ChartFormat.Svg).ReportPath);
        string[] expected = [.. Regex.Matches(markdown, "(?m)^## (.*)$").Select(m => m.Groups[1].Value)];
        XElement[] headings = [.. Html(run).Descendants("h2")];

        Assert.Equal(expected, headings.Select(h => h.Value));
        Assert.Equal(headings.Select(h => "#" + h.Attribute("id")!.Value), Html(run).Descendants("nav").Descendants("a").Select(a => a.Attribute("href")!.Value));
    }

    [Fact]
    public void EveryFigureIsDrawnIntoThePage()
    {
        XDocument html = Html(FakeRun.Full());

        Assert.Equal(10, html.Descendants("figure").Count(figure => figure.Element("svg") is not null));
        Assert.Empty(html.Descendants("img"));
    }

    [Fact]
    public void PointingAtACurveTellsTheEpochAndItsValues()
    {
        string[] titles = [.. Html(FakeRun.Full()).Descendants("rect").Where(r => r.Attribute("class")?.Value == "hover").Elements("title").Select(t => t.Value)];

        Assert.Contains("epoch 50\ntrain: 104.20\nvalidation: 105.70", titles);
        Assert.Contains(titles, title => title.EndsWith("nats per image, mean over test images", StringComparison.Ordinal));   // a bar
    }

    [Fact]
    public void LongCurvesTellAtMostAHundredEpochsAndAlwaysTheLast()
    {
        XElement loss = Html(FakeRun.Full(epochs: 250)).Descendants("svg").First(svg => svg.Attribute("aria-label")?.Value == "Loss");
        string[] titles = [.. loss.Descendants("title").Select(t => t.Value)];

        Assert.InRange(titles.Length, 50, 100);
        Assert.StartsWith("epoch 250\n", titles[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void EveryColourOfAFigureTurnsOnADarkPage()
    {
        XDocument html = Html(FakeRun.Full());
        string css = html.Descendants("style").Single().Value;
        XAttribute[] paints = [.. html.Descendants("svg").Descendants().Attributes().Where(a => a.Name.LocalName is "fill" or "stroke" && a.Value.StartsWith('#'))];

        Assert.NotEmpty(paints);
        Assert.All(paints.Select(a => $"[{a.Name}=\"{a.Value}\"]").Distinct(), selector => Assert.Contains(selector, css, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatSomebodyWroteIsShownAsTextAndNeverAsMarkup()
    {
        const string hostile = "<img src=\"loss.svg\" width=\"720\" alt=\"Loss\"><script>alert(1)</script> & [x](http://x.org)";
        RunData run = FakeRun.Full();
        XDocument html = Html(run with { Detail = run.Detail with { Experiment = run.Detail.Experiment with { Description = hostile } } });

        Assert.Contains(html.Descendants("p"), p => p.Value == hostile);
        Assert.Empty(html.Descendants("script"));
        Assert.Equal(10, html.Descendants("figure").Count());
    }

    [Fact]
    public void TheSameRunGivesTheSameBytes() => Assert.Equal(File.ReadAllBytes(Write(FakeRun.Full()).ReportPath), File.ReadAllBytes(Write(FakeRun.Full()).ReportPath));

    [Fact]
    public void WithoutCairoTheNoteTellsHowToGetAnimations()
    {
        Animation moving = new("walk", "Walk", "", 10, 10, []);

        Assert.Contains("libcairo2", HtmlFile.Note([moving], cairo: false), StringComparison.Ordinal);
        Assert.Null(HtmlFile.Note([moving], cairo: true));
        Assert.Null(HtmlFile.Note([], cairo: false));
    }

    [Fact]
    public void AComparisonIsOneFileToo()
    {
        ComparedRuns compared = ComparedRuns.Of([FakeRun.Full(), FakeRun.Full().Seed(7, 1), FakeRun.Autoencoder().Named("ae")], new ComparisonOptions());
        XDocument html = XDocument.Parse(File.ReadAllText(ComparisonReport.WriteHtml(compared, folder).ReportPath));

        Assert.Contains(html.Descendants("h2"), h => h.Value == "Results");
        Assert.NotEmpty(html.Descendants("figure"));
        Assert.Empty(html.Descendants("img"));
    }

    XDocument Html(RunData run) => XDocument.Parse(File.ReadAllText(Write(run).ReportPath));

    ReportResult Write(RunData run) => RunReport.WriteHtml(run, folder, cairo: false);
}
