using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>Finds the nearest of many vectors (Euclidean), each compared with each.</summary>
/// <remarks>
/// Products in floats, of the vectors less the references' mean, give a lower bound of every distance; Σ (r − q)² in double decides where the bound leaves the question
/// open. So the nearest found are the nearest there are, however far from the origin they lie, unless their squares underflow floats.
/// </remarks>
sealed class NearestSearch
{
    const int QueryBlock = 256;
    const int ReferenceBlock = 512;   // the products of a block stay in the cache until they are read

    readonly Matrix references;
    readonly double[] mean;
    readonly double[] referenceShares;
    readonly Matrix[] transposed;

    /// <param name="references">(n × columns), among which is searched.</param>
    public NearestSearch(Matrix references)
    {
        this.references = references;
        mean = LatentStatistics.Mean(references);
        referenceShares = new double[references.Rows];
        transposed = new Matrix[(references.Rows + ReferenceBlock - 1) / ReferenceBlock];
        for (int i = 0; i < transposed.Length; i++) transposed[i] = new Matrix(references.Columns, ReferenceBlock);
        float[] centred = new float[references.Columns];
        for (int row = 0; row < references.Rows; row++)
        {
            referenceShares[row] = Centre(references.Row(row), centred);
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
        double[] queryShares = new double[QueryBlock];
        NearestList[] nearest = [.. Enumerable.Range(0, QueryBlock).Select(_ => new NearestList(neighbours))];
        for (int first = 0; first < queries.Rows; first += QueryBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Rows = products.Rows = Math.Min(QueryBlock, queries.Rows - first);
            for (int row = 0; row < block.Rows; row++)
            {
                queryShares[row] = Centre(queries.Row(first + row), block.Row(row));
                nearest[row].Clear();
            }

            for (int part = 0; part < transposed.Length; part++)
            {
                DenseKernels.Product(block, transposed[part], products, team);
                OfferLoop loop = new(this, part * ReferenceBlock, queries, first, queryShares, products, nearest);
                team.Run(loop, products.Rows, 2L * ReferenceBlock);
            }

            for (int row = 0; row < block.Rows; row++) found(first + row, nearest[row]);
        }
    }

    /// <summary>Takes the mean from a vector, and gives its share of a lower bound: |r − q|² is at least the shares of r and q − 2·(the product of both in floats).</summary>
    /// <remarks>
    /// With unit roundoff u = 2⁻²⁴, n columns and lengths after centring, twice the product is off by at most 2·n·u·|r||q| ≤ n·u·(|r|² + |q|²), and rounding what is
    /// centred moves |r − q|² by at most 4·u·(|r|² + |q|²); four more of the kind cover what is of second order and the sums in double. A vector that is not finite,
    /// or whose products could overflow, has no bound: it is always asked for its distance.
    /// </remarks>
    double Centre(ReadOnlySpan<float> vector, Span<float> centred)
    {
        const double UnitRoundoff = 1.0 / (1 << 24), MostSquared = 1e38;
        double squared = 0;
        for (int j = 0; j < vector.Length; j++)
        {
            centred[j] = (float)(vector[j] - mean[j]);
            squared += (double)centred[j] * centred[j];
        }

        if (!(squared < MostSquared))
        {
            centred.Clear();
            return double.NegativeInfinity;
        }

        return squared * (1 - (vector.Length + 8) * UnitRoundoff);
    }

    /// <summary>Offers a block of references to the lists of a block of queries. An item is a query. All but a few references are far away, so many are compared at once with the farthest that is kept.</summary>
    /// <param name="search">Holds the references.</param>
    /// <param name="firstReference">First of the block.</param>
    /// <param name="queries">All of them.</param>
    /// <param name="firstQuery">First of the block.</param>
    /// <param name="queryShares">Shares of the block's queries.</param>
    /// <param name="products">Of the block's queries, by row, with the block's references.</param>
    /// <param name="nearest">Lists of the block's queries.</param>
    readonly unsafe struct OfferLoop(NearestSearch search, int firstReference, Matrix queries, int firstQuery, double[] queryShares, Matrix products, NearestList[] nearest) : ILoop
    {
        const int Together = 16;

        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            fixed (double* referenceShares = &search.referenceShares[firstReference])
            {
                for (int row = first; row < end; row++) Offer<TDouble>(row, referenceShares);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Offer<TDouble>(int row, double* referenceShares)
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            Matrix references = search.references;
            int count = Math.Min(ReferenceBlock, references.Rows - firstReference);
            NearestList list = nearest[row];
            float* dots = products.Origin + (nint)row * products.Stride;
            double share = queryShares[row];
            TDouble two = TDouble.Broadcast(2), farthest = TDouble.Broadcast(list.Farthest - share);
            for (int i = 0; i < count; i += Together)
            {
                if (i + Together <= count)
                {
                    TDouble nearer = TDouble.Broadcast(0);
                    for (int j = i; j < i + Together; j += TDouble.Count)
                        nearer = TDouble.Or(nearer, TDouble.Greater(farthest, TDouble.Load(referenceShares + j) - two * TDouble.Widen(dots + j)));
                    if (!TDouble.Any(nearer)) continue;
                }

                for (int j = i; j < Math.Min(i + Together, count); j++)
                {
                    if (referenceShares[j] - 2.0 * dots[j] >= list.Farthest - share) continue;
                    double distance = Distance(references.Row(firstReference + j), queries.Row(firstQuery + row));
                    if (distance < list.Farthest) list.Add(distance, firstReference + j);
                }

                farthest = TDouble.Broadcast(list.Farthest - share);
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
