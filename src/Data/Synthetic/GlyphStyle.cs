namespace AeVae.Data.Synthetic;

/// <summary>How one hand writes a digit once: size, slant, place, width of the pen and an unsteadiness of every point.</summary>
readonly ref struct GlyphStyle
{
    const double Centre = 14;
    const double Unsteadiness = 1.6;

    /// <summary>Uniform draws that decide a style: six for the hand, two for each of at most 13 points.</summary>
    public const int Draws = 32;

    readonly ReadOnlySpan<float> draws;

    public GlyphStyle(ReadOnlySpan<float> draws) => this.draws = draws;

    /// <summary>Half the width of the pen, in pixels.</summary>
    public double PenRadius => Between(0, 0.8, 1.6);

    /// <summary>Where the point <paramref name="index"/> of a digit lands on the sheet.</summary>
    public (double X, double Y) Place((double X, double Y) point, int index)
    {
        int jitter = 6 + 2 * index;
        double x = point.X - Centre + Unsteadiness * (draws[jitter] - 0.5);
        double y = point.Y - Centre + Unsteadiness * (draws[jitter + 1] - 0.5);
        x *= Between(1, 0.75, 1.15);
        y *= Between(2, 0.85, 1.05);
        x -= y * Between(3, -0.15, 0.35);
        return (Centre + x + Between(4, -1.5, 1.5), Centre + y + Between(5, -1, 1));
    }

    double Between(int draw, double low, double high) => low + (high - low) * draws[draw];
}
