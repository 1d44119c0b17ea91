using AeVae.Reports.Drawing;

namespace AeVae.Reports;

/// <summary>What this machine can draw.</summary>
public static class ChartFormats
{
    /// <summary>True when Cairo can be loaded, so that <see cref="ChartFormat.Auto"/> means PNG.</summary>
    public static bool PngIsAvailable => Cairo.IsAvailable;
}
