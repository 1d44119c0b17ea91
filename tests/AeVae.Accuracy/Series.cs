using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Accuracy;

/// <summary>A Taylor series c₀ + c₁x + c₂x² + … whose coefficients are 1/n!, with or without alternating signs.</summary>
internal sealed class Series
{
    readonly double[] high, low;
    readonly int wide;

    /// <summary>Coefficients ±1/<paramref name="first"/>!, ±1/(<paramref name="first"/> + <paramref name="step"/>)!, …</summary>
    /// <param name="first">n of the constant term.</param>
    /// <param name="step">n from term to term.</param>
    /// <param name="alternating">Whether every second term is negative.</param>
    /// <param name="terms">Number of terms.</param>
    /// <param name="wide">Leading terms that are added in double-double, n ≤ 17; of the others a double says enough.</param>
    public Series(int first, int step, bool alternating, int terms, int wide)
    {
        this.wide = wide;
        (high, low) = (new double[terms], new double[terms]);
        for (int i = 0; i < terms; i++)
        {
            double factorial = 1, sign = alternating && i % 2 == 1 ? -1 : 1;
            for (int n = 2; n <= first + i * step; n++) factorial *= n;      // exact to 22!
            high[i] = sign / factorial;
            low[i] = Math.FusedMultiplyAdd(-high[i], factorial, sign) / factorial;
        }
    }

    /// <summary>The sum at x, where each term is less than half the one before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble At(DoubleDouble x)
    {
        int i = high.Length - 1;
        Vector256<double> tail = Vector256.Create(high[i]);
        while (--i >= wide) tail = Vector256.FusedMultiplyAdd(tail, x.High, Vector256.Create(high[i]));

        // Low may grow to a few units of High's last place here: normalising it in every step would double the time.
        Vector256<double> sum = tail, low = Vector256<double>.Zero, minusX = Vector256<double>.Zero - x.High;
        for (; i >= 0; i--)
        {
            Vector256<double> c = Vector256.Create(high[i]), product = sum * x.High, minusError = Vector256.FusedMultiplyAdd(sum, minusX, product);
            low = Vector256.FusedMultiplyAdd(low, x.High, Vector256.FusedMultiplyAdd(sum, x.Low, Vector256.Create(this.low[i]) - minusError));
            sum = c + product;
            low += product - (sum - c);
        }
        return DoubleDouble.OrderedSum(sum, low);
    }
}
