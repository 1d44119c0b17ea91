using System.Globalization;

namespace AeVae.Tracking;

/// <summary>How many of something there are, the same in every culture.</summary>
public static class Counted
{
    /// <summary><c>1 epoch</c>, <c>12,000 epochs</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">One of them; several have an s at the end.</param>
    public static string Of(long count, string noun) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
