using System.Diagnostics;

namespace AeVae.Compute;

/// <summary>The fused multiply-adds that a team's threads can do here and now: the limit of every kernel, and what its speed is a share of.</summary>
public static class FusedMultiplyAddPeak
{
    const int ItemsPerThread = 64;

    static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(80);

    /// <summary>Measures for about 80 ms, with the team's registers and all of its threads.</summary>
    /// <returns>10⁹ floating-point operations per second, a multiply-add counted as two; that of the fastest burst, because other work on the machine only slows one down.</returns>
    public static double Measure(ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(team);
        int items = ItemsPerThread * team.Threads;
        FusedMultiplyAddLoop loop = new(new Matrix(items, FusedMultiplyAddLoop.Lanes));
        TimeSpan fastest = TimeSpan.MaxValue;
        long started = Stopwatch.GetTimestamp();
        do
        {
            long burst = Stopwatch.GetTimestamp();
            team.Run(loop, items, FusedMultiplyAddLoop.Operations);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(burst);
            if (elapsed < fastest) fastest = elapsed;
        }
        while (Stopwatch.GetElapsedTime(started) < Duration);

        return (double)items * FusedMultiplyAddLoop.Operations / fastest.TotalSeconds / 1e9;
    }
}
