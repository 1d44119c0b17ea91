using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>A row of images; <paramref name="Label"/> stands to its left and may be empty.</summary>
sealed record ImageRow(string Label, IReadOnlyList<RasterImage> Images);

/// <summary>Images of one size in rows, each pixel a sharp square.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Subtitle">What to know of it.</param>
/// <param name="Rows">At least one row, each with at least one image.</param>
sealed record ImageGrid(string Title, string Subtitle, IReadOnlyList<ImageRow> Rows)
{
    const double LabelGap = 12, GroupGap = 12, ColumnLabelHeight = 18;

    // Tiles keep to whole device pixels, of which PNG has two per unit, so that every image pixel is equally large.
    const double DevicePixelsPerUnit = 2;

    /// <summary>Room between two images.</summary>
    public double Gap { get; init; } = 4;

    /// <summary>Rows that belong together, with more room after them; 0 when all do.</summary>
    public int RowsPerGroup { get; init; }

    /// <summary>What stands under the columns; empty for nothing.</summary>
    public IReadOnlyList<string> ColumnLabels { get; init; } = [];

    /// <summary>Whether the labels of rows are values on an axis, as those of columns are, and no names.</summary>
    public bool RowsAreValues { get; init; }

    /// <summary>An image is not drawn wider.</summary>
    public double WidestTile { get; init; } = 64;

    TextStyle RowStyle => RowsAreValues ? Style.Tick : Style.Label;

    RasterImage First => Rows[0].Images[0];

    double Zoom => Math.Max(1, Math.Floor(WidestTile * DevicePixelsPerUnit / First.Width)) / DevicePixelsPerUnit;

    double TileWidth => First.Width * Zoom;

    double TileHeight => First.Height * Zoom;

    double LabelWidth => Rows.Max(r => r.Label.Length == 0 ? 0 : Math.Ceiling(TextWidth.Of(r.Label, RowStyle)) + LabelGap);

    /// <summary>Width of the grid.</summary>
    public double Width
    {
        get
        {
            double tiles = LabelWidth + Rows.Max(r => r.Images.Count) * (TileWidth + Gap) - Gap;
            return Math.Max(tiles, Math.Ceiling(Math.Max(TextWidth.Of(Title, Style.Title), TextWidth.Of(Subtitle, Style.Unit))));
        }
    }

    /// <summary>Height of the grid.</summary>
    public double Height => TopOf(Rows.Count - 1) + TileHeight + (ColumnLabels.Count > 0 ? ColumnLabelHeight : 0);

    double TopOf(int row) => ChartFrame.HeaderHeight + row * (TileHeight + Gap) + (RowsPerGroup == 0 ? 0 : row / RowsPerGroup * GroupGap);

    /// <summary>Draws the grid with its upper left corner at <paramref name="corner"/>.</summary>
    public void Draw(ICanvas canvas, Point corner)
    {
        ChartFrame.Header(canvas, corner, Title, Subtitle);
        for (int row = 0; row < Rows.Count; row++)
        {
            double top = corner.Y + TopOf(row);
            double left = corner.X + LabelWidth;
            canvas.Text(new(left - LabelGap, top + TileHeight / 2 + 4), Rows[row].Label, RowStyle, TextAnchor.End);
            for (int i = 0; i < Rows[row].Images.Count; i++)
                canvas.Image(new Area(left + i * (TileWidth + Gap), top, TileWidth, TileHeight), Rows[row].Images[i]);
        }

        foreach ((int i, string label) in ColumnLabels.Index())
            canvas.Text(new(corner.X + LabelWidth + i * (TileWidth + Gap) + TileWidth / 2, corner.Y + Height - 4), label, Style.Tick, TextAnchor.Middle);
    }
}
