using System.Globalization;

namespace AeVae.Reports;

/// <summary>Durations as people say them.</summary>
static class Durations
{
    /// <summary><c>8.3 s</c>, <c>2 min 3 s</c>, <c>1 h 5 min</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration.TotalSeconds < 59.95) return duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
        TimeSpan whole = TimeSpan.FromSeconds(Math.Round(duration.TotalSeconds));
        return whole.TotalMinutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{whole.Minutes} min {whole.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(long)whole.TotalHours} h {whole.Minutes} min");
    }
}
