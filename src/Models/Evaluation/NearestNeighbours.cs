using AeVae.Compute;

namespace AeVae.Models.Evaluation;

/// <summary>The metric <c>knn_accuracy</c>: classes of codes from those of their nearest neighbours.</summary>
static class NearestNeighbours
{
    const int Neighbours = 10;
    const int QueryBlock = 256;
    const int ReferenceBlock = 4096;

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
        var nearest = new NearestList[QueryBlock];
        int right = 0;
        for (int first = 0; first < queries.Rows; first += QueryBlock)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Rows = products.Rows = Math.Min(QueryBlock, queries.Rows - first);
            for (int row = 0; row < block.Rows; row++)
            {
                queries.Row(first + row).CopyTo(block.Row(row));
                nearest[row] = new NearestList(Neighbours);
            }

            for (int part = 0; part < transposed.Length; part++)
            {
                DenseKernels.Product(block, transposed[part], products, team);
                for (int row = 0; row < block.Rows; row++)
                {
                    int offset = part * ReferenceBlock, count = Math.Min(ReferenceBlock, references.Rows - offset);
                    Offer(nearest[row], squaredNorms.AsSpan(offset, count), products.Row(row)[..count], offset);
                }
            }

            for (int row = 0; row < block.Rows; row++)
            {
                if (nearest[row].Majority(referenceLabels) == queryLabels[first + row]) right++;
            }
        }

        return (double)right / queries.Rows;
    }

    /// <summary>Offers a block of references. All but a few are far away, so the loop asks before it calls.</summary>
    static void Offer(NearestList nearest, ReadOnlySpan<double> squaredNorms, ReadOnlySpan<float> dots, int firstReference)
    {
        double farthest = nearest.Farthest;
        for (int i = 0; i < dots.Length; i++)
        {
            double distance = squaredNorms[i] - 2.0 * dots[i];   // |r − q|² − |q|²: the query's own norm changes no order
            if (!(distance < farthest)) continue;
            nearest.Add(distance, firstReference + i);
            farthest = nearest.Farthest;
        }
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
}
