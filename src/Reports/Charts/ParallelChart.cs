using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>One line of a parallel chart: its value on each axis.</summary>
readonly record struct ParallelLine(IReadOnlyList<double> Values, Colour Colour, double Width);

/// <summary>Parallel coordinates: an upright axis for each quantity, a line for each group across all of them.</summary>
/// <param name="Title">What is drawn.</param>
/// <param name="Subtitle">How to read it.</param>
/// <param name="Axes">At least two, from left to right.</param>
/// <param name="Lines">Later ones lie on top.</param>
sealed record ParallelChart(string Title, string Subtitle, IReadOnlyList<Axis> Axes, IReadOnlyList<ParallelLine> Lines)
{
    const double TickLength = 4, LabelGap = 6, LowestLabelSpacing = 12, TitleRoom = 24;
    const double LeaderWidth = 0.75, LabelClearance = 2, PlateOpacity = 0.8;
    const double FarthestMove = 2 * LowestLabelSpacing;   // of a label from its tick

    /// <summary>Which direction of the last axis is better, which stands above its title; empty where neither is.</summary>
    public string Better { get; init; } = "";

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, Subtitle);
        double left = area.Left + Room(Axes[0]), right = area.Right - Room(Axes[^1]);
        if (Better.Length > 0) canvas.Text(new(area.Right, area.Top + ChartFrame.HeaderHeight - 2), Better, Style.Tick, TextAnchor.End);
        Area plot = new(left, area.Top + ChartFrame.HeaderHeight + TitleRoom, right - left, area.Height - ChartFrame.HeaderHeight - TitleRoom - LabelGap);
        Scale[] scales = [.. Axes.Select(axis => new Scale(axis.Low, axis.High, plot.Bottom, plot.Top))];
        foreach (ParallelLine line in Lines)
            canvas.Line([.. line.Values.Select((value, i) => new Point(XOf(i), scales[i].At(value)))], new Stroke(line.Colour, line.Width));
        for (int i = 0; i < Axes.Count; i++)
            DrawAxis(canvas, plot, XOf(i), Axes[i], scales[i], labelsToTheLeft: i == 0 || i < Axes.Count - 1);

        double XOf(int axis) => plot.Left + plot.Width * axis / (Axes.Count - 1);
    }

    /// <summary>What stands beside an axis, or half of its title.</summary>
    static double Room(Axis axis) => Math.Max(axis.Ticks.Max(tick => TextWidth.Of(tick.Label, Style.Tick)) + TickLength + LabelGap + LabelClearance, TextWidth.Of(axis.Title, Style.Label) / 2);

    static void DrawAxis(ICanvas canvas, Area plot, double x, Axis axis, Scale y, bool labelsToTheLeft)
    {
        canvas.Text(new(x, plot.Top - 10), axis.Title, Style.Label, TextAnchor.Middle);
        canvas.Line([new(x, plot.Top), new(x, plot.Bottom)], new Stroke(Style.Axis, 1));
        double side = labelsToTheLeft ? -1 : 1;
        foreach (((double at, string label), double? place) in axis.Ticks.Zip(Places([.. axis.Ticks.Select(tick => y.At(tick.At))], plot)))
        {
            double height = y.At(at);
            Point end = new(x + side * TickLength, height);
            canvas.Line([new(x, height), end], new Stroke(Style.Axis, 1));
            if (place is not { } moved) continue;
            if (Math.Abs(moved - height) > 1) canvas.Line([end, new(end.X + side * LabelGap, moved)], new Stroke(Style.Axis, LeaderWidth));
            // Many lines may pass behind it: they fade there, so that both are read.
            double inner = end.X + side * LabelGap, outer = inner + side * (TextWidth.Of(label, Style.Tick) + 2 * LabelClearance), top = moved - LowestLabelSpacing / 2, bottom = top + LowestLabelSpacing;
            canvas.Polygon([new(inner, top), new(outer, top), new(outer, bottom), new(inner, bottom)], Style.Paper, PlateOpacity);
            canvas.Text(new(inner + side * LabelClearance, moved + 4), label, Style.Tick, labelsToTheLeft ? TextAnchor.End : TextAnchor.Start);
        }
    }

    /// <summary>Heights of labels: apart from each other, each near its tick; where they are too many for that, null for each that would touch the one below.</summary>
    static double?[] Places(double[] ticks, Area plot)
    {
        double[] spread = LabelPlacement.Spread(ticks, LowestLabelSpacing, plot.Top, plot.Bottom);
        if (spread[0] <= plot.Bottom && spread.Zip(ticks).All(pair => Math.Abs(pair.First - pair.Second) <= FarthestMove)) return [.. spread];
        double below = double.PositiveInfinity;
        return [.. ticks.Select(tick => below - tick < LowestLabelSpacing ? (double?)null : below = tick)];   // ticks ascend, so their heights fall
    }
}
