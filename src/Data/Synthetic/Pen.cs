namespace AeVae.Data.Synthetic;

/// <summary>Draws strokes with soft edges on a square sheet of grey levels.</summary>
/// <param name="side">Pixels along an edge.</param>
sealed class Pen(int side)
{
    const int SegmentsPerCurve = 8;

    readonly double[] squaredDistance = new double[side * side];

    /// <summary>Draws a glyph, white on black.</summary>
    public void Draw((double X, double Y)[][] strokes, GlyphStyle style, Span<byte> sheet)
    {
        double reach = style.PenRadius + 0.5;
        Array.Fill(squaredDistance, reach * reach);
        int index = 0;
        foreach ((double X, double Y)[] stroke in strokes)
        {
            (double X, double Y) start = style.Place(stroke[0], index++);
            for (int i = 1; i < stroke.Length; i += 3, index += 3)
            {
                (double X, double Y) end = style.Place(stroke[i + 2], index + 2);
                DrawCurve(start, style.Place(stroke[i], index), style.Place(stroke[i + 1], index + 1), end, reach);
                start = end;
            }
        }

        // Full white inside the pen's circle, falling to black over one pixel at its edge.
        for (int i = 0; i < sheet.Length; i++) sheet[i] = (byte)(255 * Math.Min(reach - Math.Sqrt(squaredDistance[i]), 1) + 0.5);
    }

    void DrawCurve((double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d, double reach)
    {
        (double X, double Y) from = a;
        for (int i = 1; i <= SegmentsPerCurve; i++)
        {
            double t = (double)i / SegmentsPerCurve, s = 1 - t;
            double wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
            (double X, double Y) to = (wa * a.X + wb * b.X + wc * c.X + wd * d.X, wa * a.Y + wb * b.Y + wc * c.Y + wd * d.Y);
            DrawSegment(from, to, reach);
            from = to;
        }
    }

    void DrawSegment((double X, double Y) from, (double X, double Y) to, double reach)
    {
        (double dx, double dy) = (to.X - from.X, to.Y - from.Y);
        double squaredLength = dx * dx + dy * dy;
        for (int y = FirstPixel(Math.Min(from.Y, to.Y) - reach); y <= LastPixel(Math.Max(from.Y, to.Y) + reach); y++)
        {
            for (int x = FirstPixel(Math.Min(from.X, to.X) - reach); x <= LastPixel(Math.Max(from.X, to.X) + reach); x++)
            {
                (double px, double py) = (x + 0.5 - from.X, y + 0.5 - from.Y);
                double along = squaredLength > 0 ? Math.Clamp((px * dx + py * dy) / squaredLength, 0, 1) : 0;
                (double ox, double oy) = (px - along * dx, py - along * dy);
                ref double nearest = ref squaredDistance[y * side + x];
                nearest = Math.Min(nearest, ox * ox + oy * oy);
            }
        }
    }

    int FirstPixel(double edge) => (int)Math.Clamp(edge - 1, 0, side - 1);

    int LastPixel(double edge) => (int)Math.Clamp(edge + 1, 0, side - 1);
}
