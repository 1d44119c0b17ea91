namespace AeVae.Reports.Statistics;

/// <summary>The density of N(0, 1), from a table: the same on every machine, where exponentials of the system's library are not.</summary>
static class NormalDensity
{
    /// <summary>Beyond this it is taken as 0; it is below 10⁻⁸ there.</summary>
    public const double Reach = 6;

    const int StepsPerUnit = 512;
    static readonly double[] Table = [.. Enumerable.Range(0, (int)(Reach * StepsPerUnit) + 2).Select(i => Exact((double)i / StepsPerUnit))];

    /// <summary>The density at <paramref name="x"/>, right to 10⁻⁶.</summary>
    public static double At(double x)
    {
        double at = Math.Abs(x) * StepsPerUnit;
        if (!(at < Reach * StepsPerUnit)) return 0;
        int i = (int)at;
        return Table[i] + (at - i) * (Table[i + 1] - Table[i]);
    }

    /// <summary>The number that a draw stays below with the given probability, right to 10⁻⁵ for probabilities from 10⁻⁴ to 1 − 10⁻⁴.</summary>
    public static double Quantile(double probability)
    {
        if (probability < 0.5) return -Quantile(1 - probability);
        double below = 0.5;
        for (int i = 0; i + 1 < Table.Length; i++)
        {
            double step = (Table[i] + Table[i + 1]) / 2 / StepsPerUnit;
            if (below + step > probability) return (i + (probability - below) / step) / StepsPerUnit;
            below += step;
        }

        return Reach;
    }

    // exp(−x²/2) as the 1024th power of a number near 1, whose series ends soon.
    static double Exact(double x)
    {
        const int squarings = 10, terms = 8;
        double small = x * x / 2 / (1 << squarings), term = 1, power = 1;
        for (int k = 1; k <= terms; k++) power += term *= -small / k;
        for (int k = 0; k < squarings; k++) power *= power;
        return power / Math.Sqrt(2 * Math.PI);
    }
}
