using System.Runtime.CompilerServices;

namespace AeVae.Compute.Lanes;

/// <summary>One double.</summary>
internal readonly unsafe struct DoubleScalar : IDoubleLanes<DoubleScalar>
{
    readonly double value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DoubleScalar(double value) => this.value = value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double ToDouble() => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Load(double* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* destination) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Widen(float* source) => new(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Narrow(float* destination) => *destination = (float)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Broadcast(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar BroadcastBits(long bits) => new(BitConverter.Int64BitsToDouble(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Sqrt(DoubleScalar value) => new(Math.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Greater(DoubleScalar a, DoubleScalar b) => BroadcastBits(a.value > b.value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Same(DoubleScalar a, DoubleScalar b) => BroadcastBits(a.value == b.value ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(DoubleScalar mask) => BitConverter.DoubleToInt64Bits(mask.value) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Select(DoubleScalar mask, DoubleScalar yes, DoubleScalar no) => BitConverter.DoubleToInt64Bits(mask.value) != 0 ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar And(DoubleScalar a, DoubleScalar b) => BroadcastBits(BitConverter.DoubleToInt64Bits(a.value) & BitConverter.DoubleToInt64Bits(b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar Or(DoubleScalar a, DoubleScalar b) => BroadcastBits(BitConverter.DoubleToInt64Bits(a.value) | BitConverter.DoubleToInt64Bits(b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar AddBits(DoubleScalar a, DoubleScalar b) => BroadcastBits(BitConverter.DoubleToInt64Bits(a.value) + BitConverter.DoubleToInt64Bits(b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar ShiftBitsLeft(DoubleScalar value, int count) => BroadcastBits(BitConverter.DoubleToInt64Bits(value.value) << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar ShiftBitsRight(DoubleScalar value, int count) => BroadcastBits(BitConverter.DoubleToInt64Bits(value.value) >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar operator +(DoubleScalar a, DoubleScalar b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar operator -(DoubleScalar a, DoubleScalar b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar operator *(DoubleScalar a, DoubleScalar b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleScalar operator /(DoubleScalar a, DoubleScalar b) => new(a.value / b.value);
}
