using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;

namespace AeVae.Models.Evaluation;

/// <summary>Codes in two dimensions: the two latents, the one latent and zeros, or the first two principal axes.</summary>
/// <param name="Points">(images × 2).</param>
/// <param name="VarianceShares">Share of the codes' variance along each axis where principal axes were used, else null.</param>
/// <param name="Axes">Where principal axes were used, the mean code and the two axes, (3 × latent), else null.</param>
[SuppressMessage("Performance", "CA1814", Justification = "The array is rectangular.")]
sealed record LatentMap(float[,] Points, double[]? VarianceShares, float[,]? Axes)
{
    public static LatentMap Of(Matrix codes, ThreadTeam team)
    {
        float[,] points = new float[codes.Rows, 2];
        if (codes.Columns <= 2)
        {
            for (int row = 0; row < codes.Rows; row++)
            {
                for (int j = 0; j < codes.Columns; j++) points[row, j] = codes[row, j];
            }

            return new(points, null, null);
        }

        double[] mean = LatentStatistics.Mean(codes);
        PrincipalComponents pca = PrincipalComponents.Of(Covariance(codes, mean), 2, team);
        for (int row = 0; row < codes.Rows; row++)
        {
            Span<float> code = codes.Row(row);
            for (int axis = 0; axis < 2; axis++)
            {
                double coordinate = 0;
                for (int j = 0; j < code.Length; j++) coordinate += (code[j] - mean[j]) * pca.Axes[axis][j];
                points[row, axis] = (float)coordinate;
            }
        }

        return new(points, [.. pca.Variances.Select(v => pca.TotalVariance > 0 ? v / pca.TotalVariance : 0)], MeanAndAxes(mean, pca.Axes));
    }

    static float[,] MeanAndAxes(double[] mean, double[][] axes)
    {
        float[,] rows = new float[3, mean.Length];
        for (int j = 0; j < mean.Length; j++) (rows[0, j], rows[1, j], rows[2, j]) = ((float)mean[j], (float)axes[0][j], (float)axes[1][j]);
        return rows;
    }

    static double[][] Covariance(Matrix codes, double[] mean)
    {
        double[][] covariance = [.. mean.Select(_ => new double[mean.Length])];
        double[] centred = new double[mean.Length];
        for (int row = 0; row < codes.Rows; row++)
        {
            Span<float> code = codes.Row(row);
            for (int j = 0; j < centred.Length; j++) centred[j] = code[j] - mean[j];
            for (int i = 0; i < centred.Length; i++)
            {
                for (int j = 0; j < centred.Length; j++) covariance[i][j] += centred[i] * centred[j] / codes.Rows;
            }
        }

        return covariance;
    }
}
