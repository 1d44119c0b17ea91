using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>How a number is distributed.</summary>
/// <param name="Name">For the legend; empty for none.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Heights">Density at evenly spaced places from one end of the axis to the other, at least two, finite.</param>
sealed record DensityCurve(string Name, Colour Colour, IReadOnlyList<double> Heights);

/// <summary>Densities over one axis about 0, beside that of N(0, 1), which is dashed.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">What to know of it, after the name of the vertical axis.</param>
/// <param name="XTitle">Title of the horizontal axis.</param>
/// <param name="Curves">At least one.</param>
/// <param name="Reach">The axis goes from −Reach to Reach.</param>
/// <param name="Highest">The vertical axis reaches at least this far.</param>
sealed record DensityChart(string Title, string Unit, string XTitle, IReadOnlyList<DensityCurve> Curves, double Reach, double Highest)
{
    const double RowSpacing = 28, ColumnSpacing = 56, CurveWidth = 1.75, LegendGap = 12, SampleLength = 21, LegendSpacing = 17, Fill = 0.18;
    const int FewestSteps = 4, PriorSteps = 400;

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        double plotHeight = area.Height - ChartFrame.HeaderHeight - ChartFrame.FooterHeight;
        Ticks rows = Ticks.For(Highest, Math.Max(2, (int)(plotHeight / RowSpacing)));
        double high = Highest * (1 + ChartFrame.Headroom);
        (double Value, string Label)[] labels = [.. rows.Within(0, high).Select(value => (value, rows.Label(value)))];
        bool hasLegend = Curves.Any(curve => curve.Name.Length > 0);
        double left = labels.Max(row => TextWidth.Of(row.Label, Style.Tick)) + ChartFrame.TickGap;
        double right = hasLegend ? LegendGap + SampleLength + LegendGap + Math.Max(TextWidth.Of(PriorName, Style.Label), Curves.Max(curve => TextWidth.Of(curve.Name, Style.Label))) : 0;
        Area plot = new(area.Left + left, area.Top + ChartFrame.HeaderHeight, area.Width - left - right, plotHeight);
        Scale x = new(-Reach, Reach, plot.Left, plot.Right), y = new(0, high, plot.Bottom, plot.Top);

        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, Unit);
        foreach ((double value, string label) in labels) ChartFrame.Row(canvas, plot, y.At(value), label);
        Ticks columns = Ticks.For(2 * Reach, Math.Max(FewestSteps, (int)(plot.Width / ColumnSpacing)));
        foreach (double value in columns.Within(-Reach, Reach)) ChartFrame.Column(canvas, plot, x.At(value), columns.Label(value));
        ChartFrame.BaseLine(canvas, plot);
        ChartFrame.XTitle(canvas, plot, XTitle);
        foreach (DensityCurve curve in Curves)
        {
            double width = 2 * Reach / (curve.Heights.Count - 1);
            Point[] line = [.. curve.Heights.Select((height, i) => new Point(x.At(-Reach + i * width), y.At(height)))];
            if (Curves.Count == 1) canvas.Polygon([new(plot.Left, plot.Bottom), .. line, new(plot.Right, plot.Bottom)], curve.Colour, Fill);
            canvas.Line(line, new Stroke(curve.Colour, CurveWidth));
        }

        canvas.Line([.. Enumerable.Range(0, PriorSteps + 1).Select(i => Reach * (2.0 * i / PriorSteps - 1)).Select(z => new Point(x.At(z), y.At(Statistics.NormalDensity.At(z))))], PriorStroke);
        if (hasLegend) Legend(canvas, plot);
    }

    const string PriorName = "N(0, 1)";

    static Stroke PriorStroke => new(Style.Ink, 1.25, Dashed: true);

    void Legend(ICanvas canvas, Area plot)
    {
        (string, Stroke)[] entries = [.. Curves.Select(curve => (curve.Name, new Stroke(curve.Colour, CurveWidth))), (PriorName, PriorStroke)];
        foreach ((int i, (string name, Stroke stroke)) in entries.Index())
        {
            double left = plot.Right + LegendGap, middle = plot.Top + 5 + i * LegendSpacing;
            canvas.Line([new(left, middle), new(left + SampleLength, middle)], stroke);
            canvas.Text(new(left + SampleLength + LegendGap / 2, middle + 4), name, Style.Label);
        }
    }
}
