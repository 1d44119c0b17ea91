using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>What every chart has in common: a heading, a light grid, a base line.</summary>
static class ChartFrame
{
    /// <summary>Height of title and unit above the plot.</summary>
    public const double HeaderHeight = 46;

    /// <summary>Height of tick labels and axis title below the plot.</summary>
    public const double FooterHeight = 38;

    /// <summary>Room between an axis and its tick labels.</summary>
    public const double TickGap = 8;

    /// <summary>How far an axis goes on above its highest value, as a share of its length: not to the next tick, which would leave up to half of the plot empty.</summary>
    public const double Headroom = 0.04;

    const double DigitHeight = 7.6;

    /// <summary>Height of another line in the header.</summary>
    public const double LineHeight = 15;

    /// <summary>Title and, below it, lines of which the last is the unit of the vertical axis.</summary>
    public static void Header(ICanvas canvas, Point corner, string title, params ReadOnlySpan<string> lines)
    {
        canvas.Text(new(corner.X, corner.Y + 14), title, Style.Title);
        for (int i = 0; i < lines.Length; i++)
            canvas.Text(new(corner.X, corner.Y + 31 + i * LineHeight), lines[i], Style.Unit);
    }

    /// <summary>A horizontal grid line with its label to the left of the plot.</summary>
    public static void Row(ICanvas canvas, Area plot, double y, string label)
    {
        canvas.Line([new(plot.Left, y), new(plot.Right, y)], new Stroke(Style.Grid, 1));
        canvas.Text(new(plot.Left - TickGap, y + DigitHeight / 2), label, Style.Tick, TextAnchor.End);
    }

    /// <summary>The line under the plot.</summary>
    public static void BaseLine(ICanvas canvas, Area plot) =>
        canvas.Line([new(plot.Left, plot.Bottom), new(plot.Right, plot.Bottom)], new Stroke(Style.Axis, 1));

    /// <summary>A label under the plot, with its tick.</summary>
    public static void Column(ICanvas canvas, Area plot, double x, string label)
    {
        canvas.Line([new(x, plot.Bottom), new(x, plot.Bottom + 4)], new Stroke(Style.Axis, 1));
        canvas.Text(new(x, plot.Bottom + 16), label, Style.Tick, TextAnchor.Middle);
    }

    /// <summary>The title of the horizontal axis; it moves up where the axis has no labels.</summary>
    public static void XTitle(ICanvas canvas, Area plot, string title, bool labelled = true) =>
        canvas.Text(new(plot.Left + plot.Width / 2, plot.Bottom + (labelled ? 33 : 18)), title, Style.Unit, TextAnchor.Middle);

    /// <summary>A unit behind the power of ten that was taken out of the labels.</summary>
    public static string Scaled(string unit, int power) => power == 0 ? unit : $"× {Superscript.PowerOfTen(power)} {unit}";
}
