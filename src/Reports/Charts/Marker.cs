using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>Marks of points whose shape tells series apart where colours do not, as in print without them.</summary>
static class Marker
{
    /// <summary>Radius of a disc; other marks reach less than a pixel farther.</summary>
    public const double Radius = 4;

    // Corners about the point, as large to the eye as a disc; the first shape is a disc.
    static readonly Point[][] Corners =
    [
        [],
        [new(-3.6, -3.6), new(3.6, -3.6), new(3.6, 3.6), new(-3.6, 3.6)],
        [new(0, -4.9), new(4.7, 3.3), new(-4.7, 3.3)],
        [new(0, -4.9), new(4.9, 0), new(0, 4.9), new(-4.9, 0)],
        [new(0, 4.9), new(4.7, -3.3), new(-4.7, -3.3)],
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
