namespace AeVae.Reports.Drawing;

/// <summary>File format of a report's figures.</summary>
/// <param name="Extension">With its dot.</param>
/// <param name="Replaces">Extension of the figures that the same report had in another format; null: it leaves those.</param>
/// <param name="Open">Opens a page of a width and a height.</param>
sealed record PageFormat(string Extension, string? Replaces, Func<double, double, ICanvas> Open)
{
    /// <summary>Whether a report with such figures has animations, too.</summary>
    public bool HasAnimations { get; init; }

    /// <summary>Whether Cairo, which draws animations, cannot be loaded.</summary>
    public bool LacksCairo { get; init; }

    /// <summary>Whether figures would be PNG, could Cairo be loaded.</summary>
    public bool IsInsteadOfPng { get; init; }

    /// <summary>PNG at two device pixels per unit; needs Cairo.</summary>
    public static PageFormat Png { get; } = new(".png", ".svg", (width, height) => new PngCanvas(width, height)) { HasAnimations = true };

    /// <summary>SVG; the same run gives the same bytes on every machine.</summary>
    public static PageFormat Svg { get; } = new(".svg", ".png", (width, height) => new SvgCanvas(width, height));

    /// <summary>PDF, for LaTeX; needs Cairo.</summary>
    public static PageFormat Pdf { get; } = new(".pdf", null, (width, height) => new PdfCanvas(width, height));

    /// <summary>What the figures of Markdown are.</summary>
    /// <param name="cairo">Whether Cairo can be loaded.</param>
    /// <param name="svg">Whether SVG is wanted.</param>
    public static PageFormat Of(bool cairo, bool svg) => cairo && !svg ? Png : Svg with { HasAnimations = cairo, LacksCairo = !cairo, IsInsteadOfPng = !svg };
}
