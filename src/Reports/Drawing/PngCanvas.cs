namespace AeVae.Reports.Drawing;

/// <summary>Draws with Cairo and writes PNG.</summary>
sealed class PngCanvas : CairoCanvas
{
    /// <summary>Device pixels per unit of a figure: sharp in print and on dense screens.</summary>
    public const double PixelsPerUnit = 2;

    readonly double pixelsPerUnit;

    /// <param name="width">Of the page.</param>
    /// <param name="height">Of the page.</param>
    /// <param name="pixelsPerUnit">Device pixels for a unit of the page.</param>
    /// <param name="corner">The point of the page that lies in the upper left corner.</param>
    public PngCanvas(double width, double height, double pixelsPerUnit = PixelsPerUnit, Point corner = default)
        : base(Cairo.ImageSurfaceCreate(Cairo.FormatRgb24, (int)Math.Ceiling(width * pixelsPerUnit), (int)Math.Ceiling(height * pixelsPerUnit)), pixelsPerUnit, corner) =>
        this.pixelsPerUnit = pixelsPerUnit;

    public override byte[] ToBytes() => RgbPng.Encode(ToPixels(), pixelsPerUnit * UnitsPerInch);

    /// <summary>The page as pixels.</summary>
    public unsafe RgbImage ToPixels()
    {
        Cairo.SurfaceFlush(Surface);
        (int width, int height) = (Cairo.ImageSurfaceGetWidth(Surface), Cairo.ImageSurfaceGetHeight(Surface));
        uint* origin = (uint*)Cairo.ImageSurfaceGetData(Surface);
        int stride = Cairo.ImageSurfaceGetStride(Surface) / sizeof(uint);
        int[] rgb = new int[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
                rgb[y * width + x] = (int)(origin[y * stride + x] & 0xffffff);
        }

        return new RgbImage(rgb, width, height);
    }
}
