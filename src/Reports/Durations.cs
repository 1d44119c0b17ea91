using System.Globalization;

namespace AeVae.Reports;

/// <summary>Durations as people say them.</summary>
public static class Durations
{
    /// <summary><c>0.8 s</c>, <c>12 s</c>, <c>1 min 52 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Format(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F1} s"),
        < 59.5 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F0} s"),
        < 3599.5 => string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Round(duration.TotalSeconds) / 60} min {(int)Math.Round(duration.TotalSeconds) % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Round(duration.TotalMinutes) / 60} h {(int)Math.Round(duration.TotalMinutes) % 60:00} min"),
    };
}
