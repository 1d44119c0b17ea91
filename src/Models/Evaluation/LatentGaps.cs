namespace AeVae.Models.Evaluation;

/// <summary>The metric <c>latent_gaps</c>: holes between codes in two dimensions.</summary>
static class LatentGaps
{
    const int Cells = 20;
    const double Kept = 0.95;

    // Variance across the line, relative to that along it, below which it is fp32 rounding and no second dimension.
    const double Flat = 1e-8;

    /// <summary>Share of the grid's cells inside the hull that hold no point; 0 when the points lie on a line.</summary>
    /// <param name="points">(n × 2).</param>
    public static double Share(float[,] points)
    {
        (double X, double Y)[] cloud = WithoutOutliers(points);
        (double X, double Y)[] hull = ConvexHull(cloud);
        if (hull.Length < 3) return 0;

        double left = cloud.Min(p => p.X), bottom = cloud.Min(p => p.Y);
        double width = (cloud.Max(p => p.X) - left) / Cells, height = (cloud.Max(p => p.Y) - bottom) / Cells;
        bool[] occupied = new bool[Cells * Cells];
        foreach ((double x, double y) in cloud)
            occupied[Math.Min((int)((y - bottom) / height), Cells - 1) * Cells + Math.Min((int)((x - left) / width), Cells - 1)] = true;

        int inside = 0, empty = 0;
        for (int cell = 0; cell < occupied.Length; cell++)
        {
            if (!Contains(hull, (left + (cell % Cells + 0.5) * width, bottom + (cell / Cells + 0.5) * height))) continue;
            inside++;
            if (!occupied[cell]) empty++;
        }

        return inside == 0 ? 0 : (double)empty / inside;
    }

    /// <summary>The points nearest to the mean in Mahalanobis distance; none when they lie on a line.</summary>
    static (double X, double Y)[] WithoutOutliers(float[,] points)
    {
        int count = points.GetLength(0);
        double meanX = 0, meanY = 0, xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < count; i++) (meanX, meanY) = (meanX + points[i, 0], meanY + points[i, 1]);
        (meanX, meanY) = (meanX / count, meanY / count);
        for (int i = 0; i < count; i++)
        {
            double x = points[i, 0] - meanX, y = points[i, 1] - meanY;
            (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
        }

        double determinant = xx * yy - xy * xy;
        if (!(determinant > Flat * (xx + yy) * (xx + yy))) return [];
        double[] distance = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = points[i, 0] - meanX, y = points[i, 1] - meanY;
            distance[i] = (yy * x * x - 2 * xy * x * y + xx * y * y) / determinant;
        }

        return [.. Enumerable.Range(0, count).OrderBy(i => distance[i]).Take((int)(Kept * count)).Select(i => ((double)points[i, 0], (double)points[i, 1]))];
    }

    /// <summary>Corners counter-clockwise (Andrew's monotone chain).</summary>
    static (double X, double Y)[] ConvexHull((double X, double Y)[] points)
    {
        (double X, double Y)[] sorted = [.. points.OrderBy(p => p.X).ThenBy(p => p.Y)];
        var hull = new List<(double X, double Y)>();
        foreach (bool upper in new[] { false, true })
        {
            int chain = hull.Count;
            foreach ((double X, double Y) point in upper ? sorted.Reverse() : sorted)
            {
                while (hull.Count >= chain + 2 && Turn(hull[^2], hull[^1], point) <= 0) hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }

            if (hull.Count > 0) hull.RemoveAt(hull.Count - 1);   // it begins the other chain
        }

        return [.. hull];
    }

    static bool Contains((double X, double Y)[] hull, (double X, double Y) point)
    {
        for (int i = 0; i < hull.Length; i++)
        {
            if (Turn(hull[i], hull[(i + 1) % hull.Length], point) < 0) return false;
        }

        return true;
    }

    /// <summary>Positive for a turn to the left at b.</summary>
    static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
}
