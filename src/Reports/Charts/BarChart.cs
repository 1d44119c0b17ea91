using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Bars from zero, in the given order.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="XTitle">Title of the horizontal axis.</param>
/// <param name="Bars">Label and value of each bar, at least one; values are finite and not negative.</param>
sealed record BarChart(string Title, string Unit, string XTitle, IReadOnlyList<(string Label, double Value)> Bars)
{
    /// <summary>The axis reaches at least this far, so that several charts have one scale.</summary>
    public double Reach { get; init; }

    /// <summary>Colour of the bars.</summary>
    public Colour Colour { get; init; } = Style.Train;

    const double WidestBar = 44, Fill = 0.72, LabelGap = 6;

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        double plotHeight = area.Height - ChartFrame.HeaderHeight - ChartFrame.FooterHeight;
        double highest = Math.Max(Reach, Bars.Max(b => b.Value));
        double high = highest > 0 ? highest * (1 + ChartFrame.Headroom) : 1;
        Ticks ticks = Ticks.Few(0, high);
        int power = Ticks.CommonExponent(high);
        (double Value, string Label)[] rows = [.. ticks.Within(0, high).Select(v => (v, ticks.Label(v, power)))];

        double left = area.Left + rows.Max(r => TextWidth.Of(r.Label, Style.Tick)) + ChartFrame.TickGap;
        Area plot = new(left, area.Top + ChartFrame.HeaderHeight, area.Right - left, plotHeight);
        Scale y = new(0, high, plot.Bottom, plot.Top);

        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, ChartFrame.Scaled(Unit, power));
        foreach ((double value, string label) in rows)
            ChartFrame.Row(canvas, plot, y.At(value), label);

        double pitch = plot.Width / Bars.Count, width = Math.Min(pitch * Fill, WidestBar);
        bool labelled = Bars.Any(b => b.Label.Length > 0) && Bars.Max(b => TextWidth.Of(b.Label, Style.Tick)) + LabelGap <= pitch;
        for (int i = 0; i < Bars.Count; i++)
        {
            double centre = plot.Left + (i + 0.5) * pitch, top = y.At(Bars[i].Value);
            canvas.Rectangle(new Area(centre - width / 2, top, width, plot.Bottom - top), Colour);
            if (labelled) canvas.Text(new(centre, plot.Bottom + 16), Bars[i].Label, Style.Tick, TextAnchor.Middle);
            canvas.Hover(new Area(plot.Left + i * pitch, plot.Top, pitch, plot.Height), $"{(Bars[i].Label.Length > 0 ? $"{Bars[i].Label}: " : "")}{Numbers.Format(Bars[i].Value)} {Unit}");
        }

        ChartFrame.BaseLine(canvas, plot);
        ChartFrame.XTitle(canvas, plot, XTitle, labelled);
    }
}
