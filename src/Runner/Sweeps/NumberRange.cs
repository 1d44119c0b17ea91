using System.Globalization;
using AeVae.Compute;

namespace AeVae.Runner.Sweeps;

/// <summary>Numbers from one bound to another: all of them, or those of a lattice.</summary>
/// <remarks>Results are rounded to 6 significant digits (those of a lattice to 12), so that they read well; every operation before has the same bits on every machine.</remarks>
/// <param name="First">First value.</param>
/// <param name="Last">Last value; a lattice may end before it.</param>
/// <param name="IsLogarithmic">Evenly on a logarithmic scale.</param>
/// <param name="Quantum">Distance of neighbours in a lattice; negative when it descends; null where every number is possible.</param>
/// <param name="Steps">Values in a grid; null for all of the lattice.</param>
sealed record NumberRange(double First, double Last, bool IsLogarithmic, double? Quantum, int? Steps)
{
    // 0.1 + 2·0.1 is not 0.3: without this, rounding would cost a lattice its last value.
    const double Slack = 1e-9;

    /// <summary>Values of the lattice; infinite without one.</summary>
    public double LatticeCount => Quantum is { } quantum ? Math.Floor((Last - First) / quantum + Slack) + 1 : double.PositiveInfinity;

    /// <summary>Values in a grid.</summary>
    public double Count => Steps ?? LatticeCount;

    /// <summary>A value of a grid, from 0.</summary>
    public double ValueAt(int index)
    {
        if (Steps is not { } steps)
            return OfLattice(index);
        if (index == 0)
            return First;
        double t = (double)index / (steps - 1);
        double value = index == steps - 1 ? Last : IsLogarithmic ? First * Elementary.Exp(t * Elementary.Log(Last / First)) : First + t * (Last - First);
        return Quantum is null ? Rounded(value) : Nearest(value);
    }

    /// <summary>The value at a quantile.</summary>
    public double Draw(double u)
    {
        if (Quantum is not { } quantum)
            return Rounded(IsLogarithmic ? Logarithmic(First, Last, u) : First + u * (Last - First));
        // Half a quantum on either side, so that the outermost values are drawn as often as their neighbours.
        return IsLogarithmic
            ? Nearest(Logarithmic(First - quantum / 2, OfLattice(LatticeCount - 1) + quantum / 2, u))
            : OfLattice(Math.Floor(u * LatticeCount));
    }

    static double Logarithmic(double first, double last, double u) => Elementary.Exp(Elementary.Log(first) + u * (Elementary.Log(last) - Elementary.Log(first)));

    double Nearest(double value) => OfLattice(Math.Clamp(Math.Round((value - First) / Quantum!.Value), 0, LatticeCount - 1));

    double OfLattice(double index) => Rounded(First + index * Quantum!.Value, significantDigits: 12);

    double Rounded(double value) => Math.Clamp(Rounded(value, significantDigits: 6), First, Last);

    /// <summary>The nearest decimal number.</summary>
    public static double Rounded(double value, int significantDigits) =>
        double.Parse(value.ToString($"E{significantDigits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;
}
