using AeVae.Compute;

namespace AeVae.Models.Evaluation;

/// <summary>The metric <c>knn_accuracy</c>: classes of codes from those of their nearest neighbours.</summary>
static class NearestNeighbours
{
    const int Neighbours = 10;

    /// <summary>Share of the queries whose class is the majority among their nearest references; a tie goes to the class with the nearest code.</summary>
    /// <param name="references">(n × latent).</param>
    /// <param name="referenceLabels">Class of each reference.</param>
    /// <param name="queries">(m × latent).</param>
    /// <param name="queryLabels">Class of each query.</param>
    /// <param name="team">Threads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Accuracy(Matrix references, ReadOnlyMemory<byte> referenceLabels, Matrix queries, ReadOnlyMemory<byte> queryLabels, ThreadTeam team, CancellationToken cancellation)
    {
        int right = 0;
        new NearestSearch(references).ForEach(queries, Neighbours, Vote, team, cancellation);
        return (double)right / queries.Rows;

        void Vote(int query, NearestList nearest)
        {
            if (nearest.Majority(referenceLabels.Span) == queryLabels.Span[query]) right++;
        }
    }
}
