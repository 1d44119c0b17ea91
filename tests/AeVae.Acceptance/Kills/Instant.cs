using System.Diagnostics;
using System.Globalization;

namespace AeVae.Acceptance.Kills;

/// <summary>When a process is killed: a time after a line of its output, so that the instant keeps its meaning on a busy machine.</summary>
/// <param name="Epoch">The epoch whose line is waited for; 0 for that of the begin, −1 for none.</param>
/// <param name="Delay">The time after it.</param>
/// <param name="Change">Then the next change of such a file is waited for as well, which hits moments that are short; null for none.</param>
internal sealed record Instant(int Epoch, TimeSpan Delay, string? Change)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Any instant of the process's life is as likely as any other; one kill in three is aimed at a change of the database or of a checkpoint.</summary>
    /// <param name="pace">That of a run which is left alone.</param>
    /// <param name="epochsDone">Epochs that need no training any more.</param>
    public static Instant Draw(Pace pace, int epochsDone)
    {
        // Starting takes as long as all the rest, and is one phase of nine.
        if (Chance.OneIn(8))
            return new(-1, pace.Start * Chance.Fraction(), null);
        string? change = Chance.Below(6) switch { 0 => "results.db-wal", 1 => "*.tmp", _ => null };
        TimeSpan[] parts = [.. pace.Epochs.Skip(epochsDone), pace.Rest];
        double at = Chance.Fraction() * parts.Sum(part => part.TotalSeconds);
        int passed = 0;
        while (at > parts[passed].TotalSeconds && passed < parts.Length - 1)
            at -= parts[passed++].TotalSeconds;
        return new(passed == 0 ? 0 : epochsDone + passed, TimeSpan.FromSeconds(at), change);
    }

    /// <returns>True at the instant; false when the process ended before.</returns>
    public bool Await(Process process, string folder)
    {
        if (Epoch >= 0 && !ReadTo(process))
            return false;
        if (process.WaitForExit(Delay))
            return false;
        if (Change is null)
            return true;
        using ManualResetEventSlim changed = new();
        using FileSystemWatcher watcher = new(folder, Change) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.Size | NotifyFilters.LastWrite };
        watcher.Changed += (_, _) => changed.Set();
        watcher.Created += (_, _) => changed.Set();
        watcher.EnableRaisingEvents = true;
        changed.Wait(Patience);
        return !process.HasExited;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Delay.TotalMilliseconds:0} ms after {(Epoch < 0 ? "its start" : $"epoch {Epoch}")}{(Change is null ? "" : $", and a change of {Change}")}");

    bool ReadTo(Process process)
    {
        string awaited = Epoch == 0 ? "\"event\":\"start\"" : string.Create(CultureInfo.InvariantCulture, $"\"epoch\":{Epoch},");
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(awaited, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
