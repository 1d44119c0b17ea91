namespace AeVae.Tests;

/// <summary>What a thread allocates.</summary>
internal static class Allocations
{
    const int Attempts = 5;

    /// <summary>The bytes that the calling thread allocates in <paramref name="action"/>: the fewest of some attempts, since a collection for another test's sake moves the runtime's count.</summary>
    public static long Of(Action action)
    {
        long fewest = long.MaxValue;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
