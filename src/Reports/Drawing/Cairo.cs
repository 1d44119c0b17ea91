using System.Runtime.InteropServices;

namespace AeVae.Reports.Drawing;

/// <summary>The part of Cairo's C interface that the canvas needs.</summary>
/// <remarks>https://www.cairographics.org/manual/.</remarks>
static partial class Cairo
{
    const string Library = "libcairo.so.2";

    /// <summary>True when Cairo can be loaded on this machine.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Why it cannot be used, and what to do: the rest of a sentence.</summary>
    public static string IsMissing => OperatingSystem.IsLinux() ? $"{Library} could not be loaded; install Cairo (Debian and Ubuntu: apt install libcairo2)" : "Cairo is used on Linux alone; take a Linux machine";

    public const int FormatRgb24 = 1;
    public const int FilterNearest = 3;
    public const int LineJoinRound = 1;
    public const int FontWeightBold = 1;
    public const int HintStyleNone = 1;
    public const int HintMetricsOff = 1;

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_create")]
    public static partial nint ImageSurfaceCreate(int format, int width, int height);

    [LibraryImport(Library, EntryPoint = "cairo_pdf_surface_create_for_stream")]
    public static unsafe partial nint PdfSurfaceCreateForStream(delegate* unmanaged[Cdecl]<nint, byte*, uint, int> write, nint closure, double widthInPoints, double heightInPoints);

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_get_data")]
    public static partial nint ImageSurfaceGetData(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_get_stride")]
    public static partial int ImageSurfaceGetStride(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_get_width")]
    public static partial int ImageSurfaceGetWidth(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_get_height")]
    public static partial int ImageSurfaceGetHeight(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_flush")]
    public static partial void SurfaceFlush(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_mark_dirty")]
    public static partial void SurfaceMarkDirty(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_status")]
    public static partial int SurfaceStatus(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_finish")]
    public static partial void SurfaceFinish(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_destroy")]
    public static partial void SurfaceDestroy(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_create")]
    public static partial nint Create(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_status")]
    public static partial int Status(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_destroy")]
    public static partial void Destroy(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_save")]
    public static partial void Save(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_restore")]
    public static partial void Restore(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_scale")]
    public static partial void Scale(nint context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_translate")]
    public static partial void Translate(nint context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_set_source_rgba")]
    public static partial void SetSourceRgba(nint context, double red, double green, double blue, double alpha);

    [LibraryImport(Library, EntryPoint = "cairo_set_source_surface")]
    public static partial void SetSourceSurface(nint context, nint surface, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_get_source")]
    public static partial nint GetSource(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_pattern_set_filter")]
    public static partial void PatternSetFilter(nint pattern, int filter);

    [LibraryImport(Library, EntryPoint = "cairo_paint")]
    public static partial void Paint(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_move_to")]
    public static partial void MoveTo(nint context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_line_to")]
    public static partial void LineTo(nint context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_rectangle")]
    public static partial void Rectangle(nint context, double x, double y, double width, double height);

    [LibraryImport(Library, EntryPoint = "cairo_arc")]
    public static partial void Arc(nint context, double x, double y, double radius, double from, double to);

    [LibraryImport(Library, EntryPoint = "cairo_set_line_width")]
    public static partial void SetLineWidth(nint context, double width);

    [LibraryImport(Library, EntryPoint = "cairo_set_line_join")]
    public static partial void SetLineJoin(nint context, int join);

    [LibraryImport(Library, EntryPoint = "cairo_set_dash")]
    public static partial void SetDash(nint context, [In] double[] dashes, int count, double offset);

    [LibraryImport(Library, EntryPoint = "cairo_stroke")]
    public static partial void StrokePath(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_fill")]
    public static partial void FillPath(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_select_font_face", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SelectFontFace(nint context, string family, int slant, int weight);

    [LibraryImport(Library, EntryPoint = "cairo_set_font_size")]
    public static partial void SetFontSize(nint context, double size);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_create")]
    public static partial nint FontOptionsCreate();

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_hint_style")]
    public static partial void FontOptionsSetHintStyle(nint options, int style);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_hint_metrics")]
    public static partial void FontOptionsSetHintMetrics(nint options, int metrics);

    [LibraryImport(Library, EntryPoint = "cairo_set_font_options")]
    public static partial void SetFontOptions(nint context, nint options);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_destroy")]
    public static partial void FontOptionsDestroy(nint options);

    [LibraryImport(Library, EntryPoint = "cairo_text_extents", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void MeasureText(nint context, string text, out TextExtents extents);

    [LibraryImport(Library, EntryPoint = "cairo_text_path", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void TextPath(nint context, string text);

    [LibraryImport(Library, EntryPoint = "cairo_show_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void ShowText(nint context, string text);

    [StructLayout(LayoutKind.Sequential)]
    public struct TextExtents
    {
        public double XBearing;
        public double YBearing;
        public double Width;
        public double Height;
        public double XAdvance;
        public double YAdvance;
    }
}
