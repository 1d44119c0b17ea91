using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;

namespace AeVae.Tests.Reports;

/// <summary>Approved SVG texts lie in <c>fixtures</c>; <c>APPROVE_CHARTS=1 dotnet test --filter ChartTests</c> writes them anew. Look at each of them before committing.</summary>
public sealed class ChartTests
{
    static readonly Dictionary<string, Action<ICanvas>> Charts = new()
    {
        ["loss"] = canvas => Lines(canvas, [163, 133, 123, 118, 115], [164, 134.5, 124.5, 119.25, 116]),
        ["gap"] = canvas => Lines(canvas, [3, double.NaN, 2, 1, double.PositiveInfinity], [2, 2, 2, -1, -2]),
        ["one-epoch"] = canvas => Lines(canvas, [1.5e-7], [1.75e-7]),
        ["constant"] = canvas => Lines(canvas, [0, 0, 0], [0, 0, 0]),
        ["nothing-finite"] = canvas => Lines(canvas, [double.NaN], [double.NaN]),
        ["scatter"] = canvas => new ScatterChart("Latent space", "latent 1 →", "↑ latent 2",
            [new(-1.5, 2, 0), new(0.5, -1, 1), new(2, 0, 2), new(0, 0, 0)], ["zero", "one", "<two>"]).Draw(canvas, new Area(8, 8, 300, 240)),
        ["names"] = canvas => new ScatterChart("Latent space", "latent 1 →", "↑ latent 2", [new(0, 0, 0), new(0.02, 0, 1), new(0, 0, 0), new(3, 3, 2), new(1, 3, 2), new(2, 0, 2)], ["zero", "one", "two"]) { HasLegend = false }.Draw(canvas, new Area(8, 8, 300, 240)),
        ["spreads"] = canvas => new SpreadChart("vae (× 4)", "z", "4 latents", [new(0.2, 0.9, 1.05), new(-0.3, 0.6, 1), new(0, 0, 1), new(0.01, 0, 0)], 1.5, GroupPalette.Of(1)).Draw(canvas, new Area(8, 8, 300, 200)),
        ["equal"] = canvas => Lines(canvas, [91, 82, 77, 73, 71], [90, 81, 77, 74, 73], [90, 81, 77, 74, 73]),
        ["rates"] = canvas => new XyChart("Rate and distortion", Axis.FromZero("kl →", [2, 40], 8), Axis.FromZero("↑ bce", [70, 150], 6), [new XySeries("", false, [new(3, 140, 4, 0, "kl_weight=10", GroupPalette.Of(0)), new(38, 75, 0, 0, "kl_weight=0.1", GroupPalette.Of(0))])]) { HasLinesOfEqualSum = true }.Draw(canvas, new Area(8, 8, 440, 240)),
        ["bars"] = canvas => new BarChart("KL", "nats per image", "3 latents, by falling KL", [("2", 2.6), ("1", 1.1), ("3", 0)]).Draw(canvas, new Area(8, 8, 300, 200)),
        ["grid"] = canvas => new ImageGrid("Originals", "test images",
            [new ImageRow("original", [Square(0), Square(128)]), new ImageRow("", [Square(255)])]).Draw(canvas, new Point(8, 8)),
        ["columns"] = canvas => new ImageGrid("Steps", "of the way", [new ImageRow("row", [Square(0), Square(128)])]) { ColumnLabels = ["−1", "+1"] }.Draw(canvas, new Point(8, 8)),
        ["density"] = canvas => new DensityChart("Density of the codes", "density per latent unit", "z", [new DensityCurve("ae", GroupPalette.Of(0), [0, 0.1, 0.2, 0.1, 0]), new DensityCurve("vae", GroupPalette.Of(1), [0, 0, 0.5, 0, 0])], 4, 0.5).Draw(canvas, new Area(8, 8, 440, 240)),
        ["groups"] = canvas => Groups(canvas),
        ["means"] = canvas => new XyChart("val.mse", new Axis("loss.kl_weight (log scale)", -1, 1, [(-1, "0.1"), (0, "1"), (1, "10")]), Axis.Over("per pixel", [0.01, 0.04], 6),
        [
            new XySeries("ae", true, [new(-1, 0.02, 0, 0.004, "", GroupPalette.Of(0)), new(0, 0.03, 0, 0.02, "", GroupPalette.Of(0)), new(1, 0.035, 0, 0, "", GroupPalette.Of(0))]),
            new XySeries("vae", false, [new(0.2, 0.03, 0.1, 0.002, "beside", GroupPalette.Of(1)), new(0.9, 0.012, 0.05, 0, "to the left", GroupPalette.Of(1))]) { Shape = 1 },
        ]).Draw(canvas, new Area(8, 8, 440, 240)),
        ["close"] = canvas => new XyChart("Rate and distortion", Axis.FromZero("kl →", [2, 40], 8), Axis.FromZero("↑ bce", [70, 150], 6), [new XySeries("", false,
            [new(20, 100, 0.4, 0, "kl_weight=1", GroupPalette.Of(0)), new(20.4, 101, 5, 1.5, "kl_weight=2", GroupPalette.Of(1)), new(3, 140, 0, 12, "kl_weight=10", GroupPalette.Of(2))])]).Draw(canvas, new Area(8, 8, 440, 240)),
        ["parallel"] = canvas => new ParallelChart("Parallel coordinates", "the best in red",
            [new Axis("learning_rate", -4, -2, [(-4, "0.0001"), (-3, "0.001"), (-2, "0.01")]), new Axis("batch_size", 32, 128, [(32, "32"), (64, "64"), (66, "66"), (128, "128")]), Axis.Over("val.loss", [101, 118], 5)],
            [new([-3, 64, 118], GroupPalette.Ramp(0), 1), new([-2.5, 128, 110], GroupPalette.Ramp(0.5), 1), new([-3.5, 32, 101], Style.Validation, 2.5)])
        { Better = "lower is better" }.Draw(canvas, new Area(8, 8, 440, 240)),
        ["legend"] = canvas => ScatterChart.LegendRow(canvas, new Point(8, 8), ["zero", "one", "two"]),
    };

