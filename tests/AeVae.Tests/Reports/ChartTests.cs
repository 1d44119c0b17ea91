using System.Buffers.Binary;
using System.Text;
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
        ["bars"] = canvas => new BarChart("KL", "nats per image", "3 latents, by falling KL", [("2", 2.6), ("1", 1.1), ("3", 0)]).Draw(canvas, new Area(8, 8, 300, 200)),
        ["grid"] = canvas => new ImageGrid("Originals", "test images",
            [new ImageRow("original", [Square(0), Square(128)]), new ImageRow("", [Square(255)])]).Draw(canvas, new Point(8, 8)),
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
        using CairoCanvas canvas = new(Width, Height);
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

    [Fact]
    public void WithoutCairoFiguresAreSvgAndTheNoteTellsHowToGetPng()
    {
        Assert.Contains("libcairo2", PageFormat.Of(AeVae.Reports.ChartFormat.Auto, cairo: false).Note, StringComparison.Ordinal);
        Assert.Equal(".svg", PageFormat.Of(AeVae.Reports.ChartFormat.Auto, cairo: false).Extension);
        Assert.Throws<NotSupportedException>(() => PageFormat.Of(AeVae.Reports.ChartFormat.Png, cairo: false));
    }

    const double Width = 460, Height = 260;

    static byte[] Svg(Action<ICanvas> draw)
    {
        using SvgCanvas canvas = new(Width, Height);
        draw(canvas);
        return canvas.ToBytes();
    }

    static void Lines(ICanvas canvas, double[] train, double[] validation)
    {
        LineChart chart = new("Loss", "nats per image", [
            new LineSeries("train", Style.Train, false, [.. train.Select((value, i) => (i + 1, value))]),
            new LineSeries("validation", Style.Validation, true, [.. validation.Select((value, i) => (i + 1, value))])], 240);
        chart.Draw(canvas, new Point(8, 8), 440, chart.Margins);
    }

    static GreyImage Square(byte level) => new([level, 255, 0, level], 2, 2);

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

        public void Rectangle(Area area, Colour fill) { }

        public void Disc(Point centre, double radius, Colour fill, double opacity) { }

        public void Image(Area area, GreyImage image) { }

        public byte[] ToBytes() => [];

        public void Dispose() { }
    }
}
