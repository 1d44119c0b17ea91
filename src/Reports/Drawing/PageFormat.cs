namespace AeVae.Reports.Drawing;

/// <summary>File format of a report's figures.</summary>
/// <param name="Extension">With its dot.</param>
/// <param name="OtherExtension">That of the format not chosen.</param>
/// <param name="Note">Why it is not PNG, when PNG would have been preferred.</param>
/// <param name="Open">Opens a page of a width and a height.</param>
sealed record PageFormat(string Extension, string OtherExtension, string? Note, Func<double, double, ICanvas> Open)
{
    /// <summary>Figures are PNG.</summary>
    public bool IsPng => Extension == ".png";

    /// <summary>PNG at two device pixels per unit; needs Cairo.</summary>
    public static PageFormat Png { get; } = new(".png", ".svg", null, (width, height) => new CairoCanvas(width, height));

    /// <summary>SVG; the same run gives the same bytes on every machine.</summary>
    public static PageFormat Svg { get; } = new(".svg", ".png", null, (width, height) => new SvgCanvas(width, height));

    /// <summary>PNG where Cairo can be loaded, else SVG.</summary>
    public static PageFormat Of(bool cairo) => cairo ? Png
        : Svg with { Note = "Figures are SVG and there are no animations, because libcairo.so.2 could not be loaded; install Cairo (Debian and Ubuntu: apt install libcairo2) for PNG." };
}
