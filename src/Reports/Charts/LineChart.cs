using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Curves of one quantity over epochs, each labelled at its end with its last value.</summary>
sealed class LineChart
{
    const double SampleLength = 21, LabelGap = 8, LabelSpacing = 16;
    const double CurveWidth = 2, MarkerRadius = 2.5;
    const double RowSpacing = 38, EpochSpacing = 24;
    const int MostMarkedEpochs = 15;

    // Beyond this the difference of two values is no longer finite.
    const double LargestDrawn = 1e300;

    readonly string title;
    readonly string unit;
    readonly IReadOnlyList<LineSeries> series;
    readonly double plotHeight;
    readonly EndLabel[] ends = [];
    readonly (double Value, string Label)[] rows = [];

    /// <summary>Lays out a chart.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="series">At least one curve.</param>
    /// <param name="height">Height of the chart with all of its text.</param>
    public LineChart(string title, string unit, IReadOnlyList<LineSeries> series, double height)
    {
        (this.title, this.unit, this.series) = (title, unit, series);
        plotHeight = height - ChartFrame.HeaderHeight - ChartFrame.FooterHeight;
        double[] values = [.. series.SelectMany(s => s.Points).Select(p => p.Value).Where(IsDrawn)];
        if (values.Length == 0) return;

        (double lowest, double highest) = Range(values);
        Ticks ticks = Ticks.For(highest - lowest, (int)(plotHeight / RowSpacing));
        (double low, double high) = (ticks.Below(lowest), ticks.Above(highest));
        int power = Ticks.CommonExponent(Math.Max(Math.Abs(low), Math.Abs(high)));
        this.unit = ChartFrame.Scaled(unit, power);
        rows = [.. ticks.Within(low, high).Select(v => (v, ticks.Label(v, power)))];
        ends = [.. series.Where(s => s.Points.Any(p => IsDrawn(p.Value))).Select(s => EndLabel.Of(s, power))];
    }

    /// <summary>Room for labels to the left and to the right of the plot; charts that stand above each other share the widest.</summary>
    public (double Left, double Right) Margins => (
        rows.Select(r => TextWidth.Of(r.Label, Style.Tick)).DefaultIfEmpty().Max() + ChartFrame.TickGap,
        ends.Select(e => TextWidth.Of(e.Text, Style.Label)).DefaultIfEmpty().Max() + SampleLength + 2 * LabelGap);

    /// <summary>Draws the chart.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="corner">Its upper left corner.</param>
    /// <param name="width">Its width with all of its text.</param>
    /// <param name="margins">At least <see cref="Margins"/>.</param>
    public void Draw(ICanvas canvas, Point corner, double width, (double Left, double Right) margins)
    {
        ChartFrame.Header(canvas, corner, title, unit);
        Area plot = new(corner.X + margins.Left, corner.Y + ChartFrame.HeaderHeight, width - margins.Left - margins.Right, plotHeight);
        if (rows.Length == 0)
        {
            canvas.Text(new(corner.X + width / 2, plot.Top + plot.Height / 2), "no finite value to draw", Style.Unit, TextAnchor.Middle);
            return;
        }

        Scale y = new(rows[0].Value, rows[^1].Value, plot.Bottom, plot.Top);
        foreach ((double value, string label) in rows)
            ChartFrame.Row(canvas, plot, y.At(value), label);
        Scale x = EpochAxis(canvas, plot);
        foreach (LineSeries one in series)
            Curve(canvas, one, x, y);
        EndLabels(canvas, plot, y);
    }

    static bool IsDrawn(double value) => Math.Abs(value) < LargestDrawn;

    static (double Lowest, double Highest) Range(double[] values)
    {
        (double low, double high) = (values.Min(), values.Max());
        double magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > 1e-9 * magnitude) return (low, high);
        double margin = magnitude == 0 ? 1 : magnitude / 10;   // a constant runs through the middle
        return (low - margin, high + margin);
    }

    Scale EpochAxis(ICanvas canvas, Area plot)
    {
        (int first, int last) = (series.Min(s => s.Points[0].Epoch), series.Max(s => s.Points[^1].Epoch));
        Scale x = first == last ? new(first - 0.5, last + 0.5, plot.Left, plot.Right) : new(first, last, plot.Left, plot.Right);
        double widest = TextWidth.Of(Numbers.Count(last), Style.Tick);
        Ticks ticks = Ticks.For(x.High - x.Low, (int)(plot.Width / (widest + EpochSpacing)), whole: true);
        List<double> epochs = [.. ticks.Within(first, last)];
        if (epochs.Count == 0 || x.At(epochs[0]) - x.At(first) > widest + LabelGap) epochs.Insert(0, first);

        ChartFrame.BaseLine(canvas, plot);
        foreach (double epoch in epochs)
            ChartFrame.Column(canvas, plot, x.At(epoch), ticks.Label(epoch));
        ChartFrame.XTitle(canvas, plot, "epoch");
        return x;
    }

    static void Curve(ICanvas canvas, LineSeries series, Scale x, Scale y)
    {
        List<Point> piece = [];
        foreach ((int epoch, double value) in series.Points)
        {
            if (IsDrawn(value)) piece.Add(new(x.At(epoch), y.At(value)));
            else Finish();
        }

        Finish();

        void Finish()
        {
            if (piece.Count > 1) canvas.Line(piece, new Stroke(series.Colour, CurveWidth, series.Dashed));
            if (piece.Count == 1 || series.Points.Count <= MostMarkedEpochs)
                piece.ForEach(point => canvas.Disc(point, MarkerRadius, series.Colour));
            piece.Clear();
        }
    }

    void EndLabels(ICanvas canvas, Area plot, Scale y)
    {
        double[] heights = LabelPlacement.Spread([.. ends.Select(e => y.At(e.Value))], LabelSpacing, plot.Top, plot.Bottom);
        foreach ((EndLabel end, double height) in ends.Zip(heights))
        {
            double left = plot.Right + LabelGap;
            canvas.Line([new(left, height), new(left + SampleLength, height)], new Stroke(end.Series.Colour, CurveWidth, end.Series.Dashed));
            canvas.Text(new(left + SampleLength + LabelGap, height + 4), end.Text, Style.Label);
        }
    }

    sealed record EndLabel(LineSeries Series, double Value, string Text)
    {
        /// <summary>Name and last drawn value, in units of 10^<paramref name="power"/> like the axis; with its epoch when the curve ends early.</summary>
        public static EndLabel Of(LineSeries series, int power)
        {
            (int epoch, double value) = series.Points.Last(p => IsDrawn(p.Value));
            string number = Numbers.Format(value / Decade.Power(power)).Replace('-', '−');
            string where = epoch == series.Points[^1].Epoch ? "" : $" in epoch {Numbers.Count(epoch)}";
            return new EndLabel(series, value, $"{series.Name} {number}{where}");
        }
    }
}
