namespace AeVae.Reports.Charts;

/// <summary>Maps values linearly to positions on the page.</summary>
/// <param name="Low">Value at <paramref name="From"/>.</param>
/// <param name="High">Value at <paramref name="To"/>, greater than <paramref name="Low"/>.</param>
/// <param name="From">Position of the lowest value.</param>
/// <param name="To">Position of the highest value.</param>
readonly record struct Scale(double Low, double High, double From, double To)
{
    /// <summary>Position of <paramref name="value"/>.</summary>
    public double At(double value) => From + (value - Low) / (High - Low) * (To - From);
}
