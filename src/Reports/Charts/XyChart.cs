using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>A mean in both directions, and how far it may be off.</summary>
/// <param name="X">Position on the horizontal axis.</param>
/// <param name="Y">Position on the vertical axis.</param>
/// <param name="XReach">Half the interval of <paramref name="X"/>; 0 for none.</param>
/// <param name="YReach">Half the interval of <paramref name="Y"/>; 0 for none.</param>
/// <param name="Label">Stands beside it where there is room; may be empty.</param>
/// <param name="Colour">Its colour.</param>
readonly record struct XyPoint(double X, double Y, double XReach, double YReach, string Label, Colour Colour)
{
    /// <summary>What pointing at it tells, with the kind of its spread; null: the title of the chart with <see cref="Y"/>.</summary>
    public string? Told { get; init; }
}

/// <summary>Points that belong together.</summary>
/// <param name="Name">For the legend; empty for none.</param>
/// <param name="IsLine">Whether a line joins them.</param>
/// <param name="Points">In the order of the line.</param>
sealed record XySeries(string Name, bool IsLine, IReadOnlyList<XyPoint> Points)
{
    /// <summary>How far to the right of its place it is drawn, in pixels, so that bars of several series at one place can be told apart.</summary>
    public double Shift { get; init; }

    /// <summary>Number of the shape of its marks, the same in every chart that shows the series; see <see cref="Marker"/>.</summary>
    public int Shape { get; init; }
}

/// <summary>Measured values over one another or over a parameter, with interval bars where these are longer than a dot.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis; its title stands under that of the chart.</param>
/// <param name="Series">At least one, each with at least one point; all finite.</param>
sealed record XyChart(string Title, Axis X, Axis Y, IReadOnlyList<XySeries> Series)
{
    /// <summary>Room for the labels of the vertical axis; charts that stand above each other share the widest.</summary>
    public double LeftMargin { get; init; }

    /// <summary>Room for the legend; charts that stand above each other share the widest.</summary>
    public double RightMargin { get; init; }

    /// <summary>Whether thin lines show where x + y is the same, with their sums.</summary>
    public bool HasLinesOfEqualSum { get; init; }

    /// <summary>The room that the legend of the series needs.</summary>
    public double LegendRoom => Room(SeriesLegend);

    /// <summary>The room that those labels need.</summary>
    public double LabelRoom => Y.Ticks.Max(tick => TextWidth.Of(tick.Label, Style.Tick)) + ChartFrame.TickGap;

