using System.Diagnostics;

namespace AeVae.Acceptance.Slurm;

/// <summary>Waits for what another process does.</summary>
internal static class Wait
{
    const int PatienceSeconds = 120;
    const int PauseMilliseconds = 100;

    public static void Until(Func<bool> isSo, string what = "what is waited for")
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(clock.Elapsed.TotalSeconds < PatienceSeconds, $"{what} has not happened within {PatienceSeconds} s");
            Thread.Sleep(PauseMilliseconds);
        }
    }
}
