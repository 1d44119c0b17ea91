using System.Diagnostics;
using System.Globalization;
using AeVae.Data;
using AeVae.Data.Fetching;
using AeVae.Reports;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Views;

/// <summary>Progress of fetching or reading images on standard error: one line redrawn in a terminal, elsewhere one line for each source.</summary>
sealed class DataBar(string dataset, Globals globals) : IProgress<FetchProgress>, IProgress<ReadProgress>, IDisposable
{
    const int Width = 24;
    static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(100);

    readonly bool redraws = Terminal.IsInteractive;
    readonly Lock gate = new();
    readonly Stopwatch clock = Stopwatch.StartNew();
    TimeSpan drawn = -Refresh;
    string activity = "";

    /// <inheritdoc/>
    public void Report(FetchProgress value) =>
        Report($"fetching {dataset}", $"from {value.Source}", value.TotalBytes == 0 ? 0 : (double)value.Bytes / value.TotalBytes, Numbers.Bytes(value.TotalBytes));

    /// <inheritdoc/>
    public void Report(ReadProgress value) => Report($"reading {dataset}", "", (double)value.Images / value.Of, $"{Numbers.Count(value.Of)} images");

    void Report(string what, string source, double fraction, string whole)
    {
        if (globals.Quiet)
            return;
        lock (gate)
        {
            bool isNew = activity != what + source;
            activity = what + source;
            if (!redraws && isNew)
                globals.Error.WriteLine(source.Length > 0 ? $"{what} {source}" : $"{what}: {whole}");
            else if (redraws && (isNew || fraction == 1 || clock.Elapsed - drawn >= Refresh))
                Draw(what, source, fraction, whole);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (redraws && activity.Length > 0)
            globals.Error.Write("\r\e[K");
    }

    void Draw(string what, string source, double fraction, string whole)
    {
        drawn = clock.Elapsed;
        int done = (int)Math.Round(fraction * Width);
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{what} {new string('━', done)}{new string('─', Width - done)} {fraction,4:P0} of {whole} {source}").TrimEnd();
        int columns = Math.Max(20, Console.WindowWidth - 1);
        globals.Error.Write($"\r{(line.Length <= columns ? line : line[..(columns - 1)] + "…")}\e[K");
    }
}
