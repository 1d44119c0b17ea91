using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Accuracy;

/// <summary>Four numbers of about 106 bits, each the unevaluated sum of two doubles, |Low| ≤ half a unit of the last place of High.</summary>
/// <remarks>Dekker 1971, Knuth's TwoSum, and the bounds of Joldes, Muller and Popescu 2017 (doi:10.1145/3121432): every operator errs by less than 2⁻¹⁰² of its result.</remarks>
internal readonly struct DoubleDouble
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble(Vector256<double> high, Vector256<double> low) => (High, Low) = (high, low);

    public Vector256<double> High { get; }

    public Vector256<double> Low { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator DoubleDouble(Vector256<double> value) => new(value, Vector256<double>.Zero);

    /// <summary>a + b exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(Vector256<double> a, Vector256<double> b)
    {
        Vector256<double> sum = a + b, bPart = sum - a;
        return new(sum, (a - (sum - bPart)) + (b - bPart));
    }

    /// <summary>a + b exactly, where |a| ≥ |b| or a = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble OrderedSum(Vector256<double> a, Vector256<double> b)
    {
        Vector256<double> sum = a + b;
        return new(sum, b - (sum - a));
    }

    /// <summary>a·b exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(Vector256<double> a, Vector256<double> b)
    {
        Vector256<double> product = a * b;
        return new(product, Vector256.FusedMultiplyAdd(a, b, Vector256<double>.Zero - product));
    }

    /// <summary>this + b, where |b| ≤ |this|/2: shorter than the operator, because nothing cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble PlusSmaller(DoubleDouble b)
    {
        DoubleDouble sum = OrderedSum(High, b.High);
        return OrderedSum(sum.High, sum.Low + (Low + b.Low));
    }

    /// <summary>this·2ᵏ, exact without underflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble Scaled(Vector256<double> powerOfTwo) => new(High * powerOfTwo, Low * powerOfTwo);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High), low = Sum(a.Low, b.Low);
        high = OrderedSum(high.High, high.Low + low.High);
        return OrderedSum(high.High, high.Low + low.Low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a) => new(Vector256<double>.Zero - a.High, Vector256<double>.Zero - a.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble product = Product(a.High, b.High);
        return OrderedSum(product.High, product.Low + (a.High * b.Low + a.Low * b.High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        Vector256<double> quotient = a.High / b.High;
        DoubleDouble product = Product(quotient, b.High);
        Vector256<double> remainder = ((a.High - product.High) - product.Low) + (a.Low - quotient * b.Low);
        return OrderedSum(quotient, remainder / b.High);
    }

    /// <summary>√a, where a is above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        Vector256<double> root = Vector256.Sqrt(a.High);
        return OrderedSum(root, (a - Product(root, root)).High / (root + root));
    }

    /// <summary>Lane by lane, <paramref name="yes"/> where the mask is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Select(Vector256<double> mask, DoubleDouble yes, DoubleDouble no) =>
        new(Vector256.ConditionalSelect(mask, yes.High, no.High), Vector256.ConditionalSelect(mask, yes.Low, no.Low));
}
