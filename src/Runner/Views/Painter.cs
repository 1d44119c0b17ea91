namespace AeVae.Runner.Views;

/// <summary>A thread that draws again and again until it is told to stop.</summary>
sealed class Painter : IDisposable
{
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    readonly ManualResetEventSlim end = new();
    readonly Thread thread;

    /// <summary>Begins to draw.</summary>
    /// <param name="draw">Holds no lock while it writes, lest a terminal that takes nothing more, as after Ctrl-S, stop training. Draws until the function that it is given, which waits for the next time, says true: then it draws what is to stay, and returns.</param>
    public Painter(Action<Func<bool>> draw)
    {
        thread = new Thread(() => draw(() => end.Wait(Refresh))) { IsBackground = true, Name = "progress" };
        thread.Start();
    }

    /// <summary>Has the last picture drawn, and returns when it is.</summary>
    public void Dispose()
    {
        end.Set();
        thread.Join();
        end.Dispose();
    }
}
