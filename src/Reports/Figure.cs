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
        new(name, title, caption, grid.Width + 2 * Style.Margin, grid.Height + 2 * Style.Margin, canvas => grid.Draw(canvas, new Point(Style.Margin, Style.Margin)));
}
