using Spectre.Console;

namespace AeVae.Runner.Views;

/// <summary>A bar with a text behind it, as wide as the terminal allows.</summary>
static class BarLine
{
    /// <summary>Columns that a bar takes at least, with the blanks around it.</summary>
    public const int Narrowest = Shortest + Blanks;

    const int Shortest = 5, Widest = 40;
    const int Blanks = 4;

    /// <summary>Draws it.</summary>
    /// <param name="fraction">Share that is done, 0 … 1.</param>
    /// <param name="text">What to say of it.</param>
    /// <param name="columns">Width of the terminal.</param>
    public static Paragraph Of(double fraction, string text, int columns)
    {
        int width = Math.Clamp(columns - text.Length - Blanks, Shortest, Widest);
        int done = (int)Math.Round(fraction * width);
        return new Paragraph("  ")
            .Append(new string('━', done), new Style(Color.Green))
            .Append(new string('─', width - done), new Style(Color.Grey))
            .Append(text);
    }
}