    const double HoverReach = 9, CapLength = 3, LineWidth = 1.5, LabelGap = 8, LegendSpacing = 19;
    const double SideMargin = 0.07;   // of the axis, so that no point stands on the edge of the plot
    const double FootRoom = 2;   // below a label, so that it does not touch the base line
    const double ClearlyNearer = 1.5;   // how many times as far as its own dot every other one is from a label

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        XyPoint[] points = [.. Series.SelectMany(series => series.Points)];
        LegendEntry[] legend = SeriesLegend;
        (Area plot, Scale x, Scale y) = Layout(area, legend);
        Area?[] labels = Places(plot, points, x, y);
        if (points.Zip(labels).Any(pair => pair.First.Label.Length > 0 && pair.Second is null))
        {
            // Where one label has no room, all of them move beside the plot.
            legend = [.. legend, .. points.Where(point => point.Label.Length > 0).Select(point => new LegendEntry(point.Label, point.Colour, 0))];
            (plot, x, y) = Layout(area, legend);
            labels = new Area?[points.Length];
        }

        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, Y.Title);
        foreach ((double at, string label) in Y.Ticks)
            ChartFrame.Row(canvas, plot, y.At(at), label);
        ChartFrame.BaseLine(canvas, plot);
        Columns(canvas, plot, x);
        ChartFrame.XTitle(canvas, plot, X.Title);
        if (HasLinesOfEqualSum) LinesOfEqualSum(canvas, x, y, [.. labels.OfType<Area>(), .. points.SelectMany(point => Marks(point, x, y))]);
        (XySeries Series, XyPoint Point, Point Centre)[] marks = [.. Series.SelectMany(series => series.Points.Select(point => (series, point, Centre(series, point))))];
        foreach (XySeries series in Series.Where(series => series.IsLine && series.Points.Count > 1))
            canvas.Line([.. series.Points.Select(point => Centre(series, point))], new Stroke(series.Points[0].Colour, LineWidth));
        foreach (((XySeries series, XyPoint point, Point centre), Area? label) in marks.Zip(labels))
        {
            Bars(canvas, point, centre, x, y);
            Marker.Draw(canvas, series.Shape, centre, point.Colour);
            if (label is { } place) Label(canvas, place, point.Label, centre.X);
        }

        Legend(canvas, plot, legend);
        foreach ((XySeries series, XyPoint point, Point centre) in marks)
            canvas.Hover(new Area(centre.X - HoverReach, centre.Y - HoverReach, 2 * HoverReach, 2 * HoverReach), Describe(series, point));

        Point Centre(XySeries series, XyPoint point) => new(x.At(point.X) + series.Shift, y.At(point.Y));
    }

    // Anchored on the side of the dot, since a place is as wide as the widest font needs.
    static void Label(ICanvas canvas, Area place, string text, double dot)
    {
        (double at, TextAnchor anchor) = place.Left > dot ? (place.Left, TextAnchor.Start) : place.Right < dot ? (place.Right, TextAnchor.End) : ((place.Left + place.Right) / 2, TextAnchor.Middle);
        canvas.Text(new(at, place.Bottom - 2), text, Style.Label with { Halo = true }, anchor);
    }

    LegendEntry[] SeriesLegend => Series.Count < 2 ? [] : [.. Series.Where(series => series.Name.Length > 0).Select(series => new LegendEntry(series.Name, series.Points[0].Colour, series.Shape))];

    static double Room(LegendEntry[] legend) => legend.Length == 0 ? 0 : legend.Max(entry => TextWidth.Of(entry.Name, Style.Label)) + 2 * Marker.Radius + 3 * LabelGap;

    string Describe(XySeries series, XyPoint point)
    {
        string name = string.Join(" ", new[] { series.Name, point.Label.Length > 0 ? point.Label : X.Ticks.FirstOrDefault(tick => tick.At == point.X).Label }.Where(text => !string.IsNullOrEmpty(text)).Distinct());
        return $"{name}\n{point.Told ?? $"{Title} {Numbers.Format(point.Y)}"}";
    }

    (Area Plot, Scale X, Scale Y) Layout(Area area, LegendEntry[] legend)
    {
        double left = area.Left + Math.Max(LeftMargin, LabelRoom);
        double right = Math.Max(RightMargin, Room(legend));
        Area plot = new(left, area.Top + ChartFrame.HeaderHeight, area.Right - right - left, area.Height - ChartFrame.HeaderHeight - ChartFrame.FooterHeight);
        double side = SideMargin * (X.High - X.Low);
        return (plot, new(X.HasHardStart ? X.Low : X.Low - side, X.High + side, plot.Left, plot.Right), new(Y.Low, Y.High, plot.Bottom, plot.Top));
    }

    // A label that would touch the one before is left out; its tick stays.
    void Columns(ICanvas canvas, Area plot, Scale x)
    {
        double end = double.NegativeInfinity;
        foreach ((double at, string label) in X.Ticks)
        {
            double half = TextWidth.Of(label, Style.Tick) / 2, centre = x.At(at);
            bool fits = centre - half > end + LabelGap;
            ChartFrame.Column(canvas, plot, centre, fits ? label : "");
            if (fits) end = centre + half;
        }
    }

    // From the left or upper edge of the plot to the right or lower one; the number at the first place along the line where nothing else stands.
    static void LinesOfEqualSum(ICanvas canvas, Scale x, Scale y, Area[] taken)
    {
        Ticks ticks = Ticks.For(x.High + y.High - x.Low - y.Low, 8);
        foreach (double sum in ticks.Within(x.Low + y.Low, x.High + y.High))
        {
            (double first, double last) = (Math.Max(x.Low, sum - y.High), Math.Min(x.High, sum - y.Low));
            if (last <= first) continue;
            canvas.Line([new(x.At(first), y.At(sum - first)), new(x.At(last), y.At(sum - last))], new Stroke(Style.Zero, 0.75));
            string label = ticks.Label(sum, 0);
            double width = TextWidth.Of(label, Style.Tick), height = Style.Tick.Size;
            foreach (double share in (ReadOnlySpan<double>)[0.5, 0.35, 0.65, 0.2, 0.8])
            {
                double at = first + share * (last - first);
                Area place = new(x.At(at) - width / 2 - 2, y.At(sum - at) - height / 2 - 1, width + 4, height + 2);
                if (place.Left < x.From || place.Right > x.To || place.Bottom > y.From || taken.Any(place.Overlaps)) continue;
                canvas.Rectangle(place, Style.Paper);
                canvas.Text(new(place.Left + 2, place.Bottom - 3), label, Style.Tick);
                break;
            }
        }
    }

    static void Bars(ICanvas canvas, XyPoint point, Point centre, Scale x, Scale y)
    {
        Stroke bar = new(point.Colour, 1.25);
        if (IsSeen(point.YReach, y))
        {
            (double low, double high) = (y.At(Math.Max(y.Low, point.Y - point.YReach)), y.At(Math.Min(y.High, point.Y + point.YReach)));
            canvas.Line([new(centre.X, low), new(centre.X, high)], bar);
            foreach (double end in (ReadOnlySpan<double>)[low, high]) canvas.Line([new(centre.X - CapLength, end), new(centre.X + CapLength, end)], bar);
        }

        if (IsSeen(point.XReach, x))
        {
            (double low, double high) = (x.At(Math.Max(x.Low, point.X - point.XReach)), x.At(Math.Min(x.High, point.X + point.XReach)));
            canvas.Line([new(low, centre.Y), new(high, centre.Y)], bar);
            foreach (double end in (ReadOnlySpan<double>)[low, high]) canvas.Line([new(end, centre.Y - CapLength), new(end, centre.Y + CapLength)], bar);
        }
    }

    /// <summary>Whether a bar stands out clear of its dot; the caps of a shorter one would make the dot look square.</summary>
    static bool IsSeen(double reach, Scale scale) => Length(reach, scale) > Marker.Radius + 1;

    static double Length(double reach, Scale scale) => Math.Abs(scale.At(scale.Low + reach) - scale.From);

    /// <summary>Places for labels: to the right of a point, to its left, above or below, where it touches no other label and no mark and is nearest to its own dot by far; null where there is none, or no label.</summary>
    static Area?[] Places(Area plot, XyPoint[] points, Scale x, Scale y)
    {
        List<Area> taken = [.. points.SelectMany(point => Marks(point, x, y))];
        Point[] centres = [.. points.Select(point => new Point(x.At(point.X), y.At(point.Y)))];
        return [.. points.Select(Place)];

        Area? Place(XyPoint point, int index)
        {
            if (point.Label.Length == 0) return null;
            double width = TextWidth.Of(point.Label, Style.Label), height = Style.Label.Size;
            Point centre = centres[index];
            double right = Beyond(point.XReach, x), above = Beyond(point.YReach, y);
            Area[] places =
            [
                new(centre.X + right, centre.Y - height / 2, width, height), new(centre.X - right - width, centre.Y - height / 2, width, height),
                new(centre.X - width / 2, centre.Y - above - height, width, height), new(centre.X - width / 2, centre.Y + above, width, height),
                new(centre.X + LabelGap, centre.Y - LabelGap - height, width, height), new(centre.X + LabelGap, centre.Y + LabelGap, width, height),
            ];
            foreach (Area place in places)
            {
                if (place.Left < plot.Left || place.Right > plot.Right || place.Top < plot.Top || place.Bottom > plot.Bottom - FootRoom || taken.Any(place.Overlaps) || IsNearAnother(place, index)) continue;
                taken.Add(place);
                return place;
            }

            return null;
        }

        // How far from the dot a label clears the bar as well.
        static double Beyond(double reach, Scale scale) => IsSeen(reach, scale) ? Math.Max(LabelGap, Length(reach, scale) + LabelGap / 2) : LabelGap;

        bool IsNearAnother(Area place, int own) => centres.Index().Any(other => other.Index != own && place.DistanceTo(other.Item) < ClearlyNearer * place.DistanceTo(centres[own]));
    }

    /// <summary>Where the dot and the bars of a point lie.</summary>
    static IEnumerable<Area> Marks(XyPoint point, Scale x, Scale y)
    {
        Point centre = new(x.At(point.X), y.At(point.Y));
        yield return new Area(centre.X - Marker.Radius, centre.Y - Marker.Radius, 2 * Marker.Radius, 2 * Marker.Radius);
        (double right, double top) = (x.At(point.X + point.XReach), y.At(point.Y + point.YReach));
        if (IsSeen(point.XReach, x)) yield return new Area(2 * centre.X - right, centre.Y - CapLength, 2 * (right - centre.X), 2 * CapLength);
        if (IsSeen(point.YReach, y)) yield return new Area(centre.X - CapLength, top, 2 * CapLength, 2 * (centre.Y - top));
    }

    static void Legend(ICanvas canvas, Area plot, LegendEntry[] entries)
    {
        foreach ((int i, LegendEntry entry) in entries.Index())
        {
            Point centre = new(plot.Right + 2 * LabelGap + Marker.Radius, plot.Top + Marker.Radius + i * LegendSpacing);
            Marker.Draw(canvas, entry.Shape, centre, entry.Colour);
            canvas.Text(new(centre.X + Marker.Radius + LabelGap, centre.Y + 4), entry.Name, Style.Label);
        }
    }

    readonly record struct LegendEntry(string Name, Colour Colour, int Shape);
}
