namespace AeVae.Reports.Charts;

/// <summary>An axis of numbers or of names.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, above <paramref name="Low"/>.</param>
/// <param name="Ticks">Where something is written, in ascending order.</param>
sealed record Axis(string Title, double Low, double High, IReadOnlyList<(double At, string Label)> Ticks)
{
    /// <summary>An axis over values, with round ticks, that begins and ends at ticks.</summary>
    /// <param name="title">What it shows, with its unit.</param>
    /// <param name="values">At least one, all finite.</param>
    /// <param name="most">Largest number of steps.</param>
    public static Axis Over(string title, IReadOnlyList<double> values, int most)
    {
        (double low, double high) = (values.Min(), values.Max());
        double magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (high - low <= 1e-9 * magnitude || magnitude == 0)
        {
            double margin = magnitude == 0 ? 1 : magnitude / 10;
            (low, high) = (low - margin, high + margin);
        }

        Ticks ticks = Charts.Ticks.For(high - low, most);
        (low, high) = (ticks.Below(low), ticks.Above(high));
        int power = Charts.Ticks.CommonExponent(Math.Max(Math.Abs(low), Math.Abs(high)));
        return new Axis(ChartFrame.Scaled(title, power), low, high, [.. ticks.Within(low, high).Select(v => (v, ticks.Label(v, power)))]);
    }
}
