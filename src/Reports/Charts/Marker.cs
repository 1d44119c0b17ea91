using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Marks of points whose shape tells series apart where colours do not, as in print without them.</summary>
static class Marker
{
    /// <summary>Room that every mark has to either side of its point.</summary>
    public const double Radius = 4;

    // Corners about the point, as large to the eye as a disc; the first shape is a disc.
    static readonly Point[][] Corners =
    [
        [],
        [new(-3.6, -3.6), new(3.6, -3.6), new(3.6, 3.6), new(-3.6, 3.6)],
        [new(0, -5), new(4.8, 3.4), new(-4.8, 3.4)],
        [new(0, -5.2), new(5.2, 0), new(0, 5.2), new(-5.2, 0)],
        [new(0, 5), new(4.8, -3.4), new(-4.8, -3.4)],
    ];

    /// <summary>Draws one.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="shape">The number of its shape, from 0, a disc; beyond the fifth they come again.</param>
    /// <param name="at">The point.</param>
    /// <param name="colour">Its colour.</param>
    public static void Draw(ICanvas canvas, int shape, Point at, Colour colour)
    {
        Point[] corners = Corners[shape % Corners.Length];
        if (corners.Length == 0) canvas.Disc(at, Radius, colour);
        else canvas.Polygon([.. corners.Select(corner => new Point(at.X + corner.X, at.Y + corner.Y))], colour);
    }
}
