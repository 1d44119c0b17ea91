namespace AeVae.Compute;

/// <summary>A fixed set of threads that share the loops of one training step. Who computes an element never changes how it is computed (NC-1 C3).</summary>
public sealed class ThreadTeam : IDisposable
{
    /// <summary>Starts a team.</summary>
    /// <param name="threads">Threads that work, the caller included; at least 1.</param>
    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
    }

    /// <summary>Threads that work, the caller included.</summary>
    public int Threads { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
