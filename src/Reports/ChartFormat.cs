namespace AeVae.Reports;

/// <summary>File format of a report's figures.</summary>
public enum ChartFormat
{
    /// <summary>PNG where Cairo can be loaded, else SVG.</summary>
    Auto,

    /// <summary>PNG at two device pixels per unit, drawn by Cairo.</summary>
    Png,

    /// <summary>SVG; the same run gives the same bytes on every machine.</summary>
    Svg,
}
