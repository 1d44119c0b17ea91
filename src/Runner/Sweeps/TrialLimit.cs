using System.Globalization;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>How many trials a sweep may have: counted before any of them is made.</summary>
static class TrialLimit
{
    /// <summary>More would take longer than anyone waits, and their list alone more memory than a small machine has.</summary>
    public const int Most = 100_000;

    /// <summary>The problem of a sweep that is too large; null when it is not.</summary>
    public static LocatedProblem? Defect(int variants, double points, int seeds, Position at)
    {
        double trials = Math.Max(1, variants) * points * Math.Max(1, seeds);
        return trials <= Most ? null : at.Problem(string.Create(CultureInfo.InvariantCulture,
            $"{Math.Max(1, variants)} {(variants > 1 ? "variants" : "variant")} × {Number(points)} points × {Math.Max(1, seeds)} {(seeds > 1 ? "seeds" : "seed")} are {Number(trials)} trials; at most {Most:N0} are possible. Take fewer values, or draw some points: method: random, trials: 100."));
    }

    // Steps far below the rounding of their bounds give more points than a number can say.
    static string Number(double count) => count < 1e18 ? count.ToString("N0", CultureInfo.InvariantCulture) : "more than 10^18";
}
