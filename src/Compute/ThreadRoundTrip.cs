using System.Diagnostics;

namespace AeVae.Compute;

/// <summary>How long a word takes from one thread to another and back: tens of nanoseconds between cores that share a cache, hundreds between others. Threads that train wait for it where one reads what another wrote.</summary>
public static class ThreadRoundTrip
{
    const int TripsPerBurst = 50, LooksBeforeYielding = 10_000, Stop = -1;

    static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(30);

    /// <summary>Measures for about 30 ms.</summary>
    /// <returns>Nanoseconds; of the fastest burst, because other work on the machine only slows one down.</returns>
    public static double MeasureNanoseconds()
    {
        Word word = new();
        Thread partner = new(() => Answer(word)) { IsBackground = true, Name = "round trip" };
        partner.Start();
        TimeSpan fastest = TimeSpan.MaxValue;
        long started = Stopwatch.GetTimestamp();
        for (int sent = 1; Stopwatch.GetElapsedTime(started) < Duration || sent == 1;)
        {
            long burst = Stopwatch.GetTimestamp();
            for (int trip = 0; trip < TripsPerBurst; trip++, sent += 2)
            {
                Volatile.Write(ref word.Value, sent);
                SpinWait wait = default;
                for (int looks = 0; Volatile.Read(ref word.Value) == sent; looks++)
                {
                    if (looks > LooksBeforeYielding) wait.SpinOnce(sleep1Threshold: -1);    // the other may wait for this processor
                }
            }

            TimeSpan elapsed = Stopwatch.GetElapsedTime(burst);
            if (elapsed < fastest) fastest = elapsed;
        }

        Volatile.Write(ref word.Value, Stop);
        partner.Join();
        return fastest.TotalNanoseconds / TripsPerBurst;
    }

    /// <summary>Makes every odd number even.</summary>
    static void Answer(Word word)
    {
        SpinWait wait = default;
        for (int looks = 0; Volatile.Read(ref word.Value) is var seen && seen != Stop; looks++)
        {
            if (seen % 2 != 0)
            {
                Volatile.Write(ref word.Value, seen + 1);
                looks = 0;
            }
            else if (looks > LooksBeforeYielding)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    sealed class Word
    {
        public int Value;
    }
}
