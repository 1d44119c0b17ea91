using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Compute.Lanes;

/// <summary>4 floats in a 128-bit register.</summary>
internal readonly unsafe struct Float128 : IFloatLanes<Float128>
{
    readonly Vector128<float> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float128(Vector128<float> value) => this.value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 FusedMultiplyAdd(Float128 a, Float128 b, Float128 c) => new(Simd.HasFusedMultiplyAdd ? Vector128.FusedMultiplyAdd(a.value, b.value, c.value) : SoftwareFusedMultiplyAdd.Round(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 Sqrt(Float128 value) => new(Vector128.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 Positive(Float128 value) => new(Vector128.ConditionalSelect(Vector128.GreaterThan(value.value, Vector128<float>.Zero), value.value, Vector128<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 operator +(Float128 a, Float128 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 operator -(Float128 a, Float128 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 operator *(Float128 a, Float128 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128 operator /(Float128 a, Float128 b) => new(a.value / b.value);
}
