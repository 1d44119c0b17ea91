using System.Globalization;

namespace AeVae.Runner.Views;

/// <summary>Numbers as people read them, alike in every locale.</summary>
static class NumberText
{
    /// <summary>A metric: four digits or more, and as many decimals as its size needs; counts without decimals.</summary>
    public static string Metric(double value) => Math.Abs(value) switch
    {
        < 1e7 when value == Math.Truncate(value) => value.ToString("F0", CultureInfo.InvariantCulture),
        >= 1e7 or (> 0 and < 1e-5) => value.ToString("0.000e+0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F2", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("F3", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("F4", CultureInfo.InvariantCulture),
        >= 0.01 => value.ToString("F5", CultureInfo.InvariantCulture),
        >= 0.001 => value.ToString("F6", CultureInfo.InvariantCulture),
        >= 0.0001 => value.ToString("F7", CultureInfo.InvariantCulture),
        double.NaN => "NaN",
        _ => value.ToString("F8", CultureInfo.InvariantCulture),
    };

    /// <summary>A whole number with thousands separated: <c>652,824</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A rate, rounded: <c>58,210</c>.</summary>
    public static string Rate(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A duration: <c>0.8 s</c>, <c>12 s</c>, <c>1 min 52 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        < 59.5 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        < 3599.5 => string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Round(time.TotalSeconds) / 60} min {(int)Math.Round(time.TotalSeconds) % 60:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Round(time.TotalMinutes) / 60} h {(int)Math.Round(time.TotalMinutes) % 60:00} min"),
    };

    /// <summary>A length in bytes, in units of 1000: <c>54.9 MB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
    };
}
