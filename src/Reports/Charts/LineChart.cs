using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>One curve over epochs.</summary>
/// <param name="Name">Stands at the end of the curve.</param>
/// <param name="Colour">Colour of the curve.</param>
/// <param name="Dashed">Dashed or solid.</param>
/// <param name="Points">Epoch and value, by epoch; values that are not finite leave a gap.</param>
sealed record LineSeries(string Name, Colour Colour, bool Dashed, IReadOnlyList<(int Epoch, double Value)> Points);

/// <summary>Curves of one quantity over epochs, each labelled at its end with its last value.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Series">At least one curve.</param>
sealed record LineChart(string Title, string Unit, IReadOnlyList<LineSeries> Series)
{
    const double HeaderHeight = 46, FooterHeight = 38;
    const double SampleLength = 20, LabelGap = 8, LabelSpacing = 16;
    const double MarkerRadius = 2.5;
    const int MostMarkedEpochs = 15;

    // Beyond this a difference of two values is no longer finite.
    const double LargestDrawn = 1e300;

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        (double Low, double High)? range = Range();
        if (range is null)
        {
            Header(canvas, area, area.Left, Unit);
            canvas.Text(new Point(area.Left + area.Width / 2, area.Top + area.Height / 2), "no finite value to draw", Style.Unit, TextAnchor.Middle);
            return;
        }

        Ticks yTicks = Ticks.For(range.Value.High - range.Value.Low, (int)((area.Height - HeaderHeight - FooterHeight) / 38));
        double low = yTicks.Below(range.Value.Low), high = yTicks.Above(range.Value.High);
        int power = Ticks.CommonExponent(Math.Max(Math.Abs(low), Math.Abs(high)));
        List<(double Value, string Label)> rows = [.. yTicks.Within(low, high).Select(v => (v, yTicks.Label(v, power)))];

        List<EndLabel> ends = [.. Series.Select(EndLabel.Of).OfType<EndLabel>()];
        double left = area.Left + rows.Max(r => TextWidth.Of(r.Label, Style.Tick)) + 8;
        double right = area.Right - ends.Max(e => TextWidth.Of(e.Text, Style.Label)) - SampleLength - 3 * LabelGap;
        Area plot = new(left, area.Top + HeaderHeight, right - left, area.Height - HeaderHeight - FooterHeight);
        Scale y = new(low, high, plot.Bottom, plot.Top);

        Header(canvas, area, area.Left, power == 0 ? Unit : $"× {Superscript.PowerOfTen(power)} {Unit}");
        foreach ((double value, string label) in rows)
        {
            canvas.Line([new(plot.Left, y.At(value)), new(plot.Right, y.At(value))], new Stroke(Style.Grid, 1));
            canvas.Text(new(plot.Left - 8, y.At(value) + 3.8), label, Style.Tick, TextAnchor.End);
        }

        Scale x = EpochAxis(canvas, plot);
        foreach (LineSeries series in Series)
            Curve(canvas, series, x, y);
        EndLabels(canvas, ends, plot, y);
    }

    void Header(ICanvas canvas, Area area, double left, string unit)
    {
        canvas.Text(new(left, area.Top + 14), Title, Style.Title);
        canvas.Text(new(left, area.Top + 31), unit, Style.Unit);
    }

    static bool IsDrawn(double value) => Math.Abs(value) < LargestDrawn;

    (double Low, double High)? Range()
    {
        List<double> values = [.. Series.SelectMany(s => s.Points).Select(p => p.Value).Where(IsDrawn)];
        if (values.Count == 0) return null;
        double low = values.Min(), high = values.Max(), magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low > 1e-9 * magnitude) return (low, high);
        double margin = magnitude == 0 ? 1 : magnitude / 10;
        return (low - margin, high + margin);
    }

    Scale EpochAxis(ICanvas canvas, Area plot)
    {
        int first = Series.Min(s => s.Points.Min(p => p.Epoch)), last = Series.Max(s => s.Points.Max(p => p.Epoch));
        Scale x = first == last ? new(first - 0.5, last + 0.5, plot.Left, plot.Right) : new(first, last, plot.Left, plot.Right);
        double widest = TextWidth.Of(Numbers.Count(last), Style.Tick);
        Ticks ticks = Ticks.For(x.High - x.Low, (int)(plot.Width / (widest + 24)), whole: true);
        List<double> epochs = [.. ticks.Within(first, last)];
        if (epochs.Count == 0 || x.At(epochs[0]) - x.At(first) > widest + 10) epochs.Insert(0, first);

        canvas.Line([new(plot.Left, plot.Bottom), new(plot.Right, plot.Bottom)], new Stroke(Style.Axis, 1));
        foreach (double epoch in epochs)
        {
            canvas.Line([new(x.At(epoch), plot.Bottom), new(x.At(epoch), plot.Bottom + 4)], new Stroke(Style.Axis, 1));
            canvas.Text(new(x.At(epoch), plot.Bottom + 16), ticks.Label(epoch), Style.Tick, TextAnchor.Middle);
        }

        canvas.Text(new(plot.Left + plot.Width / 2, plot.Bottom + 32), "epoch", Style.Unit, TextAnchor.Middle);
        return x;
    }

    static void Curve(ICanvas canvas, LineSeries series, Scale x, Scale y)
    {
        List<Point> piece = [];
        int epochs = series.Points.Count;
        foreach ((int epoch, double value) in series.Points)
        {
            if (IsDrawn(value)) piece.Add(new(x.At(epoch), y.At(value)));
            else Finish();
        }

        Finish();

        void Finish()
        {
            if (piece.Count > 1) canvas.Line([.. piece], new Stroke(series.Colour, 2, series.Dashed));
            if (piece.Count == 1 || epochs <= MostMarkedEpochs)
                foreach (Point point in piece) canvas.Disc(point, MarkerRadius, series.Colour);
            piece.Clear();
        }
    }

    static void EndLabels(ICanvas canvas, List<EndLabel> ends, Area plot, Scale y)
    {
        double[] tops = LabelPlacement.Spread([.. ends.Select(e => y.At(e.Value))], LabelSpacing, plot.Top, plot.Bottom);
        for (int i = 0; i < ends.Count; i++)
        {
            double left = plot.Right + LabelGap;
            canvas.Line([new(left, tops[i]), new(left + SampleLength, tops[i])], new Stroke(ends[i].Series.Colour, 2, ends[i].Series.Dashed));
            canvas.Text(new(left + SampleLength + LabelGap, tops[i] + 4), ends[i].Text, Style.Label);
        }
    }

    sealed record EndLabel(LineSeries Series, double Value, string Text)
    {
        public static EndLabel? Of(LineSeries series)
        {
            double[] drawn = [.. series.Points.Select(p => p.Value).Where(IsDrawn)];
            return drawn.Length == 0 ? null : new(series, drawn[^1], $"{series.Name} {Numbers.Format(drawn[^1])}");
        }
    }
}
