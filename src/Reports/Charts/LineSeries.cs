using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>One curve over epochs.</summary>
/// <param name="Name">Stands at the end of the curve; empty for none.</param>
/// <param name="Colour">Colour of the curve.</param>
/// <param name="Dashed">Dashed or solid.</param>
/// <param name="Points">Epoch and value, by epoch, at least one; values that are not finite leave a gap.</param>
sealed record LineSeries(string Name, Colour Colour, bool Dashed, IReadOnlyList<(int Epoch, double Value)> Points)
{
    /// <summary>Lowest and highest value of each epoch, behind the curve; empty for none.</summary>
    public IReadOnlyList<(int Epoch, double Low, double High)> Band { get; init; } = [];
}

/// <summary>A value to measure curves by, across the whole chart.</summary>
/// <param name="Name">Stands at its end.</param>
/// <param name="Value">The value, finite.</param>
readonly record struct ReferenceLine(string Name, double Value);
