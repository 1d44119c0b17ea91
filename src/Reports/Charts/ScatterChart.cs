using AeVae.Reports.Drawing;
using AeVae.Reports.Statistics;

namespace AeVae.Reports.Charts;

/// <summary>A point of a scatter chart; <paramref name="Label"/> is its class.</summary>
readonly record struct ScatterPoint(double X, double Y, int Label);

/// <summary>Points in the plane, coloured by class, with one scale for both axes so that shapes and distances are true.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="XTitle">Title of the horizontal axis.</param>
/// <param name="YTitle">Title of the vertical axis.</param>
/// <param name="Points">At least one point, all finite, in an order that mixes the classes: later points lie on top.</param>
/// <param name="ClassNames">Name of each class; empty for points without classes.</param>
/// <param name="Circle">A circle that is drawn whole, and dashed; null for none.</param>
sealed record ScatterChart(string Title, string XTitle, string YTitle, IReadOnlyList<ScatterPoint> Points, IReadOnlyList<string> ClassNames, Circle? Circle = null)
{
    const double LegendGap = 18, LegendSpacing = 19, LegendRadius = 5;
    const double Margin = 0.04;   // of the larger range, so that no point touches the frame
    const double LeftMargin = 44, ColumnSpacing = 56;
    const int FewestSteps = 5;   // in a narrow chart, too, an axis needs more than its zero: three ticks at least lie about it
    const double Opacity = 0.7;
    const double NarrowPlot = 400, CapHeight = 0.72;   // a narrow plot has smaller names; height of capitals and digits, of the size
    const double LeastDensity = 0.2;   // of the points about a name, beside the place of its class with the most
    const int FewestDots = 3;   // about the name of a class that has as many in five places: else it names an empty one
    const int MostTried = 100, FewestClasses = 5;
    const double LeastAtMedian = 0.2;   // of the classes
    const double LowestAspect = 0.45, HighestAspect = 1;

    /// <summary>The chart reaches at least this far from the origin in every direction; so that several have one scale.</summary>
    public double? Reach { get; init; }

    /// <summary>Names that the legend leaves room for, its own and those of charts beside it, so that one scale takes as much room in all; null for its own.</summary>
    public IReadOnlyList<string>? RoomFor { get; init; }

    /// <summary>Most points of a chart beside it, so that the dots of all are of one size.</summary>
    public int MostBeside { get; init; }

    /// <summary>Whether the names of the classes stand beside the plot.</summary>
    public bool HasLegend { get; init; } = true;

    /// <summary>Whether the name of a class also stands at the median of its points, so that colour is not alone in telling.</summary>
    public bool NamesClasses { get; init; } = true;

    /// <summary>Lines to know of it, below its title.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Classes and their colours in a row, for charts that share them.</summary>
    public static void LegendRow(ICanvas canvas, Point corner, IReadOnlyList<string> names)
    {
        double left = corner.X;
        foreach ((int label, string name) in names.Index())
        {
            canvas.Disc(new(left + LegendRadius, corner.Y + LegendRadius), LegendRadius, ClassPalette.Of(label));
            canvas.Text(new(left + 2 * LegendRadius + 5, corner.Y + LegendRadius + 4), name, Style.Label);
            left += 2 * LegendRadius + 5 + TextWidth.Of(name, Style.Label) + LegendGap;
        }
    }

