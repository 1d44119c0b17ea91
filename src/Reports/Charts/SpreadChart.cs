using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Where a number lies and how far it spreads.</summary>
/// <param name="Mean">The middle.</param>
/// <param name="Inner">A standard deviation, drawn as a bar to either side.</param>
/// <param name="Outer">A standard deviation that is at least as large, drawn as a thin line.</param>
readonly record struct Spread(double Mean, double Inner, double Outer)
{
    /// <summary>How far from zero it goes.</summary>
    public double Reach => Math.Abs(Mean) + Outer;
}

/// <summary>Numbers side by side, each with its spread, on a band that shows that of N(0, 1): 0 ± 1.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="YTitle">Title of the vertical axis.</param>
/// <param name="XTitle">Title of the horizontal axis.</param>
/// <param name="Spreads">At least one, all finite, from left to right.</param>
/// <param name="Reach">The vertical axis goes from −Reach to Reach, which is above 1.</param>
/// <param name="Colour">Colour of bars and lines.</param>
sealed record SpreadChart(string Title, string YTitle, string XTitle, IReadOnlyList<Spread> Spreads, double Reach, Colour Colour)
{
    const double WidestBar = 12, Fill = 0.6, LeastBar = 1.5, LineWidth = 1;
    const int MostSteps = 5;

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        Ticks ticks = Ticks.For(2 * Reach, MostSteps);
        (double Value, string Label)[] rows = [.. ticks.Within(-Reach, Reach).Select(value => (value, ticks.Label(value)))];
        double left = area.Left + rows.Max(row => TextWidth.Of(row.Label, Style.Tick)) + ChartFrame.TickGap;
        Area plot = new(left, area.Top + ChartFrame.HeaderHeight, area.Right - left, area.Height - ChartFrame.HeaderHeight - ChartFrame.FooterHeight);
        Scale y = new(-Reach, Reach, plot.Bottom, plot.Top);

        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, YTitle);
        canvas.Rectangle(new Area(plot.Left, y.At(1), plot.Width, y.At(-1) - y.At(1)), Style.Grid);
        foreach ((double value, string label) in rows) ChartFrame.Row(canvas, plot, y.At(value), label);
        canvas.Line([new(plot.Left, y.At(0)), new(plot.Right, y.At(0))], new Stroke(Style.Zero, 1));
        double pitch = plot.Width / Spreads.Count, width = Math.Min(pitch * Fill, WidestBar);
        foreach ((int i, Spread spread) in Spreads.Index())
        {
            double centre = plot.Left + (i + 0.5) * pitch, height = Math.Max(LeastBar, y.At(-spread.Inner) - y.At(spread.Inner));
            canvas.Line([new(centre, y.At(spread.Mean + spread.Outer)), new(centre, y.At(spread.Mean - spread.Outer))], new Stroke(Colour, LineWidth));
            canvas.Rectangle(new Area(centre - width / 2, y.At(spread.Mean) - height / 2, width, height), Colour);
        }

        ChartFrame.XTitle(canvas, plot, XTitle, labelled: false);
    }
}
