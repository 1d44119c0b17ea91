using System.Diagnostics;
using System.Globalization;
using AeVae.Data.Fetching;
using AeVae.Reports;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Views;

/// <summary>Progress of a fetch on standard error: one line redrawn in a terminal, one line per source elsewhere.</summary>
sealed class FetchBar(string dataset, Globals globals) : IProgress<FetchProgress>, IDisposable
{
    const int Width = 24;
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    readonly bool redraws = Terminal.IsInteractive;
    readonly Lock gate = new();
    readonly Stopwatch clock = Stopwatch.StartNew();
    TimeSpan drawn = -Refresh;
    string source = "";

    /// <inheritdoc/>
    public void Report(FetchProgress value)
    {
        if (globals.Quiet)
            return;
        lock (gate)
        {
            bool newSource = source != value.Source;
            source = value.Source;
            if (!redraws && newSource)
                globals.Error.WriteLine($"fetching {dataset} from {value.Source}");
            else if (redraws && (newSource || value.Bytes == value.TotalBytes || clock.Elapsed - drawn >= Refresh))
                Draw(value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (redraws && source.Length > 0)
            globals.Error.Write("\r\e[K");
    }

    void Draw(FetchProgress value)
    {
        drawn = clock.Elapsed;
        double fraction = value.TotalBytes == 0 ? 0 : (double)value.Bytes / value.TotalBytes;
        int done = (int)Math.Round(fraction * Width);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"fetching {dataset} {new string('━', done)}{new string('─', Width - done)} {fraction,4:P0} of {Numbers.Bytes(value.TotalBytes)} from {value.Source}");
        int columns = Math.Max(20, Console.WindowWidth - 1);
        globals.Error.Write($"\r{(line.Length <= columns ? line : line[..(columns - 1)] + "…")}\e[K");
    }
}
