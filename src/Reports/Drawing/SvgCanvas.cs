using System.Globalization;
using System.Security;
using System.Text;

namespace AeVae.Reports.Drawing;

/// <summary>Writes SVG 1.1 as text: the same calls give the same bytes.</summary>
sealed class SvgCanvas : ICanvas
{
    const string Fonts = "'Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif";
    const string Namespaces = """xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" """;
    readonly StringBuilder svg = new();
    readonly bool isInline;

    /// <summary>Opens a page that becomes a file.</summary>
    public SvgCanvas(double width, double height)
        : this(width, height, Namespaces, isInline: false)
    {
    }

    SvgCanvas(double width, double height, string attributes, bool isInline)
    {
        this.isInline = isInline;
        svg.Append(CultureInfo.InvariantCulture, $"""<svg {attributes}width="{F(width)}" height="{F(height)}" viewBox="0 0 {F(width)} {F(height)}" font-family="{Fonts}">""").Append('\n');
        Rectangle(new Area(0, 0, width, height), Style.Paper);
    }

    /// <summary>Opens a page that becomes part of an HTML file, where it can react to the pointer.</summary>
    public static SvgCanvas Inline(double width, double height, string description) =>
        new(width, height, $"""role="img" aria-label="{SecurityElement.Escape(description)}" """, isInline: true);

    public void Line(IReadOnlyList<Point> points, Stroke stroke)
    {
        string dashes = stroke.Dashed ? " stroke-dasharray=\"5 3\"" : "";
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{Path(points)}\" fill=\"none\" stroke=\"{stroke.Colour}\" stroke-width=\"{F(stroke.Width)}\" stroke-linejoin=\"round\"{dashes}/>\n");
    }

    public void Polygon(IReadOnlyList<Point> points, Colour fill, double opacity) =>
        svg.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{Path(points)}\" fill=\"{fill}\"{FillOpacity(opacity)}/>\n");

    public void Rectangle(Area area, Colour fill) =>
        svg.Append(CultureInfo.InvariantCulture, $"""<rect {Box(area)} fill="{fill}"/>""").Append('\n');

    public void Disc(Point centre, double radius, Colour fill, double opacity) =>
        svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{F(centre.X)}" cy="{F(centre.Y)}" r="{F(radius)}" fill="{fill}"{FillOpacity(opacity)}/>""").Append('\n');

    public void Text(Point at, string text, TextStyle style, TextAnchor anchor)
    {
        string weight = style.Bold ? " font-weight=\"bold\"" : "";
        string side = anchor switch { TextAnchor.Middle => " text-anchor=\"middle\"", TextAnchor.End => " text-anchor=\"end\"", _ => "" };
        string halo = style.Halo ? $" stroke=\"{Style.Paper}\" stroke-width=\"{F(Style.HaloWidth)}\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : "";
        svg.Append(CultureInfo.InvariantCulture, $"""<text x="{F(at.X)}" y="{F(at.Y)}" font-size="{F(style.Size)}"{weight}{side}{halo} fill="{style.Colour}">{SecurityElement.Escape(text)}</text>""").Append('\n');
    }

    public void Image(Area area, RasterImage image)
    {
        string png = Convert.ToBase64String(StoredPng.Encode(image));
        svg.Append(CultureInfo.InvariantCulture, $"""<image {Box(area)} preserveAspectRatio="none" style="image-rendering:pixelated" {(isInline ? "" : "xlink:")}href="data:image/png;base64,{png}"/>""").Append('\n');
    }

    public void Hover(Area area, string text)
    {
        if (isInline) svg.Append(CultureInfo.InvariantCulture, $"""<rect class="hover" {Box(area)}><title>{SecurityElement.Escape(text)}</title></rect>""").Append('\n');
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(svg + "</svg>\n");

    public void Dispose()
    {
    }

    static string Path(IReadOnlyList<Point> points) => string.Join(' ', points.Select(point => $"{F(point.X)},{F(point.Y)}"));

    static string FillOpacity(double opacity) => opacity < 1 ? $" fill-opacity=\"{F(opacity)}\"" : "";

    static string Box(Area a) => $"""x="{F(a.Left)}" y="{F(a.Top)}" width="{F(a.Width)}" height="{F(a.Height)}" """.TrimEnd();

    static string F(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