    public static TheoryData<string> Names => [.. Charts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ChartsLookAsApproved(string name)
    {
        string drawn = Encoding.UTF8.GetString(Svg(Charts[name]));
        string approved = Path.Combine(Fixtures(), name + ".svg");
        if (Environment.GetEnvironmentVariable("APPROVE_CHARTS") == "1") File.WriteAllText(approved, drawn);

        Assert.Equal(File.ReadAllText(approved), drawn);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoTextLeavesThePageAndNoTextsOverlap(string name)
    {
        RecordingCanvas canvas = new();
        Charts[name](canvas);

        Assert.All(canvas.Texts, box => Assert.True(box.Left >= 0 && box.Right <= Width && box.Top >= 0 && box.Bottom <= Height, $"{box} leaves the page"));
        Assert.All(canvas.Texts, box => Assert.DoesNotContain(canvas.Texts, other => other != box && Overlap(box, other)));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void CairoDrawsTheSameChartsAtTwoPixelsPerUnit(string name)
    {
        Skip.IfNot(Cairo.IsAvailable, "libcairo.so.2 is not installed");
        using PngCanvas canvas = new(Width, Height);
        Charts[name](canvas);
        byte[] png = canvas.ToBytes();

        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png[..8]));
        Assert.Equal((int)Width * 2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal((int)Height * 2, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void SvgIsWellFormedAndEscapesText()
    {
        XDocument svg = XDocument.Parse(Encoding.UTF8.GetString(Svg(Charts["scatter"])));

        Assert.Contains(svg.Descendants(), element => element.Value == "<two>");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RowsThatAreValuesAreLabelledAsColumnsAre(bool rowsAreValues)
    {
        ImageGrid grid = new("Plane", "decoded", [new ImageRow("−1.5", [Square(0)])]) { ColumnLabels = ["+1.5"], RowsAreValues = rowsAreValues };
        XElement[] texts = [.. XDocument.Parse(Encoding.UTF8.GetString(Svg(canvas => grid.Draw(canvas, new Point(8, 8))))).Descendants().Where(element => element.Name.LocalName == "text")];
        string Look(string text)
        {
            XElement found = texts.Single(element => element.Value == text);
            return $"{found.Attribute("font-size")} {found.Attribute("fill")}";
        }

        Assert.Equal(rowsAreValues, Look("−1.5") == Look("+1.5"));
    }

    [Fact]
    public void ANameStandsAtTheMedianOfItsClassOrBesideALargerOneOrNowhere()
    {
        string Drawn(params ScatterPoint[] points) => Encoding.UTF8.GetString(Svg(canvas => new ScatterChart("", "", "", points, ["a", "b", "c"]) { HasLegend = false }.Draw(canvas, new Area(8, 8, 300, 240))));
        ScatterPoint[] apart = [new(-1, 0, 0), new(0, 4, 0), new(1, 8, 0), new(8, 0, 1), new(8, 8, 2)], crowded = [.. Enumerable.Range(0, 3).SelectMany(label => Enumerable.Repeat(new ScatterPoint(0, 0, label), 30 - label)), new(8, 8, 0)];
        XElement Name(string svg, string text) => XDocument.Parse(svg).Descendants().Single(element => element.Name.LocalName == "text" && element.Value == text);

        Assert.All((string[])["a", "b", "c"], name => Assert.Equal("stroke", Name(Drawn(apart), name).Attribute("paint-order")?.Value));
        Assert.NotEqual(Name(Drawn(crowded), "a").Attribute("x")!.Value + Name(Drawn(crowded), "a").Attribute("y")!.Value, Name(Drawn(crowded), "b").Attribute("x")!.Value + Name(Drawn(crowded), "b").Attribute("y")!.Value);
        string many = Encoding.UTF8.GetString(Svg(canvas => new ScatterChart("", "", "", [.. Enumerable.Range(0, 40).Select(i => new ScatterPoint(0, 0, i)), new(1, 1, 0)], [.. Enumerable.Range(0, 40).Select(i => $"class {i}")]) { HasLegend = false }.Draw(canvas, new Area(8, 8, 300, 240))));
        Assert.DoesNotContain(">class ", many, StringComparison.Ordinal);   // at one place, where names about it would look like a structure
    }

    [Fact]
    public void NoNameStandsWhereNextToNoneOfItsPointsLies()
    {
        ScatterPoint[] scattered = [.. Enumerable.Range(0, 20).Select(i => (i, Math.SinCos(i * Math.PI / 10))).Select(one => new ScatterPoint(10 * one.Item2.Cos, 10 * one.Item2.Sin, 0)), new(0.1, 0, 0), new(5, 5, 1)];
        string svg = Encoding.UTF8.GetString(Svg(canvas => new ScatterChart("", "", "", scattered, ["ring", "dot"]) { HasLegend = false }.Draw(canvas, new Area(8, 8, 300, 240))));

        Assert.DoesNotContain(">ring<", svg, StringComparison.Ordinal);
        Assert.Contains(">dot<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void NoNameStandsBetweenTheHalvesOfItsClass()
    {
        IEnumerable<ScatterPoint> At(double x, int label) => Enumerable.Range(0, 20).Select(i => new ScatterPoint(x + i % 5 / 10.0, i / 50.0, label));
        string svg = Encoding.UTF8.GetString(Svg(canvas => new ScatterChart("", "", "", [.. At(0, 0), .. At(10, 0), new(5, 0, 0), .. At(5, 1)], ["split", "whole"]) { HasLegend = false }.Draw(canvas, new Area(8, 8, 300, 240))));

        Assert.Contains(">whole<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(">split<", svg, StringComparison.Ordinal);
    }

    /// <summary>In pixels from the first dot to the second; names stand right of their dots where these are apart.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 4)]
    [InlineData(12, 12)]
    [InlineData(14, -10)]
    [InlineData(30, 12)]
    [InlineData(0, 15)]
    public void ANameIsFarNearerToItsOwnDotThanToAnyOther(double right, double down)
    {
        Axis pixels = new("", 0, 100, [(0, "0")]);
        XElement[] drawn = [.. XDocument.Parse(Encoding.UTF8.GetString(Svg(canvas => new XyChart("", pixels, pixels, [new XySeries("", false,
            [new(50, 50, 0, 0, "first", GroupPalette.Of(0)), new(50 + right / 3, 50 - down / 1.5, 0, 0, "second", GroupPalette.Of(1))])]).Draw(canvas, new Area(8, 8, 360, 240))))).Descendants()];
        (Point Centre, string Colour)[] dots = [.. drawn.Where(element => element.Name.LocalName == "circle").Select(dot => (new Point(Number(dot, "cx"), Number(dot, "cy")), dot.Attribute("fill")!.Value))];

        Assert.All([("first", GroupPalette.Of(0)), ("second", GroupPalette.Of(1))], ((string Text, Colour Colour) name) =>
        {
            XElement text = drawn.Single(element => element.Name.LocalName == "text" && element.Value == name.Text);
            Area place = new(Number(text, "x"), Number(text, "y") - 9, TextWidth.Of(name.Text, Style.Label), 11);
            double own = dots.Where(dot => dot.Colour == name.Colour.ToString()).Min(dot => place.DistanceTo(dot.Centre)), other = dots.Where(dot => dot.Colour != name.Colour.ToString()).Min(dot => place.DistanceTo(dot.Centre));
            Assert.True(other >= 1.4 * own, $"{name.Text}: {own} from its own dot, {other} from the other");
        });
    }

    [Theory]
    [InlineData(1.6, 0)]
    [InlineData(1.8, 3)]
    public void ABarThatItsDotCoversIsNotDrawnButTold(double reach, int lines)
    {
        Axis x = new("", 0, 1, [(0, "0")]), y = new("", 0, 100, [(0, "0")]);
        string Drawn(double reach)
        {
            using SvgCanvas canvas = SvgCanvas.Inline(Width, Height, "");
            new XyChart("", x, y, [new XySeries("", false, [new(0.5, 50, 0, reach, "", GroupPalette.Of(0)) { Told = "50 ± 1" }])]).Draw(canvas, new Area(8, 8, 440, 384));   // three pixels a unit
            return Encoding.UTF8.GetString(canvas.ToBytes());
        }

        Assert.Equal(lines, Regex.Count(Drawn(reach), "stroke-width=\"1.25\""));   // a bar and its caps
        Assert.Contains("50 ± 1", Drawn(reach), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 200, false)]
    [InlineData(19, 200, false)]
    [InlineData(20, 200, true)]
    [InlineData(50, 200, true)]
    [InlineData(3, 2000, true)]
    public void TheAxisLeavesOutTheStartOfALongRunOrOneThatDwarfsTheRest(int epochs, double first, bool isClipped)
    {
        LineSeries[] lines = [new("train", Style.Train, false, [(1, first), .. Enumerable.Range(2, epochs - 1).Select(epoch => (epoch, 100 + 40.0 / epoch))])];
        LineChart chart = new("Loss", "nats per image", lines, 240, null, LineChart.Ceiling(lines));
        string drawn = Encoding.UTF8.GetString(Svg(canvas => chart.Draw(canvas, new Point(8, 8), 440, chart.Margins)));

        Assert.Equal(isClipped, double.IsFinite(LineChart.Ceiling(lines)));
        Assert.Equal(isClipped, drawn.Contains(">nats per image · steep first epochs left out<", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 200, false)]
    [InlineData(6, 23, true)]    // what the fourth epoch has
    [InlineData(24, 15, true)]   // unfinished: what the seventh has
    public void TheFirstHalfOfAWarmUpIsLeftOutOfAShortRunToo(int warmup, double highest, bool isClipped)
    {
        double[] values = [200, 80, 35, 23, 20, 18, 15, 15, 15, 15, 15, 15];
        LineSeries[] lines = [new("train", Style.Train, false, [.. values.Select((value, i) => (i + 1, value))])];
        LineChart chart = new("KL", "nats per image", lines, 240, null, LineChart.Ceiling(lines, warmup)) { Warmup = warmup };
        string drawn = Encoding.UTF8.GetString(Svg(canvas => chart.Draw(canvas, new Point(8, 8), 440, chart.Margins)));

        Assert.Equal(isClipped ? highest : double.PositiveInfinity, LineChart.Ceiling(lines, warmup));
        Assert.Equal(warmup == 6, drawn.Contains(">KL warm-up ends<", StringComparison.Ordinal));   // the other ends after the run
    }

    [Fact]
    public void SpreadAfterTheFirstEpochsIsNeverCutOff()
    {
        (int Epoch, double Value)[] mean = [.. Enumerable.Range(1, 40).Select(epoch => (epoch, 100 + 100.0 / epoch))];
        LineSeries[] lines = [new("train", Style.Train, false, mean) { Band = [.. mean.Select(one => (one.Epoch, one.Value - 1, one.Value + (one.Epoch == 30 ? 50 : 1)))] }];

        Assert.True(LineChart.Ceiling(lines) >= mean[29].Value + 50);
    }

    [Fact]
    public void ABandEntersThroughTheUpperEndOfTheAxisAsItsCurveDoes()
    {
        XElement[] drawn = [.. XDocument.Parse(Encoding.UTF8.GetString(Svg(Charts["groups"]))).Descendants()];
        double[][] band = PointsOf(drawn.Single(element => element.Name.LocalName == "polygon")), curve = PointsOf(drawn.First(element => element.Name.LocalName == "polyline" && element.Attribute("stroke-width")!.Value == "2"));
        double[] entry = [.. band.Where(point => point[1] == band.Min(other => other[1])).Select(point => point[0]).Order()];

        Assert.Equal(2, entry.Length);   // from 290 and 310 in the first epoch to 135 and 150 in the second
        Assert.InRange(curve[0][0], entry[0], entry[1]);
        Assert.True(entry[1] < curve[1][0], "The band begins at the second epoch.");
        Assert.Equal(curve[0][1], band.Min(point => point[1]));
    }

    [Fact]
    public void LabelsOfAParallelChartEraseNoLineAndAreWrittenWhereThereIsRoom()
    {
        XElement[] drawn = [.. XDocument.Parse(Encoding.UTF8.GetString(Svg(Charts["parallel"]))).Descendants()];

        Assert.Single(drawn, element => element.Name.LocalName == "rect");   // the page
        Assert.All(drawn.Where(element => element.Name.LocalName == "polygon"), plate => Assert.InRange(Number(plate, "fill-opacity"), 0.5, 0.9));
        Assert.Equal(["32", "64", "66", "128"], drawn.Where(element => element.Name.LocalName == "text").Select(element => element.Value).Where(text => text is "32" or "64" or "66" or "128"));
    }

    static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    static double[][] PointsOf(XElement element) => [.. element.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',').Select(one => double.Parse(one, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];

    [Theory]
    [InlineData(new[] { 2.0, 40 }, 0, true)]
    [InlineData(new[] { -3.0, 40 }, 0, true)]
    [InlineData(new[] { 23.0, 26 }, 23, false)]
    [InlineData(new[] { 0.0, 0 }, 0, true)]
    public void AnAxisOfWhatCannotBeNegativeBeginsAtZeroOrNearTheValues(double[] values, double low, bool isHard)
    {
        Axis axis = Axis.FromZero("kl", values, 8);

        Assert.Equal((low, isHard), (axis.Low, axis.HasHardStart));
    }

    [Fact]
    public void WithoutCairoFiguresAreSvg()
    {
        Assert.True(PageFormat.Of(cairo: false, svg: false).IsInsteadOfPng);
        Assert.Equal(".svg", PageFormat.Of(cairo: false, svg: false).Extension);
    }

    const double Width = 460, Height = 260;

    static byte[] Svg(Action<ICanvas> draw)
    {
        using SvgCanvas canvas = new(Width, Height);
        draw(canvas);
        return canvas.ToBytes();
    }

    static void Lines(ICanvas canvas, double[] train, double[] validation, double[]? atMean = null)
    {
        LineChart chart = new("Loss", "nats per image", [
            new LineSeries("train", Style.Train, false, [.. train.Select((value, i) => (i + 1, value))]),
            new LineSeries("validation", Style.Validation, true, [.. validation.Select((value, i) => (i + 1, value))]),
            .. atMean is null ? [] : new[] { new LineSeries("at the mean", Style.AtMean, true, [.. atMean.Select((value, i) => (i + 1, value))]) }], 240);
        chart.Draw(canvas, new Point(8, 8), 440, chart.Margins);
    }

    /// <summary>A band that leaves the axis with its curve, a curve that comes in from above, and a reference that is drawn beside one that is not.</summary>
    static void Groups(ICanvas canvas)
    {
        LineChart chart = new("Loss", "nats per image", [
            new LineSeries("", GroupPalette.Of(0), false, [(1, 300), (2, 140), (3, 120), (4, 110)]) { Band = [(1, 290, 310), (2, 135, 150), (3, 118, 122), (4, 108, 113)] },
            new LineSeries("vae", GroupPalette.Of(0), true, [(1, 170), (2, 130), (3, 118), (4, 112)]),
            new LineSeries("ae", GroupPalette.Of(1), true, [(1, double.NaN), (2, 112), (3, 250), (4, 100)])], 240, [new("mean image", 130), new("floor", 45)], 150);
        chart.Draw(canvas, new Point(8, 8), 440, chart.Margins);
    }

    static RasterImage Square(byte level) => new([level, 255, 0, level], 2, 2);

    static bool Overlap(Area a, Area b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    static string Fixtures([System.Runtime.CompilerServices.CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "fixtures");

    /// <summary>Remembers where texts stand.</summary>
    sealed class RecordingCanvas : ICanvas
    {
        public List<Area> Texts { get; } = [];

        public void Text(Point at, string text, TextStyle style, TextAnchor anchor)
        {
            double width = TextWidth.Of(text, style);
            double left = anchor switch { TextAnchor.Middle => at.X - width / 2, TextAnchor.End => at.X - width, _ => at.X };
            if (text.Length > 0) Texts.Add(new Area(left, at.Y - 0.76 * style.Size, width, 0.96 * style.Size));   // ascent and descent of DejaVu Sans
        }

        public void Line(IReadOnlyList<Point> points, Stroke stroke) { }

        public void Polygon(IReadOnlyList<Point> points, Colour fill, double opacity) { }

        public void Rectangle(Area area, Colour fill) { }

        public void Disc(Point centre, double radius, Colour fill, double opacity) { }

        public void Image(Area area, RasterImage image) { }

        public byte[] ToBytes() => [];

        public void Dispose() { }
    }
}
