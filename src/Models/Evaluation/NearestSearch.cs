using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>Finds the nearest of many vectors (Euclidean), each compared with each.</summary>
sealed class NearestSearch
{
    const int QueryBlock = 256;
    const int ReferenceBlock = 512;   // the products of a block stay in the cache until they are read

    readonly double[] squaredNorms;
    readonly Matrix[] transposed;

    /// <param name="references">(n × columns), among which is searched.</param>
    public NearestSearch(Matrix references)
    {
        squaredNorms = SquaredNorms(references);
        transposed = Transpose(references);
    }

    /// <summary>Gives each query's nearest references to <paramref name="found"/>, one query after another.</summary>
    /// <param name="queries">(m × columns).</param>
    /// <param name="neighbours">References to find for each; distances are |r − q|² − |q|².</param>
    /// <param name="found">Called with the query's row; the list is used again afterwards.</param>
    /// <param name="team">Threads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void ForEach(Matrix queries, int neighbours, Action<int, NearestList> found, ThreadTeam team, CancellationToken cancellation)
    {
        Matrix block = new(QueryBlock, queries.Columns), products = new(QueryBlock, ReferenceBlock);
        NearestList[] nearest = [.. Enumerable.Range(0, QueryBlock).Select(_ => new NearestList(neighbours))];
        for (int first = 0; first < queries.Rows; first += QueryBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Rows = products.Rows = Math.Min(QueryBlock, queries.Rows - first);
            for (int row = 0; row < block.Rows; row++)
            {
                queries.Row(first + row).CopyTo(block.Row(row));
                nearest[row].Clear();
            }

            for (int part = 0; part < transposed.Length; part++)
            {
                DenseKernels.Product(block, transposed[part], products, team);
                Offer(nearest, products, part * ReferenceBlock, team);
            }

            for (int row = 0; row < block.Rows; row++) found(first + row, nearest[row]);
        }
    }

    /// <summary>Offers a block of references, the first of which is <paramref name="first"/>, to the lists of all queries.</summary>
    unsafe void Offer(NearestList[] nearest, Matrix products, int first, ThreadTeam team)
    {
        int count = Math.Min(ReferenceBlock, squaredNorms.Length - first);
        fixed (double* norms = &squaredNorms[first]) team.Run(new OfferLoop(nearest, norms, products, first, count), products.Rows, 2L * count);
    }

    /// <summary>Squared length of each row, summed in double.</summary>
    public static double[] SquaredNorms(Matrix vectors)
    {
        double[] norms = new double[vectors.Rows];
        for (int row = 0; row < vectors.Rows; row++)
        {
            foreach (float value in vectors.Row(row)) norms[row] += (double)value * value;
        }

        return norms;
    }

    /// <summary>Blocks of (columns × <see cref="ReferenceBlock"/>); the last one is filled up with zeros.</summary>
    static Matrix[] Transpose(Matrix vectors)
    {
        var blocks = new Matrix[(vectors.Rows + ReferenceBlock - 1) / ReferenceBlock];
        for (int i = 0; i < blocks.Length; i++) blocks[i] = new Matrix(vectors.Columns, ReferenceBlock);
        for (int row = 0; row < vectors.Rows; row++)
        {
            Span<float> vector = vectors.Row(row);
            for (int j = 0; j < vector.Length; j++) blocks[row / ReferenceBlock][j, row % ReferenceBlock] = vector[j];
        }

        return blocks;
    }

    /// <summary>An item is a query. All but a few references are far away, so many are compared at once with the farthest that is kept.</summary>
    readonly unsafe struct OfferLoop(NearestList[] nearest, double* squaredNorms, Matrix products, int firstReference, int count) : ILoop
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
                TDouble farthest = TDouble.Broadcast(list.Farthest);
                for (int i = 0; i < count; i += Together)
                {
                    if (i + Together <= count)
                    {
                        TDouble nearer = TDouble.Broadcast(0);
                        for (int j = i; j < i + Together; j += TDouble.Count)
                            nearer = TDouble.Or(nearer, TDouble.Greater(farthest, TDouble.Load(squaredNorms + j) - two * TDouble.Widen(dots + j)));
                        if (!TDouble.Any(nearer)) continue;
                    }

                    for (int j = i; j < Math.Min(i + Together, count); j++)
                    {
                        double distance = squaredNorms[j] - 2.0 * dots[j];   // |r − q|² − |q|²: the query's own norm changes no order
                        if (distance < list.Farthest) list.Add(distance, firstReference + j);
                    }

                    farthest = TDouble.Broadcast(list.Farthest);
                }
            }
        }
    }
}
