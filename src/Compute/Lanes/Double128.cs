using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Compute.Lanes;

/// <summary>2 doubles in a 128-bit register.</summary>
internal readonly unsafe struct Double128 : IDoubleLanes<Double128>
{
    readonly Vector128<double> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Double128(Vector128<double> value) => this.value = value;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> ToVector() => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Load(double* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Widen(float* source) => new(Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<double>(source)).AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Narrow(float* destination) => Unsafe.WriteUnaligned(destination, Vector128.Narrow(value, value).AsDouble().ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Broadcast(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 BroadcastBits(long bits) => new(Vector128.Create(bits).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Sqrt(Double128 value) => new(Vector128.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Greater(Double128 a, Double128 b) => new(Vector128.GreaterThan(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Same(Double128 a, Double128 b) => new(Vector128.Equals(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Double128 mask) => mask.value.ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Select(Double128 mask, Double128 yes, Double128 no) => new(Vector128.ConditionalSelect(mask.value, yes.value, no.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 And(Double128 a, Double128 b) => new((a.value.AsInt64() & b.value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 Or(Double128 a, Double128 b) => new((a.value.AsInt64() | b.value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 AddBits(Double128 a, Double128 b) => new((a.value.AsInt64() + b.value.AsInt64()).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 ShiftBitsLeft(Double128 value, int count) => new((value.value.AsInt64() << count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 ShiftBitsRight(Double128 value, int count) => new((value.value.AsUInt64() >> count).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator +(Double128 a, Double128 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator -(Double128 a, Double128 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator *(Double128 a, Double128 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Double128 operator /(Double128 a, Double128 b) => new(a.value / b.value);
}
