using System.Runtime.CompilerServices;

namespace AeVae.Compute.Lanes;

/// <summary>Two values as one of twice the lanes: of two long chains of operations that advance together, neither waits for the other.</summary>
internal readonly unsafe struct DoublePair<T> : IDoubleLanes<DoublePair<T>>
    where T : struct, IDoubleLanes<T>
{
    readonly T low, high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DoublePair(T low, T high) => (this.low, this.high) = (low, high);

    public static int Count => 2 * T.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Load(double* source) => new(T.Load(source), T.Load(source + T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* destination)
    {
        low.Store(destination);
        high.Store(destination + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Widen(float* source) => new(T.Widen(source), T.Widen(source + T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Narrow(float* destination)
    {
        low.Narrow(destination);
        high.Narrow(destination + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Broadcast(double value) => new(T.Broadcast(value), T.Broadcast(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> BroadcastBits(long bits) => new(T.BroadcastBits(bits), T.BroadcastBits(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Sqrt(DoublePair<T> value) => new(T.Sqrt(value.low), T.Sqrt(value.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Greater(DoublePair<T> a, DoublePair<T> b) => new(T.Greater(a.low, b.low), T.Greater(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Same(DoublePair<T> a, DoublePair<T> b) => new(T.Same(a.low, b.low), T.Same(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(DoublePair<T> mask) => T.Any(T.Or(mask.low, mask.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Select(DoublePair<T> mask, DoublePair<T> yes, DoublePair<T> no) => new(T.Select(mask.low, yes.low, no.low), T.Select(mask.high, yes.high, no.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> And(DoublePair<T> a, DoublePair<T> b) => new(T.And(a.low, b.low), T.And(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> Or(DoublePair<T> a, DoublePair<T> b) => new(T.Or(a.low, b.low), T.Or(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> AddBits(DoublePair<T> a, DoublePair<T> b) => new(T.AddBits(a.low, b.low), T.AddBits(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> ShiftBitsLeft(DoublePair<T> value, int count) => new(T.ShiftBitsLeft(value.low, count), T.ShiftBitsLeft(value.high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> ShiftBitsRight(DoublePair<T> value, int count) => new(T.ShiftBitsRight(value.low, count), T.ShiftBitsRight(value.high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> operator +(DoublePair<T> a, DoublePair<T> b) => new(a.low + b.low, a.high + b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> operator -(DoublePair<T> a, DoublePair<T> b) => new(a.low - b.low, a.high - b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> operator *(DoublePair<T> a, DoublePair<T> b) => new(a.low * b.low, a.high * b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoublePair<T> operator /(DoublePair<T> a, DoublePair<T> b) => new(a.low / b.low, a.high / b.high);
}
