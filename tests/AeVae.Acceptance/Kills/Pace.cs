using System.Diagnostics;

namespace AeVae.Acceptance.Kills;

/// <summary>How long the parts of a run take: until it is begun, from each epoch to the next, and from the last epoch to the end.</summary>
/// <param name="Start">Until the line of its begin.</param>
/// <param name="Epochs">From that line, or the epoch before, to each epoch.</param>
/// <param name="Rest">From the last epoch to the end of the process.</param>
internal sealed record Pace(TimeSpan Start, IReadOnlyList<TimeSpan> Epochs, TimeSpan Rest)
{
    /// <summary>All of it.</summary>
    public TimeSpan Life => Start + Epochs.Aggregate(TimeSpan.Zero, (sum, time) => sum + time) + Rest;

    /// <summary>Measures a process that writes JSON, until it ends.</summary>
    public static Pace Of(Process process)
    {
        Stopwatch clock = Stopwatch.StartNew();
        Task<string> error = process.StandardError.ReadToEndAsync();
        List<TimeSpan> lines = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (!line.Contains("\"event\":\"result\"", StringComparison.Ordinal))
                lines.Add(clock.Elapsed);
        }

        process.WaitForExit();
        Assert.True(lines.Count > 1, error.Result);
        return new Pace(lines[0], [.. lines.Zip(lines.Skip(1), (before, after) => after - before)], clock.Elapsed - lines[^1]);
    }
}
