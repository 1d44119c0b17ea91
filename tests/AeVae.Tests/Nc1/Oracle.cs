using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AeVae.Tests.Nc1;

/// <summary>The arithmetic of src/Compute/README.md written a second time, one number at a time and without a line of src.</summary>
static class Oracle
{
    const double Shift = 6755399441055744, Ln2High = 0.69314718036912382, Ln2Low = 1.9082149292705877e-10, MostExponent = 709.78271289338397;
    const long One = 0x3FF0_0000_0000_0000, RootHalf = 0x3FE6_A09E_667F_3BCD;

    /// <summary>One output of a linear layer.</summary>
    public static float Chain(float start, int count, Func<int, float> a, Func<int, float> b)
    {
        float sum = start;
        for (int k = 0; k < count; k++) sum = MathF.FusedMultiplyAdd(a(k), b(k), sum);
        return sum + 0f;
    }

    /// <summary>Sum of the terms of a row.</summary>
    public static double RowSum(int columns, Func<int, double> term)
    {
        double[] lanes = new double[16];
        for (int j = 0; j < columns; j++) lanes[j % 16] += term(j);
        for (int half = 8; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        }

        return lanes[0];
    }

    public static double Exp(double x)
    {
        (double h, double q) = Reduce(Clamp(x, -707, MostExponent));
        double y = h + h * q;
        return x > MostExponent ? double.PositiveInfinity : -707 > x ? 0 : y + y;
    }

    public static double ExpMinusOne(double x)
    {
        (double h, double q) = Reduce(Clamp(x, -40, 0));
        double g = h + h;
        return g * q + (g - 1);
    }

    public static double Log(double x) => LogOf(x, x - 1);

    public static double LogOnePlus(double x) => LogOf(x + 1, x);

    public static double Tanh(double x)
    {
        double e = ExpMinusOne(-2 * Math.Abs(x)), magnitude = (0 - e) / (e + 2);
        return double.IsNegative(x) ? -magnitude : magnitude;
    }

    public static double Sigmoid(double x)
    {
        double e = Exp(0 - Math.Abs(x));
        return (0 > x ? e : 1) / (1 + e);
    }

    public static double Softplus(double x) => Positive(x) + LogOnePlus(Exp(0 - Math.Abs(x)));

    public static double Positive(double x) => x > 0 ? x : 0;

    public static double Clamp(double x, double lowest, double highest)
    {
        x = x > highest ? highest : x;
        return lowest > x ? lowest : x;
    }

    public static (double Sin, double Cos) SinCosTwoPi(double u)
    {
        double s = u * 4 + Shift, a = (u - (s - Shift) * 0.25) * 6.2831853071795862, t = a * a;
        double sine = a + a * (Horner(t, Inverse(17), -Inverse(15), Inverse(13), -Inverse(11), Inverse(9), -Inverse(7), Inverse(5), -Inverse(3)) * t);
        double cosine = 1 + Horner(t, Inverse(16), -Inverse(14), Inverse(12), -Inverse(10), Inverse(8), -Inverse(6), Inverse(4), -Inverse(2)) * t;
        long quarter = BitConverter.DoubleToInt64Bits(s) & 3;
        if (quarter % 2 != 0) (sine, cosine) = (cosine, sine);
        return (quarter is 2 or 3 ? -sine : sine, quarter is 1 or 2 ? -cosine : cosine);
    }

    /// <summary>Word <paramref name="element"/> of a stream.</summary>
    public static uint Word(ulong seed, string purpose, uint step, uint epoch, long element)
    {
        uint stream = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(purpose)));
        uint[] c = [(uint)(element / 4), step, epoch, stream], k = [(uint)seed, (uint)(seed >> 32)];
        for (int round = 0; round < 10; round++)
        {
            ulong p = 0xD2511F53ul * c[0], q = 0xCD9E8D57ul * c[2];
            c = [(uint)(q >> 32) ^ c[1] ^ k[0], (uint)q, (uint)(p >> 32) ^ c[3] ^ k[1], (uint)p];
            k = [k[0] + 0x9E3779B9, k[1] + 0xBB67AE85];
        }

        return c[element % 4];
    }

    public static double Uniform(uint word) => (word >> 9) * (1.0 / (1 << 23)) + 1.0 / (1 << 24);

    public static float Normal(ulong seed, string purpose, uint step, uint epoch, long element)
    {
        long pair = element / 2 * 2;
        double radius = Math.Sqrt(-2 * Log(Uniform(Word(seed, purpose, step, epoch, pair))));
        (double sin, double cos) = SinCosTwoPi(Uniform(Word(seed, purpose, step, epoch, pair + 1)));
        return (float)(radius * (element % 2 == 0 ? cos : sin));
    }

    /// <summary>The coefficients from the highest power down; one product and one sum, each rounded, per coefficient.</summary>
    public static double Horner(double t, params ReadOnlySpan<double> coefficients)
    {
        double sum = coefficients[0];
        foreach (double coefficient in coefficients[1..]) sum = sum * t + coefficient;
        return sum;
    }

    /// <summary>1/n!, correctly rounded: every n! used here is a double.</summary>
    static double Inverse(int n)
    {
        double factorial = 1;
        for (int i = 2; i <= n; i++) factorial *= i;
        return 1 / factorial;
    }

    static (double HalfScale, double Fraction) Reduce(double x)
    {
        double s = x * 1.4426950408889634 + Shift, k = s - Shift, r = x - k * Ln2High - k * Ln2Low, t = r * r;
        double even = Horner(t, Inverse(12), Inverse(10), Inverse(8), Inverse(6), Inverse(4), Inverse(2));
        double odd = Horner(t, Inverse(13), Inverse(11), Inverse(9), Inverse(7), Inverse(5), Inverse(3));
        double half = BitConverter.Int64BitsToDouble((BitConverter.DoubleToInt64Bits(s) << 52) + BitConverter.DoubleToInt64Bits(0.5));
        return (half, r + t * (even + r * odd));
    }

    static double LogOf(double u, double uMinusOne)
    {
        if (double.IsNaN(u) || u < 0) return double.NaN;
        if (u == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(u)) return u;
        long v = BitConverter.DoubleToInt64Bits(u) + (One - RootHalf);
        double m = BitConverter.Int64BitsToDouble((v & 0x000F_FFFF_FFFF_FFFF) + RootHalf), k = (v >>> 52) - 1023;
        double f = k == 0 ? uMinusOne : m - 1, s = f / (f + 2), t = s * s, z = t * t;
        double even = Horner(z, 2 / 19.0, 2 / 15.0, 2 / 11.0, 2 / 7.0, 2 / 3.0), odd = Horner(z, 2 / 21.0, 2 / 17.0, 2 / 13.0, 2 / 9.0, 2 / 5.0);
        return k * Ln2High + (s + s + (s * (t * (even + t * odd)) + k * Ln2Low));
    }
}
