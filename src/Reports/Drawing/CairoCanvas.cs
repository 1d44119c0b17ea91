namespace AeVae.Reports.Drawing;

/// <summary>Draws with Cairo and writes PNG.</summary>
sealed class CairoCanvas : ICanvas
{
    /// <summary>Device pixels per unit of a figure: sharp in print and on dense screens.</summary>
    public const double PixelsPerUnit = 2;

    // Fontconfig answers with the nearest installed sans-serif font; without any font Cairo uses its built-in one.
    const string FontFamily = "Helvetica";
    static readonly double[] Dashes = [5, 3];

    // As a pixel of CSS: a figure is pasted and printed 7.5 inches wide.
    const double UnitsPerInch = 96;

    readonly nint surface;
    readonly nint context;
    readonly double pixelsPerUnit;

    public CairoCanvas(double width, double height, double pixelsPerUnit = PixelsPerUnit, Point corner = default)
    {
        this.pixelsPerUnit = pixelsPerUnit;
        surface = Cairo.ImageSurfaceCreate(Cairo.FormatRgb24, (int)Math.Ceiling(width * pixelsPerUnit), (int)Math.Ceiling(height * pixelsPerUnit));
        context = Cairo.Create(surface);
        Check(Cairo.Status(context), "open a page");
        Cairo.Scale(context, pixelsPerUnit, pixelsPerUnit);
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

    public byte[] ToBytes() => RgbPng.Encode(ToPixels(), pixelsPerUnit * UnitsPerInch);

    /// <summary>The page as pixels.</summary>
    public unsafe RgbImage ToPixels()
    {
        Cairo.SurfaceFlush(surface);
        (int width, int height) = (Cairo.ImageSurfaceGetWidth(surface), Cairo.ImageSurfaceGetHeight(surface));
        uint* origin = (uint*)Cairo.ImageSurfaceGetData(surface);
        int stride = Cairo.ImageSurfaceGetStride(surface) / sizeof(uint);
        int[] rgb = new int[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                rgb[y * width + x] = (int)(origin[y * stride + x] & 0xffffff);
        }

        return new RgbImage(rgb, width, height);
    }

    public void Dispose()
    {
        Cairo.Destroy(context);
        Cairo.SurfaceDestroy(surface);
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

    static void Check(int status, string purpose)
    {
        if (status != 0) throw new InvalidOperationException($"Cairo could not {purpose}: status {status} (cairo_status_t)");
    }

    void Use(Colour colour, double opacity = 1) => Cairo.SetSourceRgba(context, colour.Red, colour.Green, colour.Blue, opacity);
}
