using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Charts over epochs above each other, with one horizontal axis.</summary>
static class ChartStack
{
    const double Gap = 14;

    /// <summary>The charts as one figure.</summary>
    /// <param name="name">File name without its extension.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="caption">What to see in it, Markdown.</param>
    /// <param name="charts">At least one.</param>
    /// <param name="height">Height of each.</param>
    public static Figure Of(string name, string title, string caption, IReadOnlyList<LineChart> charts, double height)
    {
        (double, double) margins = (charts.Max(c => c.Margins.Left), charts.Max(c => c.Margins.Right));
        return Figure.Of(name, title, caption, charts.Count * (height + Gap) - Gap, (canvas, area) =>
        {
            for (int i = 0; i < charts.Count; i++)
                charts[i].Draw(canvas, new Point(area.Left, area.Top + i * (height + Gap)), area.Width, margins);
        });
    }
}
