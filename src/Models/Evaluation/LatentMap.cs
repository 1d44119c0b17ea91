using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>Codes in two dimensions: the two latents, the one latent and zeros, or the first two principal axes.</summary>
/// <param name="Points">(images × 2).</param>
/// <param name="VarianceShares">Share of the codes' variance along each axis where principal axes were used, else null.</param>
/// <param name="Axes">Where principal axes were used, the mean code and the two axes, (3 × latent), else null.</param>
[SuppressMessage("Performance", "CA1814", Justification = "The array is rectangular.")]
sealed record LatentMap(float[,] Points, double[]? VarianceShares, float[,]? Axes)
{
    const int BlockRows = 256;

    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LatentMap Of(Matrix codes, ThreadTeam team, CancellationToken cancellation)
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
        PrincipalComponents pca = PrincipalComponents.Of(Covariance(codes, mean, team, cancellation), 2, team);
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

    static double[][] Covariance(Matrix codes, double[] mean, ThreadTeam team, CancellationToken cancellation)
    {
        double[][] covariance = Zeros(mean.Length), centred = Zeros(Math.Min(codes.Rows, BlockRows));
        for (int first = 0; first < codes.Rows; first += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(BlockRows, codes.Rows - first);
            for (int row = 0; row < rows; row++)
            {
                Span<float> code = codes.Row(first + row);
                for (int j = 0; j < code.Length; j++) centred[row][j] = code[j] - mean[j];
            }

            team.Run(new AddProductsLoop(centred, rows, codes.Rows, covariance), (mean.Length + 1) / 2, (long)rows * mean.Length);
        }

        for (int i = 0; i < mean.Length; i++)
        {
            for (int j = 0; j < i; j++) covariance[i][j] = covariance[j][i];
        }

        return covariance;

        double[][] Zeros(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[mean.Length])];
    }

    /// <summary>Adds the products of each code's elements to the upper triangle. An item is a row with the one that is as far from the end, which together are as long as any two.</summary>
    readonly unsafe struct AddProductsLoop(double[][] centred, int rows, int count, double[][] covariance) : ILoop
    {
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int i = first; i < end; i++)
            {
                AddTo<TDouble>(i);
                if (covariance.Length - 1 - i is var opposite && opposite != i) AddTo<TDouble>(opposite);
            }
        }

        void AddTo<TDouble>(int i)
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            fixed (double* sum = covariance[i])
            {
                for (int row = 0; row < rows; row++)
                {
                    fixed (double* code = centred[row])
                    {
                        TDouble factor = TDouble.Broadcast(code[i]), all = TDouble.Broadcast(count);
                        int j = i;
                        for (; j <= covariance.Length - TDouble.Count; j += TDouble.Count) (TDouble.Load(sum + j) + factor * TDouble.Load(code + j) / all).Store(sum + j);
                        for (; j < covariance.Length; j++) sum[j] += code[i] * code[j] / count;
                    }
                }
            }
        }
    }
}
