namespace AeVae.Reports.Drawing;

/// <summary>The file format of the figures on this machine.</summary>
/// <param name="Extension">With its dot.</param>
/// <param name="OtherExtension">That of the format not chosen.</param>
/// <param name="Note">Why it is not PNG, when PNG would have been preferred.</param>
/// <param name="Open">Opens a page of a width and a height.</param>
sealed record PageFormat(string Extension, string OtherExtension, string? Note, Func<double, double, ICanvas> Open)
{
    /// <summary>Figures are PNG.</summary>
    public bool IsPng => Extension == ".png";

    const string HowToGetPng = "install Cairo (Debian and Ubuntu: apt install libcairo2) for PNG";

    static readonly PageFormat Png = new(".png", ".svg", null, (width, height) => new CairoCanvas(width, height));
    static readonly PageFormat Svg = new(".svg", ".png", null, (width, height) => new SvgCanvas(width, height));

    /// <summary>What <paramref name="wish"/> means on this machine.</summary>
    /// <exception cref="NotSupportedException">PNG is asked for, but Cairo is not installed.</exception>
    public static PageFormat Of(ChartFormat wish) => Of(wish, Cairo.IsAvailable);

    internal static PageFormat Of(ChartFormat wish, bool cairo) => (wish, cairo) switch
    {
        (ChartFormat.Svg, _) => Svg,
        (_, true) => Png,
        (ChartFormat.Auto, false) => Svg with { Note = $"Figures are SVG and there are no animations, because libcairo.so.2 could not be loaded; {HowToGetPng}." },
        _ => throw new NotSupportedException($"PNG figures need libcairo.so.2, which could not be loaded; {HowToGetPng}, or choose SVG."),
    };
}
