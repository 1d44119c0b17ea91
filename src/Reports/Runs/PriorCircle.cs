using AeVae.Reports.Charts;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Where 95 % of N(0, I) lie in the plane that codes are drawn in.</summary>
static class PriorCircle
{
    /// <summary>√χ²₀.₉₅ with two degrees of freedom; N(0, I) looks alike in every plane.</summary>
    public const double Radius = 2.4477;

    /// <summary>That of a run; null for one latent, which has no plane, and where it is not stored which plane it is.</summary>
    /// <exception cref="FormatException">What is stored cannot be read.</exception>
    public static Circle? Of(RunData run)
    {
        if (run.Latents == 1) return null;
        if (!IsProjected(run)) return new Circle(0, 0, Radius);
        if (run.Artifact(ArtifactNames.LatentAxes) is not { } bytes) return null;
        float[,] axes = NpyArray.ReadFloatMatrix(bytes);
        if (axes.GetLength(0) != 3) throw new FormatException($"{axes.GetLength(0)} rows instead of a mean and two axes");
        return new Circle(Coordinate(1), Coordinate(2), Radius);

        // Codes are drawn about their mean, which is the first row.
        double Coordinate(int axis) => -Enumerable.Range(0, axes.GetLength(1)).Sum(latent => (double)axes[0, latent] * axes[axis, latent]);
    }

    /// <summary>Whether codes are drawn on principal axes, with their mean in the middle.</summary>
    public static bool IsProjected(RunData run) => run.Latents > 2;
}
