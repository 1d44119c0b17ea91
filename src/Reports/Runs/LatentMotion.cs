using System.Globalization;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Animations of the latent space; null where the artifacts are missing.</summary>
static class LatentMotion
{
    const double ChartWidth = 460;
    const double DigitSize = 224, Gap = 32, DotRadius = 5;
    const int FrameMilliseconds = 350, LastFrameMilliseconds = 2000, StepMilliseconds = 110;
    const int PathPoints = 600;   // of the test codes, for orientation

    /// <summary>Name of the file of <see cref="Forming"/>.</summary>
    public const string FormingName = "latent_motion";

    /// <summary>The codes of the same test images after one epoch after another.</summary>
    public static Animation? Forming(RunData run)
    {
        byte[] labels = run.Artifact(ArtifactNames.LatentLabels) is { } bytes ? NpyArray.ReadByteVector(bytes) : [];
        IReadOnlyList<string> names = run.ClassNames(labels);
        (int Epoch, ScatterPoint[] Points)[] frames = [.. run.Detail.Artifacts
            .Select(artifact => ArtifactNames.EpochOfLatentFrame(artifact.Name)).OfType<int>().Order()
            .Select(epoch => (epoch, Frame(run, epoch, labels)))];
        if (frames.Length < 2) return null;
        double reach = frames.Max(frame => frame.Points.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y))));
        ScatterChart[] charts = [.. frames.Select(frame => new ScatterChart(
            string.Create(CultureInfo.InvariantCulture, $"Latent space after epoch {frame.Epoch}"), AxisTitle(run, 1) + " →", VerticalTitle(run),
            frame.Points, names) { Reach = reach })];
        double height = charts[0].Height(ChartWidth);
        string axes = run.Artifact(ArtifactNames.LatentAxes) is null ? "" : " in the plane of the two principal axes that they have at the end";
        return new Animation(FormingName, "How the latent space forms",
            string.Create(CultureInfo.InvariantCulture, $"Animation: the codes of the same {frames[0].Points.Length} test images after {frames.Length} of the epochs from {frames[0].Epoch} to {frames[^1].Epoch}{axes}; the scale stays the same."),
            ChartWidth + 2 * Style.Margin, height + 2 * Style.Margin,
            // The last first: paper and previews show the first picture alone, and to the loop it is the same.
            [Picture(charts[^1], LastFrameMilliseconds), .. charts[..^1].Select(chart => Picture(chart, FrameMilliseconds))]);

        AnimationFrame Picture(ScatterChart chart, int milliseconds) => new(canvas => chart.Draw(canvas, new Area(Style.Margin, Style.Margin, ChartWidth, height)), milliseconds);
    }

    /// <summary>A walk through latent space, and what the decoder makes of it.</summary>
    public static Animation? Walk(RunData run)
    {
        if (run.Artifact(ArtifactNames.Walk) is not { } walked || run.Artifact(ArtifactNames.WalkPath) is not { } path || LatentPoints.Of(run) is not { } all) return null;
        RasterImage[] images = StoredImages.Read(walked);
        float[][] way = InPlane(run, Rows(NpyArray.ReadFloatMatrix(path)));
        if (images.Length == 0 || images.Length != way.Length || !way.All(code => code.All(float.IsFinite)))
            throw new FormatException($"{images.Length} images on a way of {way.Length} codes, all of which should be finite");
        ScatterPoint[] codes = [.. all.Points.Take(PathPoints)];
        ScatterChart chart = new("A walk through latent space", AxisTitle(run, 1) + " →", VerticalTitle(run),
            codes, all.ClassNames)
        {
            NamesClasses = false,   // the way runs over them
            Reach = Math.Max(codes.Max(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y))), way.Max(code => Math.Max(Math.Abs(code[0]), Math.Abs(code[1])))),
        };
        double height = chart.Height(ChartWidth);
        Area map = new(Style.Margin, Style.Margin, ChartWidth, height), picture = new(Style.Margin + ChartWidth + Gap, Style.Margin + ChartFrame.HeaderHeight, DigitSize, DigitSize * images[0].Height / images[0].Width);
        Func<double, double, Point> place = chart.Place(map);
        Point[] dots = [.. way.Select(point => place(point[0], point[1]))];
        List<AnimationFrame> frames = [new(canvas => Draw(canvas, 0), StepMilliseconds)];
        for (int i = 1; i < images.Length; i++)
        {
            // Where the dot was and is, then the image: the rest of the page would make the file ten times as large.
            int step = i;
            frames.Add(new AnimationFrame(canvas => Draw(canvas, step), StepMilliseconds / 2, Around(dots[i - 1], dots[i])));
            frames.Add(new AnimationFrame(canvas => Draw(canvas, step), StepMilliseconds / 2, picture));
        }

        return new Animation("latent_walk", "A walk through latent space",
            "Animation: straight on from the code of one test image to the next, ten in all and then the first again, and what the decoder makes of each step. The dot is drawn where the code lies in the plane of the figure.",
            ChartWidth + Gap + DigitSize + 2 * Style.Margin, height + 2 * Style.Margin, frames);

        void Draw(ICanvas canvas, int step)
        {
            chart.Draw(canvas, map);
            canvas.Line([.. dots, dots[0]], new Stroke(Style.Ink, 1));
            canvas.Disc(dots[step], DotRadius + 2, Style.Paper);
            canvas.Disc(dots[step], DotRadius, Style.Ink);
            canvas.Image(picture, images[step]);
        }
    }

    static Area Around(Point a, Point b)
    {
        const double reach = DotRadius + 4;
        (double left, double top) = (Math.Min(a.X, b.X) - reach, Math.Min(a.Y, b.Y) - reach);
        return new Area(left, top, Math.Max(a.X, b.X) + reach - left, Math.Max(a.Y, b.Y) + reach - top);
    }

    static string VerticalTitle(RunData run) => run.Latents == 1 ? "one latent only" : "↑ " + AxisTitle(run, 2);

    static string AxisTitle(RunData run, int axis) => run.Artifact(ArtifactNames.LatentAxes) is null ? $"latent {axis}" : $"principal axis {axis}";

    /// <summary>The codes after an epoch, as far as they are finite.</summary>
    static ScatterPoint[] Frame(RunData run, int epoch, byte[] labels)
    {
        float[][] codes = InPlane(run, Codes(NpyArray.ReadHalfMatrix(run.Artifact(ArtifactNames.LatentFrame(epoch))!)));
        if (labels.Length > 0 && labels.Length < codes.Length) throw new FormatException($"{codes.Length} codes after epoch {epoch} with {labels.Length} labels");
        ScatterPoint[] points = [.. codes.Select((code, i) => new ScatterPoint(code[0], code[1], labels.Length == 0 ? 0 : labels[i])).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        return points.Length > 0 ? points : throw new FormatException($"no code is finite after epoch {epoch}");
    }

    /// <summary>Codes where <see cref="ArtifactNames.LatentProjection"/> has them.</summary>
    static float[][] InPlane(RunData run, float[][] codes)
    {
        if (run.Artifact(ArtifactNames.LatentAxes) is not { } bytes)
            return [.. codes.Select(code => new[] { code.Length > 0 ? code[0] : throw new FormatException("codes without a latent"), code.Length > 1 ? code[1] : 0 })];
        float[,] axes = NpyArray.ReadFloatMatrix(bytes);
        if (axes.GetLength(0) != 3 || codes.Any(code => code.Length != axes.GetLength(1)))
            throw new FormatException($"{axes.GetLength(0)} × {axes.GetLength(1)} axes for codes of {codes.FirstOrDefault()?.Length} latents");
        return [.. codes.Select(code => new[] { Coordinate(code, 1), Coordinate(code, 2) })];

        float Coordinate(float[] code, int axis)
        {
            double sum = 0;
            for (int j = 0; j < code.Length; j++) sum += (code[j] - axes[0, j]) * (double)axes[axis, j];
            return (float)sum;
        }
    }

    static float[][] Rows(float[,] matrix) => [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[row, j]).ToArray())];

    static float[][] Codes(Half[,] matrix) => [.. Enumerable.Range(0, matrix.GetLength(0)).Select(row => Enumerable.Range(0, matrix.GetLength(1)).Select(j => (float)matrix[row, j]).ToArray())];
}
