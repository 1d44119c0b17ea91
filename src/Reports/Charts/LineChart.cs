using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Curves of one quantity over epochs, each labelled at its end with its last value.</summary>
sealed class LineChart
{
    const double SampleLength = 21, LabelGap = 8, LabelSpacing = 16;
    const double LeaderRoom = 24, LeaderGap = 4, LeaderWidth = 0.75;
    const double CurveWidth = 2, CoveredWidth = 4, MarkerRadius = 2.5;
    const double EpochSpacing = 24;
    const string WarmupEnd = "KL warm-up ends";
    const double WarmupGap = 5;
    const double BandOpacity = 0.16;
    const int MostHoverStrips = 100;
    const int MostMarkedEpochs = 15;
    const double Alike = 0.005;   // of the axis: a pixel
    // The start is cropped where what follows would take less than this share of the height; of a short run, whose every epoch counts, only where that is next to nothing.
    const double TransientShare = 0.1, WorthClipping = 0.7, WorthClippingShort = 0.05;
    const int ShortRun = 20;   // epochs

    // Beyond this the difference of two values is no longer finite.
    const double LargestDrawn = 1e300;

    readonly string title;
    readonly string unit;
    readonly IReadOnlyList<LineSeries> series;
    readonly double plotHeight;
    readonly EndLabel[] ends = [];
    readonly (double Value, string Label)[] rows = [];
    readonly ReferenceLine[] references = [];
    readonly (double Low, double High) axis;

    /// <summary>Lays out a chart.</summary>
    /// <param name="title">What is drawn.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="series">At least one curve.</param>
    /// <param name="height">Height of the chart with all of its text.</param>
    /// <param name="references">Values to measure the curves by; an arrow points to those beyond the axis.</param>
    /// <param name="ceiling">Values above it do not stretch the axis: their curves begin where they come down to its end.</param>
    public LineChart(string title, string unit, IReadOnlyList<LineSeries> series, double height, IReadOnlyList<ReferenceLine>? references = null, double ceiling = double.PositiveInfinity)
    {
        (this.title, this.unit, this.series) = (title, unit, series);
        plotHeight = height - ChartFrame.HeaderHeight - ChartFrame.FooterHeight;
        double[] values = [.. series.SelectMany(s => s.Points).Select(p => p.Value).Concat(series.SelectMany(s => s.Band).SelectMany(b => new[] { b.Low, b.High })).Where(value => IsDrawn(value) && value <= ceiling)];
        if (values.Length == 0) return;

        (double lowest, double highest) = Range(values);
        double high = highest + ChartFrame.Headroom * (highest - lowest);
        Ticks ticks = Ticks.Few(lowest, high);
        double low = Begin(ticks, lowest, high);
        axis = (low, high);
        int power = Ticks.CommonExponent(Math.Max(Math.Abs(low), Math.Abs(high)));
        this.unit = ChartFrame.Scaled(unit, power) + (series.Any(s => s.Points.Any(p => IsDrawn(p.Value) && p.Value > high)) ? ClippedMark : "");
        rows = [.. ticks.Within(low, high).Select(v => (v, ticks.Label(v, power)))];
        this.references = [.. (references ?? []).Where(reference => reference.Value >= low && reference.Value <= high)];
        int last = series.Max(s => s.Points[^1].Epoch);
        ends =
        [
            .. series.Where(s => s.Name.Length > 0 && s.Points.Any(p => IsDrawn(p.Value))).Select(s => EndLabel.Of(s, StrokeOf(s), power, last)),
            .. (references ?? []).Select(reference => new EndLabel(this.references.Contains(reference) ? ReferenceStroke : null, reference.Value, EndLabel.Words(reference.Name, reference.Value, power))),
        ];
    }

    /// <summary>What the values of named curves are, for pointing at them: <c>validation</c>; empty where their names tell.</summary>
    public string Told { get; init; } = "";

    /// <summary>The epochs over which the weight of the KL term rises, whose end is marked; 0: none.</summary>
    public int Warmup { get; init; }

