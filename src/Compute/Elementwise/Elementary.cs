using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Elementary functions with the same bits on every machine (NC-1 C8). Floats are evaluated in double and rounded once.</summary>
public static class Elementary
{
    /// <summary>eˣ.</summary>
    public static float Exp(float x) => (float)ElementaryFunctions.Exp(Wide(x)).ToDouble();

    /// <summary>ln x; −∞ at ±0, NaN below.</summary>
    public static float Log(float x) => (float)ElementaryFunctions.Log(Wide(x)).ToDouble();

    /// <summary>ln(1 + x), accurate near 0; −∞ at −1, NaN below.</summary>
    public static float Log1p(float x) => (float)ElementaryFunctions.LogOnePlus(Wide(x)).ToDouble();

    /// <summary>tanh x, accurate near 0.</summary>
    public static float Tanh(float x) => (float)ElementaryFunctions.Tanh(Wide(x)).ToDouble();

    /// <summary>1/(1 + e⁻ˣ), accurate at both ends.</summary>
    public static float Sigmoid(float x) => (float)ElementaryFunctions.Sigmoid(Wide(x)).ToDouble();

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    public static float Softplus(float x) => (float)ElementaryFunctions.Softplus(Wide(x)).ToDouble();

    /// <summary>eˣ within a few units of the last place; 0 below −707.</summary>
    public static double Exp(double x) => ElementaryFunctions.Exp(Wide(x)).ToDouble();

    /// <summary>ln x within a few units of the last place; −∞ at ±0, NaN below.</summary>
    public static double Log(double x)
    {
        const double TwoTo54 = 18014398509481984.0, Ln2 = 0.69314718055994531, SmallestNormal = 2.2250738585072014e-308;
        return x > 0 && x < SmallestNormal
            ? ElementaryFunctions.Log(Wide(x * TwoTo54)).ToDouble() - 54 * Ln2
            : ElementaryFunctions.Log(Wide(x)).ToDouble();
    }

    /// <summary>sin 2πu and cos 2πu for |u| ≤ 2⁴⁸, exact at quarter turns.</summary>
    public static (double Sin, double Cos) SinCosTwoPi(double u)
    {
        (DoubleScalar sin, DoubleScalar cos) = ElementaryFunctions.SinCosTwoPi(Wide(u));
        return (sin.ToDouble(), cos.ToDouble());
    }

    static DoubleScalar Wide(double x) => DoubleScalar.Broadcast(x);
}
