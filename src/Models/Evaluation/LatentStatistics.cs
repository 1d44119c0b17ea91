using AeVae.Compute;

namespace AeVae.Models.Evaluation;

/// <summary>Where codes lie and how far they spread.</summary>
/// <param name="Radius">Root mean square distance from their mean.</param>
/// <param name="Offset">Distance of their mean from the origin, in radii; 0 when all codes are the same point at the origin.</param>
/// <param name="ActiveUnits">Latents whose variance is above <see cref="ActiveVariance"/>.</param>
sealed record LatentStatistics(double Radius, double Offset, int ActiveUnits)
{
    /// <summary>Variance of μ over images above which a latent counts as active (Burda, Grosse and Salakhutdinov 2016).</summary>
    public const double ActiveVariance = 0.01;

    public static LatentStatistics Of(Matrix codes)
    {
        double[] mean = Mean(codes), variance = Variance(codes, mean);
        double spread = 0, distance = 0;
        int active = 0;
        for (int j = 0; j < variance.Length; j++)
        {
            spread += variance[j];
            distance += mean[j] * mean[j];
            if (variance[j] > ActiveVariance) active++;
        }

        double radius = Math.Sqrt(spread);
        return new(radius, distance == 0 ? 0 : Math.Sqrt(distance) / radius, active);
    }

    /// <summary>Standard deviation of each latent over images.</summary>
    public static double[] Deviation(Matrix codes) => [.. Variance(codes, Mean(codes)).Select(Math.Sqrt)];

    static double[] Variance(Matrix codes, double[] mean)
    {
        double[] variance = new double[codes.Columns];
        for (int row = 0; row < codes.Rows; row++)
        {
            Span<float> code = codes.Row(row);
            for (int j = 0; j < code.Length; j++) variance[j] += (code[j] - mean[j]) * (code[j] - mean[j]);
        }

        for (int j = 0; j < variance.Length; j++) variance[j] /= codes.Rows;
        return variance;
    }

    public static double[] Mean(Matrix codes)
    {
        double[] mean = new double[codes.Columns];
        for (int row = 0; row < codes.Rows; row++)
        {
            Span<float> code = codes.Row(row);
            for (int j = 0; j < code.Length; j++) mean[j] += code[j];
        }

        for (int j = 0; j < mean.Length; j++) mean[j] /= codes.Rows;
        return mean;
    }
}