    /// <summary>The height that suits a chart of the given width.</summary>
    public double Height(double width)
    {
        Bounds bounds = Shown;
        double aspect = Math.Clamp(bounds.Height / bounds.Width, LowestAspect, HighestAspect);
        double legend = HeaderHeight + LegendSpacing * (HasLegend ? ClassNames.Count : 0);
        return Math.Ceiling(Math.Max(legend, HeaderHeight + PlotWidth(width) * aspect + ChartFrame.FooterHeight));
    }

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        Area plot = Plot(area);
        (Scale x, Scale y) = Scales(plot);
        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, [.. Notes, YTitle]);
        Grid(canvas, plot, x, y);
        ChartFrame.XTitle(canvas, plot, XTitle);
        double radius = Math.Max(Points.Count, MostBeside) >= 1000 ? 1.9 : 2.8;
        foreach (ScatterPoint point in Points)
            canvas.Disc(new(x.At(point.X), y.At(point.Y)), radius, ColourOf(point.Label), Opacity);
        if (Circle is { } circle) DrawCircle(canvas, x, y, circle);
        if (NamesClasses) Names(canvas, plot, x, y);
        if (HasLegend) Legend(canvas, plot);
    }

    /// <summary>Where a point of the chart stands on the page when it is drawn into <paramref name="area"/>.</summary>
    public Func<double, double, Point> Place(Area area)
    {
        (Scale x, Scale y) = Scales(Plot(area));
        return (atX, atY) => new Point(x.At(atX), y.At(atY));
    }

    Bounds Shown => Bounds.Of(Points, Reach is { } reach ? new Circle(0, 0, reach) : null, Circle);

    Area Plot(Area area) => new(area.Left + LeftMargin, area.Top + HeaderHeight, PlotWidth(area.Width), area.Height - HeaderHeight - ChartFrame.FooterHeight);

    double HeaderHeight => ChartFrame.HeaderHeight + Notes.Count * ChartFrame.LineHeight;

    (Scale X, Scale Y) Scales(Area plot)
    {
        Bounds bounds = Shown;
        double perPixel = Math.Max(bounds.Width / plot.Width, bounds.Height / plot.Height);
        return (Centred(bounds.CentreX, plot.Width * perPixel, plot.Left, plot.Right), Centred(bounds.CentreY, plot.Height * perPixel, plot.Bottom, plot.Top));
    }

    double PlotWidth(double width) =>
        width - LeftMargin - (!HasLegend || (RoomFor ?? ClassNames) is not { Count: > 0 } names ? 0 : LegendGap + 2 * LegendRadius + 8 + names.Max(n => TextWidth.Of(n, Style.Label)));

    Colour ColourOf(int label) => ClassNames.Count == 0 ? Style.Train : ClassPalette.Of(label);

    static Scale Centred(double centre, double length, double from, double to) => new(centre - length / 2, centre + length / 2, from, to);

    static void Grid(ICanvas canvas, Area plot, Scale x, Scale y)
    {
        Ticks ticks = Ticks.For(x.High - x.Low, Math.Max(FewestSteps, (int)(plot.Width / ColumnSpacing)));
        int power = Ticks.CommonExponent(Math.Max(Math.Abs(x.Low), Math.Abs(x.High)));
        foreach (double value in ticks.Within(x.Low, x.High))
        {
            canvas.Line([new(x.At(value), plot.Top), new(x.At(value), plot.Bottom)], new Stroke(value == 0 ? Style.Zero : Style.Grid, 1));
            ChartFrame.Column(canvas, plot, x.At(value), ticks.Label(value, power));
        }

        foreach (double value in ticks.Within(y.Low, y.High))
        {
            ChartFrame.Row(canvas, plot, y.At(value), ticks.Label(value, power));
            if (value == 0) canvas.Line([new(plot.Left, y.At(0)), new(plot.Right, y.At(0))], new Stroke(Style.Zero, 1));
        }
    }

    static void DrawCircle(ICanvas canvas, Scale x, Scale y, Circle dashed)
    {
        const int segments = 180;
        Point[] circle = [.. Enumerable.Range(0, segments + 1).Select(i => Math.SinCos(2 * Math.PI * i / segments)).Select(angle => new Point(x.At(dashed.X + dashed.Radius * angle.Cos), y.At(dashed.Y + dashed.Radius * angle.Sin)))];
        canvas.Line(circle, new Stroke(Style.Paper, 2.5));   // sets it off from the points
        canvas.Line(circle, new Stroke(Style.Ink, 1.25, Dashed: true));
    }

    /// <summary>The name of each class at the median of its points, else as near as it stands clear of the larger classes; left out where that is farther than its own size, and where few of its points lie though there are many elsewhere, as between two halves of a class, or where next to none lies. None stands where nearly all medians lie at one place: names about it would look like a structure and hide the points.</summary>
    void Names(ICanvas canvas, Area plot, Scale x, Scale y)
    {
        TextStyle style = new(Style.Ink, plot.Width < NarrowPlot ? Style.Label.Size : Style.Title.Size, Bold: true, Halo: true);
        List<Area> taken = [];
        List<(Point At, string Name)> names = [];
        int classes = 0, atMedian = 0;
        foreach (IGrouping<int, ScatterPoint> one in Points.Where(point => point.Label < ClassNames.Count).GroupBy(point => point.Label).OrderByDescending(one => one.Count()).ThenBy(one => one.Key))
        {
            classes++;
            double width = TextWidth.Of(ClassNames[one.Key], style) + 2, height = style.Size;
            Point median = new(x.At(Median.Of(one.Select(point => point.X))), y.At(Median.Of(one.Select(point => point.Y))));
            Point[] dots = [.. one.Select(point => new Point(x.At(point.X), y.At(point.Y)))];
            double fewest = Math.Max(Math.Min(FewestDots, LeastDensity * dots.Length), LeastDensity * dots.Where((_, i) => i % (1 + dots.Length / MostTried) == 0).Max(dot => Near(new(dot.X - width / 2, dot.Y - height / 2, width, height))));
            IEnumerable<Area> places = NameShifts.Select(shift => new Area(median.X + shift.X * width - width / 2, median.Y + shift.Y * height - height / 2, width, height));
            foreach (Area place in places.Where(place => IsInside(place, plot) && !taken.Any(place.Overlaps)).Take(1).Where(place => Near(place) >= fewest))
            {
                taken.Add(place);
                names.Add((new(place.Left + width / 2, place.Bottom - height * (1 - CapHeight) / 2), ClassNames[one.Key]));
                if (place == places.First()) atMedian++;
            }

            int Near(Area name) => dots.Count(dot => name.DistanceTo(dot) <= height);
        }

        if (classes >= FewestClasses && atMedian <= LeastAtMedian * classes) return;
        foreach ((Point at, string name) in names) canvas.Text(at, name, style, TextAnchor.Middle);
    }

    // In sizes of the name, the nearest first.
    static readonly Point[] NameShifts =
    [
        .. from step in Enumerable.Range(0, 25)
           let shift = new Point((step % 5 - 2) / 2.0, (step / 5 - 2) / 2.0)
           orderby shift.X * shift.X + shift.Y * shift.Y
           select shift,
    ];

    static bool IsInside(Area place, Area plot) => place.Left >= plot.Left && place.Right <= plot.Right && place.Top >= plot.Top && place.Bottom <= plot.Bottom;

    void Legend(ICanvas canvas, Area plot)
    {
        for (int label = 0; label < ClassNames.Count; label++)
        {
            Point centre = new(plot.Right + LegendGap + LegendRadius, plot.Top + LegendRadius + label * LegendSpacing);
            canvas.Disc(centre, LegendRadius, ClassPalette.Of(label));
            canvas.Text(new(centre.X + LegendRadius + 8, centre.Y + 4), ClassNames[label], Style.Label);
        }
    }

    readonly record struct Bounds(double CentreX, double CentreY, double Width, double Height)
    {
        public static Bounds Of(IReadOnlyList<ScatterPoint> points, params Circle?[] circles)
        {
            (double left, double right) = (points.Min(p => p.X), points.Max(p => p.X));
            (double bottom, double top) = (points.Min(p => p.Y), points.Max(p => p.Y));
            foreach (Circle circle in circles.OfType<Circle>())
            {
                (left, right) = (Math.Min(left, circle.X - circle.Radius), Math.Max(right, circle.X + circle.Radius));
                (bottom, top) = (Math.Min(bottom, circle.Y - circle.Radius), Math.Max(top, circle.Y + circle.Radius));
            }

            double largest = Math.Max(right - left, top - bottom);
            double margin = largest == 0 ? 1 : largest * Margin;
            return new((left + right) / 2, (bottom + top) / 2, right - left + 2 * margin, top - bottom + 2 * margin);
        }
    }
}
