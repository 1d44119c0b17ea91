using AeVae.Compute;
using AeVae.Compute.Lanes;
using AeVae.Data.Batches;

namespace AeVae.Models.Evaluation;

/// <summary>First and second moments of images, exact: sums of whole grey levels 0…255, so that no order of summation shows.</summary>
sealed class ImageMoments
{
    // 256 · 255² < 2²⁴: within a batch of this size every sum of products of grey levels is a whole number that fp32 holds exactly.
    const int BatchSize = 256;
    const int MaxLevel = 255;
    readonly double[] sums;          // grey levels
    readonly double[] squares;       // grey levels squared
    readonly double[][] products;    // grey levels squared; empty when they are not wanted

    ImageMoments(int pixels, bool withProducts)
    {
        sums = new double[pixels];
        squares = new double[pixels];
        products = withProducts ? [.. Enumerable.Range(0, pixels).Select(_ => new double[pixels])] : [];
    }

    /// <summary>Number of images.</summary>
    public int Count { get; private set; }

    /// <summary>How often each grey level occurs.</summary>
    public long[] Histogram { get; } = new long[MaxLevel + 1];

    /// <summary>Whether the products of every two pixels are there.</summary>
    public bool HasProducts => products.Length > 0;

    /// <summary>Moments of all images of the readers together, as they enter the network.</summary>
    /// <param name="readers">At least one.</param>
    /// <param name="withProducts">Also the products of every two pixels, which <see cref="SecondMomentsAbout"/> needs.</param>
    /// <param name="team">Threads.</param>
    public static ImageMoments Of(IReadOnlyList<BatchReader> readers, bool withProducts, ThreadTeam team)
    {
        int pixels = readers[0].Images.PixelsPerImage;
        var moments = new ImageMoments(pixels, withProducts);
        Matrix levels = new(BatchSize, pixels);
        Matrix? square = withProducts ? new(pixels, pixels) : null;
        NonzeroLists? nonzeros = withProducts ? new(BatchSize, pixels) : null;
        foreach (BatchReader reader in readers)
        {
            for (int first = 0; first < reader.Images.Count; first += BatchSize)
            {
                reader.FillRange(levels, first, Math.Min(BatchSize, reader.Images.Count - first), epoch: 1, team);
                moments.AddLevels(levels);
                if (square is null) continue;
                DenseKernels.WeightGradient(levels, levels, square, team, nonzeros);   // Xᵀ·X
                moments.AddProducts(square, team);
            }
        }

        return moments;
    }

    /// <summary>Mean image, values in [0, 1].</summary>
    public double[] Mean() => [.. sums.Select(s => s / MaxLevel / Count)];

    /// <summary>Mean of (x − centre)² of each pixel, values in [0, 1]: the diagonal of <see cref="SecondMomentsAbout"/>, to the last bit.</summary>
    public double[] SquaresAbout(double[] centre)
    {
        double[] mean = Mean();
        return [.. centre.Select((c, i) => squares[i] / ((double)MaxLevel * MaxLevel) / Count - c * mean[i] - mean[i] * c + c * c)];
    }

    /// <summary>Mean of (x − centre)(x − centre)ᵀ, values in [0, 1].</summary>
    public double[][] SecondMomentsAbout(double[] centre)
    {
        double[] mean = Mean();
        double[][] result = new double[centre.Length][];
        for (int i = 0; i < centre.Length; i++)
        {
            result[i] = new double[centre.Length];
            for (int j = 0; j < centre.Length; j++)
                result[i][j] = products[i][j] / ((double)MaxLevel * MaxLevel) / Count - centre[i] * mean[j] - mean[i] * centre[j] + centre[i] * centre[j];
        }

        return result;
    }

    void AddLevels(Matrix levels)
    {
        Count += levels.Rows;
        int black = 0;
        for (int row = 0; row < levels.Rows; row++)
        {
            Span<float> image = levels.Row(row);
            for (int i = 0; i < image.Length; i++)
            {
                int level = (int)(image[i] * MaxLevel + 0.5f);
                if (level == 0)
                {
                    black++;
                    continue;
                }

                image[i] = level;
                sums[i] += level;
                squares[i] += level * level;
                Histogram[level]++;
            }
        }

        Histogram[0] += black;
    }

    void AddProducts(Matrix square, ThreadTeam team) => team.Run(new AddLoop(square, products), square.Rows, square.Columns);

    /// <summary>An item is a row.</summary>
    readonly unsafe struct AddLoop(Matrix terms, double[][] sums) : ILoop
    {
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int row = first; row < end; row++)
            {
                float* term = terms.Origin + (nint)row * terms.Stride;
                fixed (double* sum = sums[row])
                {
                    int i = 0;
                    for (; i <= terms.Columns - TDouble.Count; i += TDouble.Count) (TDouble.Load(sum + i) + TDouble.Widen(term + i)).Store(sum + i);
                    for (; i < terms.Columns; i++) sum[i] += term[i];
                }
            }
        }
    }
}
