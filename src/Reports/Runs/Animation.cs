using AeVae.Reports.Drawing;

namespace AeVae.Reports.Runs;

/// <summary>A figure that moves.</summary>
/// <param name="Name">File name without its extension.</param>
/// <param name="Title">Heading in the report and text for who cannot see it.</param>
/// <param name="Caption">What to see in it, Markdown.</param>
/// <param name="Width">Width of the page.</param>
/// <param name="Height">Height of the page.</param>
/// <param name="Frames">In order; the first covers the page.</param>
sealed record Animation(string Name, string Title, string Caption, double Width, double Height, IReadOnlyList<AnimationFrame> Frames)
{
    /// <summary>The file, at one device pixel per unit: small, and sharp enough for what moves.</summary>
    public byte[] ToBytes(AnimationFormat format) => format == AnimationFormat.Gif
        ? AnimatedGif.Join([.. Frames.Select(frame => Render(frame, (canvas, left, top) => new GifFrame(canvas.ToPixels(), left, top, frame.Milliseconds)))])
        : AnimatedPng.Join([.. Frames.Select(frame => Render(frame, (canvas, left, top) => new PngFrame(canvas.ToBytes(), left, top, frame.Milliseconds)))]);

    T Render<T>(AnimationFrame frame, Func<PngCanvas, int, int, T> picture)
    {
        (double left, double top) = frame.Changed is { } area ? (Math.Floor(area.Left), Math.Floor(area.Top)) : (0, 0);
        (double right, double bottom) = frame.Changed is { } changed ? (Math.Min(Math.Ceiling(changed.Right), Math.Ceiling(Width)), Math.Min(Math.Ceiling(changed.Bottom), Math.Ceiling(Height))) : (Width, Height);
        using PngCanvas canvas = new(right - left, bottom - top, pixelsPerUnit: 1, new Point(left, top));
        frame.Draw(canvas);
        return picture(canvas, (int)left, (int)top);
    }
}

/// <summary>A picture of an animation.</summary>
/// <param name="Draw">Draws the whole page.</param>
/// <param name="Milliseconds">How long it is shown.</param>
/// <param name="Changed">The part of the page that differs from the picture before; null for all of it.</param>
readonly record struct AnimationFrame(Action<ICanvas> Draw, int Milliseconds, Area? Changed = null);
