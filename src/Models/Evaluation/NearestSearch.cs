using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>Finds the nearest of many vectors (Euclidean), each compared with each.</summary>
/// <remarks>
/// Products in floats, of the vectors less the references' mean, give a lower bound of every distance; Σ (r − q)² in double decides where the bound leaves the question
/// open. So the nearest found are the nearest there are, however far from the origin or near to each other they lie.
/// </remarks>
sealed class NearestSearch
{
    const int QueryBlock = 256;
    const int MostReferences = 512;   // of a block, whose products stay in the cache until they are read

    readonly Matrix references;
    readonly double[] mean;
    readonly double[] referenceShares;
    readonly int blockLength;
    readonly Matrix[] blocks;   // the references less their mean, (block length × columns) each

    /// <param name="references">(n × columns), among which is searched.</param>
    public NearestSearch(Matrix references)
    {
        this.references = references;
        mean = LatentStatistics.Mean(references);
        referenceShares = new double[references.Rows];
        blockLength = Cut.Evenly(references.Rows, MostReferences);
        blocks = new Matrix[Cut.Parts(references.Rows, blockLength)];
        for (int i = 0; i < blocks.Length; i++) blocks[i] = new Matrix(blockLength, references.Columns);
        for (int row = 0; row < references.Rows; row++) referenceShares[row] = Centre(references.Row(row), blocks[row / blockLength].Row(row % blockLength));
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
        Matrix block = new(QueryBlock, queries.Columns), products = new(QueryBlock, blockLength);
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

            for (int i = 0; i < blocks.Length; i++)
            {
                DenseKernels.Product(block, blocks[i], products, team, transposedB: true);
                OfferLoop loop = new(this, i * blockLength, queries, first, queryShares, products, nearest);
                team.Run(loop, products.Rows, 2L * blockLength);
            }

            for (int row = 0; row < block.Rows; row++) found(first + row, nearest[row]);
        }
    }

    /// <summary>Takes the mean from a vector, and gives its share of a lower bound: |r − q|² is at least the shares of r and q − 2·(the product of both in floats).</summary>
    /// <remarks>
    /// With unit roundoff u = 2⁻²⁴, n columns and lengths after centring, twice the product is off by at most 2·n·u·|r||q| ≤ n·u·(|r|² + |q|²), and rounding what is
    /// centred moves |r − q|² by at most 4·u·(|r|² + |q|²); four more of the kind cover what is of second order and the sums in double. Where products underflow, each of
    /// n steps is off by half the least float, twice that in the bound; as much again covers what is centred. A vector that is not finite, or whose products could overflow,
    /// has no bound: it is always asked for its distance.
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

        return squared * (1 - (vector.Length + 8) * UnitRoundoff) - vector.Length * (double)float.Epsilon;
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
            int count = Math.Min(search.blockLength, references.Rows - firstReference);
            NearestList list = nearest[row];
            float* dots = products.Origin + (nint)row * products.Stride;
            double share = queryShares[row], limit = list.IsFull ? list.Farthest : Limit(row, referenceShares, dots, count);
            TDouble two = TDouble.Broadcast(2), farthest = TDouble.Broadcast(limit - share);
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
                    if (referenceShares[j] - 2.0 * dots[j] >= limit - share) continue;
                    double distance = Distance(references.Row(firstReference + j), queries.Row(firstQuery + row));
                    if (distance < list.Farthest) list.Add(distance, firstReference + j);
                    limit = Math.Min(limit, list.Farthest);
                }

                farthest = TDouble.Broadcast(limit - share);
            }
        }

        /// <summary>As many references as the list holds are nearer than this: those with the least bounds are asked how far they are. What lies beyond need not be asked; a list that fills up as it goes would ask many times as often.</summary>
        double Limit(int row, double* referenceShares, float* dots, int count)
        {
            NearestList likely = new(nearest[row].Capacity);
            for (int j = 0; j < count; j++)
            {
                double bound = referenceShares[j] - 2.0 * dots[j];
                if (bound < likely.Farthest) likely.Add(bound, j);
            }

            if (!likely.IsFull) return double.PositiveInfinity;
            double farthest = 0;
            for (int rank = 0; rank < likely.Capacity; rank++)
                farthest = Math.Max(farthest, Distance(search.references.Row(firstReference + likely.Reference(rank)), queries.Row(firstQuery + row)));
            return double.IsFinite(farthest) ? Math.BitIncrement(farthest) : double.PositiveInfinity;
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