    /// <summary>What a caption says of curves that begin beyond their axis.</summary>
    public const string Clipped = " The axis leaves out the steep first epochs.";

    const string ClippedMark = " · steep first epochs left out";

    /// <summary>The highest value after the first tenth of the epochs, or at the end of a shorter curve, where that leaves the rest much more room; else ∞. Fewer than 20 epochs are all shown unless the first dwarfs the rest.</summary>
    /// <param name="lines">The curves.</param>
    /// <param name="warmup">Epochs over which a weight rises that holds the values down: the first half of them is steep, too, however short the run is.</param>
    public static double Ceiling(IReadOnlyCollection<LineSeries> lines, int warmup = 0)
    {
        int last = lines.Max(line => line.Points[^1].Epoch);
        int settled = 1 + Math.Max(Math.Max(1, (int)(last * TransientShare)), Math.Min(warmup, last) / 2);
        double[] all = Values((_, _) => true), later = Values((line, epoch) => epoch >= settled || epoch == line.Points[^1].Epoch);
        double worth = last < ShortRun && warmup == 0 ? WorthClippingShort : WorthClipping;
        return later.Length > 0 && later.Max() - all.Min() < worth * (all.Max() - all.Min()) ? later.Max() : double.PositiveInfinity;

        double[] Values(Func<LineSeries, int, bool> isMeant) => [.. lines.SelectMany(line => line.Points.Select(point => (Line: line, point.Epoch, Value: point.Value))
            .Concat(line.Band.SelectMany(band => new[] { (Line: line, band.Epoch, Value: band.Low), (Line: line, band.Epoch, Value: band.High) }))).Where(one => IsDrawn(one.Value) && isMeant(one.Line, one.Epoch)).Select(one => one.Value)];
    }

    /// <summary>The tick below the lowest value; or near that value, where the tick is more than half a step below and four others remain. Zero stays.</summary>
    static double Begin(Ticks ticks, double lowest, double high)
    {
        const int fewest = 4;
        double tick = ticks.Below(lowest), near = lowest - ChartFrame.Headroom * (high - lowest);
        return tick != 0 && near - tick > ticks.Step / 2 && ticks.Within(near, high).Count >= fewest ? near : tick;
    }

    /// <summary>Room for labels to the left and to the right of the plot; charts that stand above each other share the widest.</summary>
    public (double Left, double Right) Margins => (
        rows.Select(r => TextWidth.Of(r.Label, Style.Tick)).DefaultIfEmpty().Max() + ChartFrame.TickGap,
        ends.Select(e => TextWidth.Of(e.Text, Style.Label)).DefaultIfEmpty().Max() + LeaderRoom + SampleLength + LabelGap);

    /// <summary>A curve that a later one covers all along is wider, so that it is seen on both sides of it.</summary>
    Stroke StrokeOf(LineSeries one) => new(one.Colour, series.SkipWhile(other => other != one).Skip(1).Any(later => Covers(later, one)) ? CoveredWidth : CurveWidth, one.Dashed);

    bool Covers(LineSeries later, LineSeries one) => later.Dashed == one.Dashed && later.Points.Count == one.Points.Count
        && later.Points.Zip(one.Points).All(pair => pair.First.Epoch == pair.Second.Epoch && !(Math.Abs(pair.First.Value - pair.Second.Value) > Alike * (axis.High - axis.Low)));

    static Stroke ReferenceStroke => new(Style.Axis, 1);

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

