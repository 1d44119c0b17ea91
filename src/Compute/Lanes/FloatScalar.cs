using System.Runtime.CompilerServices;

namespace AeVae.Compute.Lanes;

/// <summary>One float, for machines without vector registers; it has no fused multiply-add in hardware either.</summary>
internal unsafe struct FloatScalar : IFloatLanes<FloatScalar>
{
    float value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    FloatScalar(float value) => this.value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Load(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FusedMultiplyAdd(FloatScalar a, FloatScalar b, ref FloatScalar sum) => sum.value = SoftwareFusedMultiplyAdd.Of(a.value, b.value, sum.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Sqrt(FloatScalar value) => new(MathF.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar Abs(FloatScalar value) => new(MathF.Abs(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar IfGreater(FloatScalar a, FloatScalar b, FloatScalar yes, FloatScalar no) => a.value > b.value ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator +(FloatScalar a, FloatScalar b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator -(FloatScalar a, FloatScalar b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator *(FloatScalar a, FloatScalar b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FloatScalar operator /(FloatScalar a, FloatScalar b) => new(a.value / b.value);
}
