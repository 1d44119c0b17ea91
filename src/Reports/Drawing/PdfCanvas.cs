using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AeVae.Reports.Drawing;

/// <summary>Draws with Cairo and writes PDF: lines and letters stay such at any size, and fonts are part of the file.</summary>
sealed class PdfCanvas : CairoCanvas
{
    const double PointsPerInch = 72;

    readonly MemoryStream file;
    readonly GCHandle handle;

    public PdfCanvas(double width, double height)
        : this(width, height, new MemoryStream())
    {
    }

    PdfCanvas(double width, double height, MemoryStream file)
        : this(width, height, file, GCHandle.Alloc(file))
    {
    }

    unsafe PdfCanvas(double width, double height, MemoryStream file, GCHandle handle)
        : base(Cairo.PdfSurfaceCreateForStream(&Append, GCHandle.ToIntPtr(handle), width * PointsPerInch / UnitsPerInch, height * PointsPerInch / UnitsPerInch), PointsPerInch / UnitsPerInch) =>
        (this.file, this.handle) = (file, handle);

    /// <summary>The file; nothing can be drawn afterwards.</summary>
    public override byte[] ToBytes()
    {
        Cairo.SurfaceFinish(Surface);
        Check(Cairo.SurfaceStatus(Surface), "write a PDF");
        return file.ToArray();
    }

    public override void Dispose()
    {
        base.Dispose();     // may still write
        handle.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static unsafe int Append(nint stream, byte* data, uint length)
    {
        const int Success = 0, WriteError = 11;     // of cairo_status_t
        try
        {
            ((MemoryStream)GCHandle.FromIntPtr(stream).Target!).Write(new ReadOnlySpan<byte>(data, (int)length));
            return Success;
        }
        catch (Exception e) when (e is OutOfMemoryException or IOException)
        {
            return WriteError;      // nothing may be thrown through Cairo
        }
    }
}
