using System.Runtime.CompilerServices;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Models.Evaluation;

/// <summary>The metric <c>knn_accuracy</c>: classes of codes from those of their nearest neighbours.</summary>
static class NearestNeighbours
{
    const int Neighbours = 10;
    const int QueryBlock = 256;
    const int ReferenceBlock = 512;   // the products of a block stay in the cache until they are read

    /// <summary>Share of the queries whose class is the majority among their nearest references; a tie goes to the class with the nearest code.</summary>
    /// <param name="references">(n × latent).</param>
    /// <param name="referenceLabels">Class of each reference.</param>
    /// <param name="queries">(m × latent).</param>
    /// <param name="queryLabels">Class of each query.</param>
    /// <param name="team">Threads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Accuracy(Matrix references, ReadOnlySpan<byte> referenceLabels, Matrix queries, ReadOnlySpan<byte> queryLabels, ThreadTeam team, CancellationToken cancellation)
    {
        double[] squaredNorms = SquaredNorms(references);
        Matrix block = new(QueryBlock, queries.Columns), products = new(QueryBlock, ReferenceBlock);
        Matrix[] transposed = Transpose(references);
        NearestList[] nearest = [.. Enumerable.Range(0, QueryBlock).Select(_ => new NearestList(Neighbours))];
        int right = 0;
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
                Offer(nearest, squaredNorms, products, part * ReferenceBlock, team);
            }

            for (int row = 0; row < block.Rows; row++)
            {
                if (nearest[row].Majority(referenceLabels) == queryLabels[first + row]) right++;
            }
        }

        return (double)right / queries.Rows;
    }

    /// <summary>Offers a block of references, the first of which is <paramref name="first"/>, to the lists of all queries.</summary>
    static unsafe void Offer(NearestList[] nearest, double[] squaredNorms, Matrix products, int first, ThreadTeam team)
    {
        int count = Math.Min(ReferenceBlock, squaredNorms.Length - first);
        fixed (double* norms = &squaredNorms[first]) team.Run(new OfferLoop(nearest, norms, products, first, count), products.Rows, 2L * count);
    }

    static double[] SquaredNorms(Matrix codes)
    {
        double[] norms = new double[codes.Rows];
        for (int row = 0; row < codes.Rows; row++)
        {
            foreach (float value in codes.Row(row)) norms[row] += (double)value * value;
        }

        return norms;
    }

    /// <summary>Blocks of (latent × <see cref="ReferenceBlock"/>); the last one is filled up with zeros.</summary>
    static Matrix[] Transpose(Matrix codes)
    {
        var blocks = new Matrix[(codes.Rows + ReferenceBlock - 1) / ReferenceBlock];
        for (int i = 0; i < blocks.Length; i++) blocks[i] = new Matrix(codes.Columns, ReferenceBlock);
        for (int row = 0; row < codes.Rows; row++)
        {
            Span<float> code = codes.Row(row);
            for (int j = 0; j < code.Length; j++) blocks[row / ReferenceBlock][j, row % ReferenceBlock] = code[j];
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
