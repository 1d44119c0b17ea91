namespace AeVae.Reports.Charts;

/// <summary>An axis of numbers or of names.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends, above <paramref name="Low"/>.</param>
/// <param name="Ticks">Where something is written, in ascending order.</param>
sealed record Axis(string Title, double Low, double High, IReadOnlyList<(double At, string Label)> Ticks)
{
    const double NearZero = 1.0 / 3;   // lowest over highest value

    /// <summary>Whether there is nothing before <see cref="Low"/>, so that a chart begins right there.</summary>
    public bool HasHardStart { get; init; }

    /// <summary>An axis over values that cannot be negative; it begins at zero where one of them is less than a third of the highest.</summary>
    /// <param name="title">What it shows, with its unit.</param>
    /// <param name="values">At least one, all finite; negative ones, as ends of intervals may be, count as zero.</param>
    /// <param name="most">Largest number of steps.</param>
    public static Axis FromZero(string title, IReadOnlyList<double> values, int most)
    {
        double[] positive = [.. values.Select(value => Math.Max(0, value))];
        double highest = positive.Max();
        Axis axis = highest == 0 ? Over(title, [0, 1], most) : Over(title, positive.Min() < NearZero * highest ? [0, highest] : positive, most);
        return axis with { HasHardStart = axis.Low == 0 };
    }

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
