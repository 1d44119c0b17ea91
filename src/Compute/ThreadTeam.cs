using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AeVae.Compute;

/// <summary>A fixed set of threads that share the loops of one training step. Who computes an element never changes how it is computed (NC-1 C3).</summary>
/// <remarks>
/// Every thread begins with a stretch of its own, the same share of every loop, so that what one loop wrote is still in the cache of the core that reads it
/// in the next. A stretch is cut into parts, and whoever is done takes parts of the others, so the caller never waits for a thread that the system has
/// not scheduled. Idle threads spin for a moment and then sleep. Nothing is allocated per loop. A team serves one caller at a time.
/// </remarks>
public sealed unsafe class ThreadTeam : IDisposable
{
    const int PartsPerThread = 4;

    // 2 ms: bridges the serial code between two kernels (waking a sleeping thread can cost 100 µs), and leaves an idle machine idle.
    static readonly long SpinTicks = Stopwatch.Frequency / 500;

    readonly SimdPath path;
    readonly Thread[] workers;
    readonly Stretch[] stretches;   // one per thread
    readonly object gate = new();
    readonly bool spins;
    void* loop;
    delegate*<void*, SimdPath, int, int, void> run;
    int items, parts;
    int unfinished, sleeping;
    volatile bool stopping;

    /// <summary>Starts a team.</summary>
    /// <param name="threads">Threads that work, the caller included; at least 1.</param>
    public ThreadTeam(int threads) : this(threads, Simd.Path)
    {
    }

    /// <summary>Starts a team that uses registers of another width than the machine's best.</summary>
    internal ThreadTeam(int threads, SimdPath path)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
        this.path = path;
        spins = threads <= Environment.ProcessorCount;
        stretches = new Stretch[threads];
        workers = new Thread[threads - 1];
        for (int i = 0; i < workers.Length; i++)
        {
            int self = i + 1;
            workers[i] = new Thread(() => Work(self)) { IsBackground = true, Name = $"compute {self}" };
            workers[i].Start();
        }
    }

    /// <summary>Threads that work, the caller included.</summary>
    public int Threads { get; }

    /// <summary>Registers that it uses.</summary>
    internal SimdPath Path => path;

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping = true;
        lock (gate) Monitor.PulseAll(gate);
        foreach (Thread worker in workers) worker.Join();
    }

    /// <summary>Runs a loop over items 0 … <paramref name="count"/> − 1 and returns when all are done.</summary>
    /// <param name="body">The loop; copied to the stack, where it keeps its matrices alive.</param>
    /// <param name="count">Number of items.</param>
    /// <param name="costPerItem">Rough number of floating-point operations per item: too small a loop is not worth sharing.</param>
    internal void Run<TLoop>(TLoop body, int count, long costPerItem)
        where TLoop : struct, ILoop
    {
        const long WorthSharing = 20_000;
        int shares = (int)Math.Min(Math.Min(count, (long)Threads * PartsPerThread), count * costPerItem / WorthSharing);
        if (Threads == 1 || shares <= 1)
        {
            Simd.Run(ref body, path, 0, count);
            return;
        }
        loop = Unsafe.AsPointer(ref body);
        run = &RunPart<TLoop>;
        items = count;
        parts = unfinished = shares;
        for (int i = 0; i < Threads; i++) Volatile.Write(ref stretches[i].Untaken, EndOf(i) - EndOf(i - 1));    // publishes the fields above
        Interlocked.MemoryBarrier();                    // before sleeping is read
        if (Volatile.Read(ref sleeping) > 0)
            lock (gate) Monitor.PulseAll(gate);
        while (TryRunPart(self: 0))
        {
        }
        SpinWait wait = default;
        while (Volatile.Read(ref unfinished) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>The part after the last of a thread's stretch.</summary>
    int EndOf(int thread) => (thread + 1) * parts / Threads;

    /// <summary>Works on a part of its own stretch, or of another's when that is empty.</summary>
    bool TryRunPart(int self)
    {
        for (int i = 0; i < stretches.Length; i++)
        {
            int thread = self + i < stretches.Length ? self + i : self + i - stretches.Length;
            if (TryRunPartOf(thread)) return true;
        }
        return false;
    }

    // Nothing about the loop is read before a part of it is taken: until that part is finished, the loop and its fields stand.
    bool TryRunPartOf(int thread)
    {
        ref int untaken = ref stretches[thread].Untaken;
        int left = Volatile.Read(ref untaken);
        while (left > 0)
        {
            int seen = Interlocked.CompareExchange(ref untaken, left - 1, left);
            if (seen == left)
            {
                int part = EndOf(thread) - left;
                run(loop, path, (int)((long)items * part / parts), (int)((long)items * (part + 1) / parts));
                Interlocked.Decrement(ref unfinished);
                return true;
            }
            left = seen;
        }
        return false;
    }

    bool HasUntaken()
    {
        for (int i = 0; i < stretches.Length; i++)
        {
            if (Volatile.Read(ref stretches[i].Untaken) > 0) return true;
        }
        return false;
    }

    void Work(int self)
    {
        while (!stopping)
        {
            if (TryRunPart(self)) continue;
            if (spins && SpinUntilWork()) continue;
            lock (gate)
            {
                Interlocked.Increment(ref sleeping);    // before the stretches are read again, as Run writes them before it reads sleeping
                while (!HasUntaken() && !stopping) Monitor.Wait(gate);
                Interlocked.Decrement(ref sleeping);
            }
        }
    }

    bool SpinUntilWork()
    {
        long end = Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            Thread.SpinWait(4);
            if (HasUntaken()) return true;
        }
        while (Stopwatch.GetTimestamp() < end && !stopping);
        return false;
    }

    static void RunPart<TLoop>(void* loop, SimdPath path, int first, int end)
        where TLoop : struct, ILoop =>
        Simd.Run(ref Unsafe.AsRef<TLoop>(loop), path, first, end);

    /// <summary>Parts of one thread's stretch that nobody has taken, alone on its cache lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    struct Stretch
    {
        [FieldOffset(0)]
        public int Untaken;
    }
}