        Scale y = new(axis.Low, axis.High, plot.Bottom, plot.Top);
        foreach ((double value, string label) in rows)
            ChartFrame.Row(canvas, plot, y.At(value), label);
        Scale x = EpochAxis(canvas, plot);
        foreach (ReferenceLine reference in references)
            canvas.Line([new(plot.Left, y.At(reference.Value)), new(plot.Right, y.At(reference.Value))], ReferenceStroke);
        MarkWarmup(canvas, plot, x);
        foreach (LineSeries one in series)
            Band(canvas, one, x, y);
        foreach (LineSeries one in series)
            Curve(canvas, one, x, y);
        EndLabels(canvas, plot, y);
        HoverValues(canvas, plot, x);
    }

    /// <summary>The values of every named curve in one epoch, over an upright strip of the plot; with many epochs over every second, third …</summary>
    void HoverValues(ICanvas canvas, Area plot, Scale x)
    {
        int[] all = [.. series.SelectMany(one => one.Points).Select(point => point.Epoch).Distinct().Order()];
        LineSeries[] named = [.. series.Where(one => one.Name.Length > 0)], told = named.Length > 0 ? named : [.. series];
        string head = named.Length > 0 && Told.Length > 0 ? $", {Told}" : "";
        int step = (all.Length + MostHoverStrips - 1) / MostHoverStrips;
        int[] epochs = [.. all.Where((_, i) => (all.Length - 1 - i) % step == 0)];
        for (int i = 0; i < epochs.Length; i++)
        {
            double left = i == 0 ? plot.Left : x.At((epochs[i - 1] + epochs[i]) / 2.0), right = i == epochs.Length - 1 ? plot.Right : x.At((epochs[i] + epochs[i + 1]) / 2.0);
            IEnumerable<string> values = told.SelectMany(one => one.Points.Where(point => point.Epoch == epochs[i]).Select(point => one.Name.Length > 0 ? $"{one.Name}: {Numbers.Format(point.Value)}" : Numbers.Format(point.Value)));
            canvas.Hover(new Area(left, plot.Top, right - left, plot.Height), $"epoch {Numbers.Count(epochs[i])}{head}\n{string.Join('\n', values)}");
        }
    }

    /// <summary>A line before the first epoch with the whole weight.</summary>
    void MarkWarmup(ICanvas canvas, Area plot, Scale x)
    {
        if (Warmup == 0 || Warmup + 1 > x.High) return;
        double at = x.At(Warmup + 0.5);
        canvas.Line([new(at, plot.Top), new(at, plot.Bottom)], new Stroke(Style.Axis, 1, Dashed: true));
        bool isLeft = at + WarmupGap + TextWidth.Of(WarmupEnd, Style.Tick) > plot.Right;
        canvas.Text(new(at + (isLeft ? -WarmupGap : WarmupGap), plot.Top + Style.Tick.Size), WarmupEnd, Style.Tick, isLeft ? TextAnchor.End : TextAnchor.Start);
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
        // The values of the last epoch stand beside the chart.
        if (epochs.Count > 1 && x.At(last) - x.At(epochs[^1]) < widest + LabelGap) epochs.RemoveAt(epochs.Count - 1);
        if (epochs[^1] < last) epochs.Add(last);

        ChartFrame.BaseLine(canvas, plot);
        foreach (double epoch in epochs)
            ChartFrame.Column(canvas, plot, x.At(epoch), ticks.Label(epoch));
        ChartFrame.XTitle(canvas, plot, "epoch");
        return x;
    }

    static void Band(ICanvas canvas, LineSeries series, Scale x, Scale y)
    {
        (int Epoch, double Low, double High)[] band = [.. series.Band.Where(epoch => IsDrawn(epoch.Low) && IsDrawn(epoch.High))];
        if (band.Length < 2) return;
        List<Point> shown = Below(y.To, [.. band.Select(epoch => new Point(x.At(epoch.Epoch), y.At(epoch.High))), .. band.Reverse().Select(epoch => new Point(x.At(epoch.Epoch), y.At(epoch.Low)))]);
        if (shown.Count > 2) canvas.Polygon(shown, series.Colour, BandOpacity);
    }

    /// <summary>The part of a polygon below the upper end of the axis; pieces hang together along that end.</summary>
    static List<Point> Below(double top, Point[] outline)
    {
        List<Point> below = [];
        for (int i = 0; i < outline.Length; i++)
        {
            (Point from, Point to) = (outline[i], outline[(i + 1) % outline.Length]);
            if (from.Y >= top) below.Add(from);
            if (from.Y >= top && to.Y < top) below.Add(Crossing(from, to, top));
            else if (from.Y < top && to.Y >= top) below.Add(Crossing(to, from, top));
        }

        return below;
    }

    /// <summary>Where the line to a point above the upper end of the axis leaves the plot.</summary>
    static Point Crossing(Point inside, Point above, double top) => new(inside.X + (top - inside.Y) / (above.Y - inside.Y) * (above.X - inside.X), top);

    void Curve(ICanvas canvas, LineSeries series, Scale x, Scale y)
    {
        bool isMarked = this.series.Max(one => one.Points.Count) <= MostMarkedEpochs;
        List<Point> piece = [];
        List<Point> dots = [];
        (int Epoch, double Value)? above = null;   // the point before, beyond the upper end of the axis
        foreach ((int epoch, double value) in series.Points)
        {
            if (!IsDrawn(value))
            {
                Finish();
                above = null;
                continue;
            }

            if (value > y.High)
            {
                if (dots.Count > 0) piece.Add(Crossing(dots[^1], new(x.At(epoch), y.At(value)), y.To));
                Finish();
                above = (epoch, value);
                continue;
            }

            Point point = new(x.At(epoch), y.At(value));
            if (above is var (epochBefore, valueBefore)) piece.Add(Crossing(point, new(x.At(epochBefore), y.At(valueBefore)), y.To));
            above = null;
            piece.Add(point);
            dots.Add(point);
        }

        Finish();

        void Finish()
        {
            if (piece.Count > 1) canvas.Line(piece, StrokeOf(series));
            if (piece.Count == 1 || isMarked)
                dots.ForEach(point => canvas.Disc(point, MarkerRadius, series.Colour));
            if (piece.Count == 1 && series.Dashed) canvas.Disc(piece[0], MarkerRadius / 2, Style.Paper);     // what has no line to be dashed is hollow
            piece.Clear();
            dots.Clear();
        }
    }

    void EndLabels(ICanvas canvas, Area plot, Scale y)
    {
        double[] wished = [.. ends.Select(e => Math.Clamp(y.At(e.Value), plot.Top, plot.Bottom))], heights = LabelPlacement.Spread(wished, LabelSpacing, plot.Top, plot.Bottom);
        double left = plot.Right + LeaderRoom;
        foreach ((EndLabel end, double from, double height) in ends.Zip(wished, heights))
        {
            if (end.Stroke is { } stroke)
            {
                canvas.Line([new(left, height), new(left + SampleLength, height)], stroke);
                if (Math.Abs(height - from) > Style.Label.Size / 2) canvas.Line([new(plot.Right + LeaderGap, from), new(left - LeaderGap / 2, height)], new Stroke(stroke.Colour, LeaderWidth));
            }
            else canvas.Text(new(left + SampleLength / 2, height + 4), end.Value > y.High ? "↑" : "↓", Style.Unit, TextAnchor.Middle);
            canvas.Text(new(left + SampleLength + LabelGap, height + 4), end.Text, Style.Label);
        }
    }

    sealed record EndLabel(Stroke? Stroke, double Value, string Text)
    {
        /// <summary>Name and last drawn value, in units of 10^<paramref name="power"/> like the axis; with its epoch when that is before <paramref name="last"/>.</summary>
        public static EndLabel Of(LineSeries series, Stroke stroke, int power, int last)
        {
            (int epoch, double value) = series.Points.Last(p => IsDrawn(p.Value));
            string where = epoch == last ? "" : $" (epoch {Numbers.Count(epoch)})";
            return new EndLabel(stroke, value, Words(series.Name, value, power) + where);
        }

        /// <summary>A name and its value in units of 10^<paramref name="power"/>.</summary>
        public static string Words(string name, double value, int power) => $"{name} · {Numbers.Format(value / Decade.Power(power)).Replace('-', '−')}";
    }
}
