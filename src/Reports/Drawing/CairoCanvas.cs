namespace AeVae.Reports.Drawing;

/// <summary>Draws with Cairo.</summary>
abstract class CairoCanvas : ICanvas
{
    /// <summary>A unit is a pixel of CSS: a figure is pasted and printed 7.5 inches wide.</summary>
    protected const double UnitsPerInch = 96;

    // Fontconfig answers with the nearest installed sans-serif font; without any font Cairo uses its built-in one.
    const string FontFamily = "Helvetica";
    static readonly double[] Dashes = [5, 3];

    readonly nint context;

    /// <summary>Opens a white page.</summary>
    /// <param name="surface">What is drawn on; the canvas destroys it.</param>
    /// <param name="scale">Units of the surface for one of the page.</param>
    /// <param name="corner">The point of the page that lies in the upper left corner.</param>
    protected CairoCanvas(nint surface, double scale, Point corner = default)
    {
        Surface = surface;
        context = Cairo.Create(surface);
        Check(Cairo.Status(context), "open a page");
        Cairo.Scale(context, scale, scale);
        Cairo.Translate(context, -corner.X, -corner.Y);
        Cairo.SetLineJoin(context, Cairo.LineJoinRound);
        nint options = Cairo.FontOptionsCreate();
        Cairo.FontOptionsSetHintStyle(options, Cairo.HintStyleNone);
        Cairo.FontOptionsSetHintMetrics(options, Cairo.HintMetricsOff);
        Cairo.SetFontOptions(context, options);
        Cairo.FontOptionsDestroy(options);
        Use(Style.Paper);
        Cairo.Paint(context);
    }

    /// <summary>What is drawn on.</summary>
    protected nint Surface { get; }

    public void Line(IReadOnlyList<Point> points, Stroke stroke)
    {
        Use(stroke.Colour);
        Cairo.SetLineWidth(context, stroke.Width);
        Cairo.SetDash(context, Dashes, stroke.Dashed ? Dashes.Length : 0, 0);
        Cairo.MoveTo(context, points[0].X, points[0].Y);
        foreach (Point point in points.Skip(1))
            Cairo.LineTo(context, point.X, point.Y);
        Cairo.StrokePath(context);
    }

    public void Polygon(IReadOnlyList<Point> points, Colour fill, double opacity)
    {
        Use(fill, opacity);
        Cairo.MoveTo(context, points[0].X, points[0].Y);
        foreach (Point point in points.Skip(1))
            Cairo.LineTo(context, point.X, point.Y);
        Cairo.FillPath(context);
    }

    public void Rectangle(Area area, Colour fill)
    {
        Use(fill);
        Cairo.Rectangle(context, area.Left, area.Top, area.Width, area.Height);
        Cairo.FillPath(context);
    }

    public void Disc(Point centre, double radius, Colour fill, double opacity)
    {
        Use(fill, opacity);
        Cairo.Arc(context, centre.X, centre.Y, radius, 0, 2 * Math.PI);
        Cairo.FillPath(context);
    }

    public void Text(Point at, string text, TextStyle style, TextAnchor anchor)
    {
        Cairo.SelectFontFace(context, FontFamily, 0, style.Bold ? Cairo.FontWeightBold : 0);
        Cairo.SetFontSize(context, style.Size);
        Cairo.MeasureText(context, text, out Cairo.TextExtents extents);
        double shift = anchor switch { TextAnchor.Middle => extents.XAdvance / 2, TextAnchor.End => extents.XAdvance, _ => 0 };
        if (style.Halo)
        {
            Use(Style.Paper);
            Cairo.SetLineWidth(context, Style.HaloWidth);
            Cairo.SetDash(context, Dashes, 0, 0);
            Cairo.MoveTo(context, at.X - shift, at.Y);
            Cairo.TextPath(context, text);
            Cairo.StrokePath(context);
        }

        Use(style.Colour);
        Cairo.MoveTo(context, at.X - shift, at.Y);
        Cairo.ShowText(context, text);
    }

    public void Image(Area area, RasterImage image)
    {
        nint pixels = ImageSurface(image);
        Cairo.Save(context);
        Cairo.Translate(context, area.Left, area.Top);
        Cairo.Scale(context, area.Width / image.Width, area.Height / image.Height);
        Cairo.SetSourceSurface(context, pixels, 0, 0);
        Cairo.PatternSetFilter(Cairo.GetSource(context), Cairo.FilterNearest);
        Cairo.Rectangle(context, 0, 0, image.Width, image.Height);
        Cairo.FillPath(context);
        Cairo.Restore(context);
        Cairo.SurfaceDestroy(pixels);
    }

    public abstract byte[] ToBytes();

    public virtual void Dispose()
    {
        Cairo.Destroy(context);
        Cairo.SurfaceDestroy(Surface);
    }

    static unsafe nint ImageSurface(RasterImage image)
    {
        nint surface = Cairo.ImageSurfaceCreate(Cairo.FormatRgb24, image.Width, image.Height);
        Check(Cairo.SurfaceStatus(surface), "hold an image");
        Cairo.SurfaceFlush(surface);
        uint* origin = (uint*)Cairo.ImageSurfaceGetData(surface);
        int stride = Cairo.ImageSurfaceGetStride(surface) / sizeof(uint);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
                origin[y * stride + x] = image.Rgb(x, y);
        }

        Cairo.SurfaceMarkDirty(surface);
        return surface;
    }

    protected static void Check(int status, string purpose)
    {
        if (status != 0) throw new InvalidOperationException($"Cairo could not {purpose}: status {status} (cairo_status_t)");
    }

    void Use(Colour colour, double opacity = 1) => Cairo.SetSourceRgba(context, colour.Red, colour.Green, colour.Blue, opacity);
}
