using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Diffing;

/// <summary>A metric of two runs, in brief.</summary>
/// <param name="Split">The images that it was measured on.</param>
/// <param name="Name">Which metric.</param>
/// <param name="A">Its history in the one; null when that does not have it.</param>
/// <param name="B">Its history in the other.</param>
sealed record MetricPair(string Split, string Name, MetricSummary? A, MetricSummary? B)
{
    /// <summary>Last and best are equal to the last bit.</summary>
    public bool IsSame => A is not null && B is not null && Bits.AreEqual(A.Last, B.Last) && Bits.AreEqual(A.Best ?? 0, B.Best ?? 0);

    /// <summary>Every metric that at least one of the runs has.</summary>
    public static IEnumerable<MetricPair> Of(IReadOnlyList<MetricSummary> a, IReadOnlyList<MetricSummary> b) =>
        a.Concat(b).Select(metric => metric.Key).Distinct().Select(key => new MetricPair(
            key.Split,
            key.Name,
            a.FirstOrDefault(metric => metric.Key == key),
            b.FirstOrDefault(metric => metric.Key == key)));
}
