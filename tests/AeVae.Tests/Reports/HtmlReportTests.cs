using System.Text.RegularExpressions;
using System.Xml.Linq;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Drawing;
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
        string markdown = File.ReadAllText(RunReport.Of(run).WriteMarkdown(Path.Combine(folder, "markdown"), PageFormat.Svg).ReportPath);
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
        Report still = new([], [], [], _ => "# Report\n"), moving = still with { Animations = [new Animation("walk", "Walk", "", 10, 10, [])] };

        Assert.Equal("There are no animations, because libcairo.so.2 could not be loaded; install Cairo (Debian and Ubuntu: apt install libcairo2) for them.", Assert.Single(moving.WriteHtml(folder, cairo: false).Notes));
        Assert.Empty(still.WriteHtml(folder, cairo: false).Notes);
        Assert.Equal("Figures are SVG and there are no animations, because libcairo.so.2 could not be loaded; install Cairo (Debian and Ubuntu: apt install libcairo2) for PNG.", Assert.Single(moving.WriteMarkdown(folder, PageFormat.Of(cairo: false, svg: false)).Notes));
        Assert.StartsWith("Figures are SVG, because", Assert.Single(still.WriteMarkdown(folder, PageFormat.Of(cairo: false, svg: false)).Notes), StringComparison.Ordinal);
        Assert.StartsWith("There are no animations", Assert.Single(moving.WriteMarkdown(folder, PageFormat.Of(cairo: false, svg: true)).Notes), StringComparison.Ordinal);
        Assert.Empty(still.WriteMarkdown(folder, PageFormat.Of(cairo: false, svg: true)).Notes);
    }

    [Fact]
    public void AComparisonIsOneFileToo()
    {
        ComparedRuns compared = ComparedRuns.Of([FakeRun.Full(), FakeRun.Full().Seed(7, 1), FakeRun.Autoencoder().Named("ae")], new ComparisonOptions());
        XDocument html = XDocument.Parse(File.ReadAllText(ComparisonReport.Of(compared).WriteHtml(folder, cairo: false).ReportPath));

        Assert.Contains(html.Descendants("h2"), h => h.Value == "Results");
        Assert.NotEmpty(html.Descendants("figure"));
        Assert.Empty(html.Descendants("img"));
    }

    [Fact]
    public void PointingAtAPointOfAComparisonTellsItsValuesAndTheKindOfTheirSpread()
    {
        // Test kl 25 − 10/50 = 24.8 and bce 78 + 70/50 + 1.5 = 80.9; with 0 and 1 on top 1/√2 from the mean.
        RunData vae = FakeRun.Full(), other = vae.Set("model.latent_dim", "2");
        string[] two = Told(vae.Seed(1), vae.Seed(2, 1), other.Seed(1).Id("other")), three = Told(vae.Seed(1), vae.Seed(2, 1), vae.Seed(3, 2), other.Seed(1), other.Seed(2, 1), other.Seed(3, 2));

        Assert.Contains("latent_dim=20\nkl 25.30 ± 0.71, bce 81.40 ± 0.71 (mean ± standard deviation of 2 seeds)", two);
        Assert.Contains("latent_dim=2\nkl 24.80, bce 80.90", two);
        Assert.Contains("20\nval.loss 106.20 ± 0.71 (mean ± standard deviation of 2 seeds)", two);
        Assert.Contains("20\nval.loss 106.7, 95 % interval 104.2 to 109.2 (mean of 3 seeds)", three);   // 4.303 · 1/√3 = 2.48
        Assert.Contains("epoch 50, validation, mean over seeds\nlatent_dim=2: 105.70\nlatent_dim=20: 106.20", two);

        string[] Told(params RunData[] runs) => [.. XDocument.Parse(File.ReadAllText(ComparisonReport.Of(ComparedRuns.Of([.. runs.Select((run, i) => run.Id($"run-{i}"))], new ComparisonOptions())).WriteHtml(folder, cairo: false).ReportPath))
            .Descendants("title").Select(title => title.Value)];
    }

    XDocument Html(RunData run) => XDocument.Parse(File.ReadAllText(Write(run).ReportPath));

    ReportResult Write(RunData run) => RunReport.Of(run).WriteHtml(folder, cairo: false);
}
