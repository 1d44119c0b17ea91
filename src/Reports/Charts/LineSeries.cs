using AeVae.Reports.Drawing;

namespace AeVae.Reports.Charts;

/// <summary>One curve over epochs.</summary>
/// <param name="Name">Stands at the end of the curve.</param>
/// <param name="Colour">Colour of the curve.</param>
/// <param name="Dashed">Dashed or solid.</param>
/// <param name="Points">Epoch and value, by epoch, at least one; values that are not finite leave a gap.</param>
sealed record LineSeries(string Name, Colour Colour, bool Dashed, IReadOnlyList<(int Epoch, double Value)> Points);
