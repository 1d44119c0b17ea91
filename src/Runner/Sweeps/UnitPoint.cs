using AeVae.Compute;

namespace AeVae.Runner.Sweeps;

/// <summary>Where points lie: numbers in [0, 1), each a function of its number and of the parameter alone.</summary>
static class UnitPoint
{
    static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];

    /// <summary>Dimensions that Halton's sequence has here; far below, its later ones are no longer spread evenly.</summary>
    public static int MostHaltonDimensions => Primes.Length;

    /// <summary>53 random bits of the stream <c>sweep/PARAMETER</c>: words 0 and 1 of its step.</summary>
    /// <param name="seed">Seed of the sweep.</param>
    /// <param name="parameter">The dotted key.</param>
    /// <param name="number">Number of the point, from 1.</param>
    public static double Random(ulong seed, string parameter, int number)
    {
        Span<uint> words = stackalloc uint[2];
        new RandomStream(seed, $"sweep/{parameter}").FillBits(words, step: (uint)number, epoch: 0);
        return ((((ulong)words[1] << 32) | words[0]) >> 11) * (1.0 / (1L << 53));
    }

    /// <summary>The radical inverse of a number: its digits in a prime base, mirrored at the point.</summary>
    /// <remarks>Halton 1960; without leaps and without scrambling.</remarks>
    /// <param name="dimension">From 0; its base is the prime of that number.</param>
    /// <param name="number">Number of the point, from 1.</param>
    public static double Halton(int dimension, int number)
    {
        int radix = Primes[dimension];
        double numerator = 0, denominator = 1;   // whole numbers below 2⁵³, so that the quotient is rounded once
        for (; number > 0; number /= radix)
            (numerator, denominator) = (numerator * radix + number % radix, denominator * radix);
        return numerator / denominator;
    }
}
