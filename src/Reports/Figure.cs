using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;

namespace AeVae.Reports;

/// <summary>A figure of a report.</summary>
/// <param name="Name">File name without its extension.</param>
/// <param name="Title">Heading in the report and text for who cannot see it.</param>
/// <param name="Caption">What to see in it, Markdown.</param>
/// <param name="Width">Width of the page.</param>
/// <param name="Height">Height of the page.</param>
/// <param name="Draw">Draws it.</param>
sealed record Figure(string Name, string Title, string Caption, double Width, double Height, Action<ICanvas> Draw)
{
    /// <summary>A figure that is one grid of images.</summary>
    public static Figure Of(string name, string title, string caption, ImageGrid grid) =>
        Of(name, title, caption, grid.Height, (canvas, area) => grid.Draw(canvas, new Point(area.Left, area.Top)), grid.Width);

    /// <summary>A figure that is charts of one size.</summary>
    public static Figure Of(string name, string title, string caption, PanelGrid panels) => new(name, title, caption, Style.FigureWidth, panels.Height, panels.Draw);

    /// <summary>A figure that is one chart, with the margin around it.</summary>
    /// <param name="name">File name without its extension.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="caption">What to see in it, Markdown.</param>
    /// <param name="height">Height of the chart.</param>
    /// <param name="draw">Draws the chart.</param>
    /// <param name="width">Its width.</param>
    public static Figure Of(string name, string title, string caption, double height, Action<ICanvas, Area> draw, double width = Style.ChartWidth) =>
        new(name, title, caption, width + 2 * Style.Margin, height + 2 * Style.Margin, canvas => draw(canvas, new Area(Style.Margin, Style.Margin, width, height)));
}
