using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Compute.Lanes;

/// <summary>4 floats in a 128-bit register.</summary>
internal unsafe struct Float128<TFusedMultiplyAdd> : IFloatLanes<Float128<TFusedMultiplyAdd>>
    where TFusedMultiplyAdd : struct, IFusedMultiplyAdd
{
    Vector128<float> value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Float128(Vector128<float> value) => this.value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FusedMultiplyAdd(Float128<TFusedMultiplyAdd> a, Float128<TFusedMultiplyAdd> b, ref Float128<TFusedMultiplyAdd> sum) => sum.value = TFusedMultiplyAdd.Of(a.value, b.value, sum.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> Sqrt(Float128<TFusedMultiplyAdd> value) => new(Vector128.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> Abs(Float128<TFusedMultiplyAdd> value) => new(Vector128.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> IfGreater(Float128<TFusedMultiplyAdd> a, Float128<TFusedMultiplyAdd> b, Float128<TFusedMultiplyAdd> yes, Float128<TFusedMultiplyAdd> no) => new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.value, b.value), yes.value, no.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> operator +(Float128<TFusedMultiplyAdd> a, Float128<TFusedMultiplyAdd> b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> operator -(Float128<TFusedMultiplyAdd> a, Float128<TFusedMultiplyAdd> b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> operator *(Float128<TFusedMultiplyAdd> a, Float128<TFusedMultiplyAdd> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float128<TFusedMultiplyAdd> operator /(Float128<TFusedMultiplyAdd> a, Float128<TFusedMultiplyAdd> b) => new(a.value / b.value);
}
