namespace AeVae.Reports.Statistics;

/// <summary>Student's t distribution with a whole number of degrees of freedom.</summary>
/// <remarks>Student 1908, The Probable Error of a Mean; the finite sums are 26.7.3 and 26.7.4 of Abramowitz and Stegun 1964, the series of the tails is 26.5.4 with 26.7.1.</remarks>
static class StudentT
{
    /// <summary>Probability that a draw is at most <paramref name="t"/>.</summary>
    /// <param name="t">Any number, ±∞ included.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Cdf(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        double beyond = Beyond(Math.Abs(t), degreesOfFreedom) / 2;
        return t < 0 ? beyond : 1 - beyond;
    }

    /// <summary>The t that a draw stays below with the given probability; ±∞ for 1 and 0.</summary>
    /// <param name="probability">From 0 to 1.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Quantile(double probability, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        if (!(probability is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability is from 0 to 1");
        if (probability < 0.5) return -Quantile(1 - probability, degreesOfFreedom);
        if (probability == 1) return double.PositiveInfinity;

        double low = 0, high = 1;
        while (Cdf(high, degreesOfFreedom) < probability) high *= 2;
        while (true)
        {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) return middle;   // neighbouring doubles
            if (Cdf(middle, degreesOfFreedom) < probability) low = middle;
            else high = middle;
        }
    }

    /// <summary>Probability that a draw does not lie between −t and t, however small.</summary>
    static double Beyond(double t, int n)
    {
        double x = n / (n + t * t);
        if (!(x < 0.5)) return 1 - Within(t, n);
        double a = n / 2.0, sum = 0, term = n % 2 == 0 ? x / 2 : Math.Sqrt(x) / Math.PI;    // xᵏ/B(k, ½) for k = 1 or ½, then on to a
        for (double k = n % 2 == 0 ? 1 : 0.5; k < a; k++) term *= x * (k + 0.5) / k;
        term *= Math.Sqrt(1 - x) / a;
        for (int k = 0; sum + term > sum; k++)
        {
            sum += term;
            term *= x * (a + 0.5 + k) / (a + 1 + k);
        }

        return sum;
    }

    /// <summary>Probability that a draw lies between −t and t.</summary>
    static double Within(double t, int n)
    {
        double x = t / Math.Sqrt(n), cos2 = 1 / (1 + x * x), sin = double.IsInfinity(t) ? 1 : x * Math.Sqrt(cos2);   // of θ = atan(t/√n)
        double term = n % 2 == 0 ? 1 : Math.Sqrt(cos2), sum = n == 1 ? 0 : term;
        for (int k = n % 2 == 0 ? 1 : 2; k <= n - 3; k += 2)
        {
            term *= cos2 * k / (k + 1);
            sum += term;
        }

        return n % 2 == 0 ? sin * sum : 2 / Math.PI * (Math.Atan(x) + sin * sum);
    }
}
