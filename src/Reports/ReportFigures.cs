using AeVae.Reports.Drawing;

namespace AeVae.Reports;

/// <summary>What figures can be drawn as on this machine.</summary>
public static class ReportFigures
{
    /// <summary>True when Cairo can be loaded, so that figures can be PNG and PDF, and there are animations; else they are SVG.</summary>
    public static bool CanBePngAndPdf => Cairo.IsAvailable;

    /// <summary>Why not, and what to do: the rest of a sentence.</summary>
    public static string WhyNot => Cairo.IsMissing;
}
