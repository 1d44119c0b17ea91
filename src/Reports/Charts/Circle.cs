namespace AeVae.Reports.Charts;

/// <summary>A circle in the units of a chart.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">See <paramref name="X"/>.</param>
/// <param name="Radius">Greater than 0.</param>
readonly record struct Circle(double X, double Y, double Radius)
{
    /// <summary>Half the side of the square about the origin that it lies in.</summary>
    public double Reach => Radius + Math.Max(Math.Abs(X), Math.Abs(Y));
}
