using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>Finds the nearest of many vectors (Euclidean), each compared with each.</summary>
/// <remarks>
/// Products in floats give a lower bound of every distance, and Σ (r − q)² in double decides where the bound leaves the question open: the nearest found are the nearest
/// there are, however far from the origin the vectors lie. Both are taken from the references' mean, so that the bounds of a crowd far out are no worse.
/// </remarks>
sealed class NearestSearch
{
    const int QueryBlock = 256;
    const int ReferenceBlock = 512;   // the products of a block stay in the cache until they are read

    readonly Matrix references;
    readonly double[] mean;
    readonly double[] leastNorms;
    readonly Matrix[] transposed;

    /// <param name="references">(n × columns), among which is searched.</param>
    public NearestSearch(Matrix references)
    {
        this.references = references;
        mean = LatentStatistics.Mean(references);
        leastNorms = new double[references.Rows];
        transposed = new Matrix[(references.Rows + ReferenceBlock - 1) / ReferenceBlock];
        for (int i = 0; i < transposed.Length; i++) transposed[i] = new Matrix(references.Columns, ReferenceBlock);
        float[] centred = new float[references.Columns];
        for (int row = 0; row < references.Rows; row++)
        {
            leastNorms[row] = Centre(references.Row(row), centred);
            Matrix block = transposed[row / ReferenceBlock];
            for (int j = 0; j < centred.Length; j++) block[j, row % ReferenceBlock] = centred[j];
        }
    }

    /// <summary>Gives each query's nearest references to <paramref name="found"/>, one query after another.</summary>
    /// <param name="queries">(m × columns).</param>
    /// <param name="neighbours">References to find for each; distances are Σ (r − q)², columns ascending in double.</param>
    /// <param name="found">Called with the query's row; the list is used again afterwards.</param>
    /// <param name="team">Threads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void ForEach(Matrix queries, int neighbours, Action<int, NearestList> found, ThreadTeam team, CancellationToken cancellation)
    {
        Matrix block = new(QueryBlock, queries.Columns), products = new(QueryBlock, ReferenceBlock);
        double[] leastNormsOfQueries = new double[QueryBlock];
        NearestList[] nearest = [.. Enumerable.Range(0, QueryBlock).Select(_ => new NearestList(neighbours))];
        for (int first = 0; first < queries.Rows; first += QueryBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Rows = products.Rows = Math.Min(QueryBlock, queries.Rows - first);
            for (int row = 0; row < block.Rows; row++)
            {
                leastNormsOfQueries[row] = Centre(queries.Row(first + row), block.Row(row));
                nearest[row].Clear();
            }

            for (int part = 0; part < transposed.Length; part++)
            {
                DenseKernels.Product(block, transposed[part], products, team);
                Offer(nearest, queries, first, leastNormsOfQueries, products, part * ReferenceBlock, team);
            }

            for (int row = 0; row < block.Rows; row++) found(first + row, nearest[row]);
        }
    }

    /// <summary>Offers a block of references, the first of which is <paramref name="firstReference"/>, to the lists of a block of queries.</summary>
    unsafe void Offer(NearestList[] nearest, Matrix queries, int firstQuery, double[] leastNormsOfQueries, Matrix products, int firstReference, ThreadTeam team)
    {
        int count = Math.Min(ReferenceBlock, references.Rows - firstReference);
        fixed (double* norms = &leastNorms[firstReference])
            team.Run(new OfferLoop(nearest, queries, firstQuery, leastNormsOfQueries, references, norms, products, firstReference, count), products.Rows, 2L * count);
    }

    /// <summary>The vector from the mean, in floats, and its share of a lower bound: |r − q|² is at least the two shares − 2·(the product of both, in floats).</summary>
    /// <remarks>
    /// With unit roundoff u = 2⁻²⁴ and n columns the product is off by at most n·u·|r||q| ≤ ½·n·u·(|r|² + |q|²), and rounding the centred vectors moves the
    /// squared distance by at most 4·u·(|r|² + |q|²): together less than (n + 8)·u of each squared length.
    /// </remarks>
    double Centre(ReadOnlySpan<float> vector, Span<float> centred)
    {
        const double UnitRoundoff = 1.0 / (1 << 24);
        double squared = 0;
        for (int j = 0; j < vector.Length; j++)
        {
            centred[j] = (float)(vector[j] - mean[j]);
            squared += (double)centred[j] * centred[j];
        }

        return squared * (1 - (vector.Length + 8) * UnitRoundoff);
    }

    /// <summary>An item is a query. All but a few references are far away, so many are compared at once with the farthest that is kept.</summary>
    readonly unsafe struct OfferLoop(NearestList[] nearest, Matrix queries, int firstQuery, double[] leastNormsOfQueries, Matrix references, double* leastNorms, Matrix products, int firstReference, int count) : ILoop
    {
        const int Together = 16;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            TDouble two = TDouble.Broadcast(2);
            for (int row = first; row < end; row++)
            {
                NearestList list = nearest[row];
                float* dots = products.Origin + (nint)row * products.Stride;
                double leastNorm = leastNormsOfQueries[row];
                TDouble farthest = TDouble.Broadcast(list.Farthest - leastNorm);
                for (int i = 0; i < count; i += Together)
                {
                    if (i + Together <= count)
                    {
                        TDouble nearer = TDouble.Broadcast(0);
                        for (int j = i; j < i + Together; j += TDouble.Count)
                            nearer = TDouble.Or(nearer, TDouble.Greater(farthest, TDouble.Load(leastNorms + j) - two * TDouble.Widen(dots + j)));
                        if (!TDouble.Any(nearer)) continue;
                    }

                    for (int j = i; j < Math.Min(i + Together, count); j++)
                    {
                        if (leastNorms[j] - 2.0 * dots[j] >= list.Farthest - leastNorm) continue;
                        double distance = Distance(references.Row(firstReference + j), queries.Row(firstQuery + row));
                        if (distance < list.Farthest) list.Add(distance, firstReference + j);
                    }

                    farthest = TDouble.Broadcast(list.Farthest - leastNorm);
                }
            }
        }

        static double Distance(ReadOnlySpan<float> reference, ReadOnlySpan<float> query)
        {
            double sum = 0;
            for (int j = 0; j < reference.Length; j++)
            {
                double difference = (double)reference[j] - query[j];
                sum += difference * difference;
            }

            return sum;
        }
    }
}
