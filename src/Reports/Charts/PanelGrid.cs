using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Charts of one size beside and above each other.</summary>
/// <param name="Panels">What is drawn into each, row by row.</param>
/// <param name="Columns">Charts in a row.</param>
/// <param name="PanelHeight">Height of each.</param>
sealed record PanelGrid(IReadOnlyList<Action<ICanvas, Area>> Panels, int Columns, double PanelHeight)
{
    const double Gap = 20;

    /// <summary>What stands above all of them; null for nothing.</summary>
    public Action<ICanvas, Point>? Above { get; init; }

    /// <summary>Room for it.</summary>
    public double AboveHeight { get; init; } = 26;

    /// <summary>Width of a panel in a figure with so many columns.</summary>
    public static double PanelWidth(int columns) => (Style.ChartWidth - (columns - 1) * Gap) / columns;

    /// <summary>Height of all rows with the margin around them.</summary>
    public double Height => 2 * Style.Margin + Top + Rows * (PanelHeight + Gap) - Gap;

    double Top => Above is null ? 0 : AboveHeight;

    int Rows => (Panels.Count + Columns - 1) / Columns;

    /// <summary>Draws every panel.</summary>
    public void Draw(ICanvas canvas)
    {
        double width = PanelWidth(Columns);
        Above?.Invoke(canvas, new Point(Style.Margin, Style.Margin));
        foreach ((int i, Action<ICanvas, Area> panel) in Panels.Index())
            panel(canvas, new Area(Style.Margin + i % Columns * (width + Gap), Style.Margin + Top + i / Columns * (PanelHeight + Gap), width, PanelHeight));
    }
}
