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

    /// <summary>Draws the chart into <paramref name="area"/>.</summary>
    public void Draw(ICanvas canvas, Area area)
    {
        ChartFrame.Header(canvas, new(area.Left, area.Top), Title, Subtitle);
        double left = area.Left + Room(Axes[0]), right = area.Right - Room(Axes[^1]);
        Area plot = new(left, area.Top + ChartFrame.HeaderHeight + TitleRoom, right - left, area.Height - ChartFrame.HeaderHeight - TitleRoom - LabelGap);
        Scale[] scales = [.. Axes.Select(axis => new Scale(axis.Low, axis.High, plot.Bottom, plot.Top))];
        foreach (ParallelLine line in Lines)
            canvas.Line([.. line.Values.Select((value, i) => new Point(XOf(i), scales[i].At(value)))], new Stroke(line.Colour, line.Width));
        for (int i = 0; i < Axes.Count; i++)
            DrawAxis(canvas, plot, XOf(i), Axes[i], scales[i], labelsToTheLeft: i == 0 || i < Axes.Count - 1);

        double XOf(int axis) => plot.Left + plot.Width * axis / (Axes.Count - 1);
    }

    /// <summary>What stands beside an axis, or half of its title.</summary>
    static double Room(Axis axis) => Math.Max(axis.Ticks.Max(tick => TextWidth.Of(tick.Label, Style.Tick)) + TickLength + LabelGap, TextWidth.Of(axis.Title, Style.Label) / 2);

    static void DrawAxis(ICanvas canvas, Area plot, double x, Axis axis, Scale y, bool labelsToTheLeft)
    {
        canvas.Text(new(x, plot.Top - 10), axis.Title, Style.Label, TextAnchor.Middle);
        canvas.Line([new(x, plot.Top), new(x, plot.Bottom)], new Stroke(Style.Axis, 1));
        double side = labelsToTheLeft ? -1 : 1, above = double.PositiveInfinity;
        foreach ((double at, string label) in axis.Ticks)
        {
            double height = y.At(at);
            canvas.Line([new(x, height), new(x + side * TickLength, height)], new Stroke(Style.Axis, 1));
            if (above - height < LowestLabelSpacing) continue;   // ticks ascend, so their heights fall
            (double labelX, double width) = (x + side * (TickLength + LabelGap), TextWidth.Of(label, Style.Tick));
            // Lines run behind the labels of inner axes.
            canvas.Rectangle(new Area(labelsToTheLeft ? labelX - width - 1 : labelX - 1, height - 6, width + 2, 12), Style.Paper);
            canvas.Text(new(labelX, height + 4), label, Style.Tick, labelsToTheLeft ? TextAnchor.End : TextAnchor.Start);
            above = height;
        }
    }
}
