using System.Runtime.CompilerServices;

namespace AeVae.Compute.Lanes;

/// <summary>Two values as one of twice the lanes: of two long chains of operations that advance together, neither waits for the other.</summary>
internal readonly unsafe struct PairOf<T> : IDoubleLanes<PairOf<T>>
    where T : struct, IDoubleLanes<T>
{
    readonly T low, high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    PairOf(T low, T high) => (this.low, this.high) = (low, high);

    public static int Count => 2 * T.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Load(double* source) => new(T.Load(source), T.Load(source + T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* destination)
    {
        low.Store(destination);
        high.Store(destination + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Widen(float* source) => new(T.Widen(source), T.Widen(source + T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Narrow(float* destination)
    {
        low.Narrow(destination);
        high.Narrow(destination + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Broadcast(double value) => new(T.Broadcast(value), T.Broadcast(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> BroadcastBits(long bits) => new(T.BroadcastBits(bits), T.BroadcastBits(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Sqrt(PairOf<T> value) => new(T.Sqrt(value.low), T.Sqrt(value.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Greater(PairOf<T> a, PairOf<T> b) => new(T.Greater(a.low, b.low), T.Greater(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Same(PairOf<T> a, PairOf<T> b) => new(T.Same(a.low, b.low), T.Same(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(PairOf<T> mask) => T.Any(T.Or(mask.low, mask.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Select(PairOf<T> mask, PairOf<T> yes, PairOf<T> no) => new(T.Select(mask.low, yes.low, no.low), T.Select(mask.high, yes.high, no.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> And(PairOf<T> a, PairOf<T> b) => new(T.And(a.low, b.low), T.And(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> Or(PairOf<T> a, PairOf<T> b) => new(T.Or(a.low, b.low), T.Or(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> AddBits(PairOf<T> a, PairOf<T> b) => new(T.AddBits(a.low, b.low), T.AddBits(a.high, b.high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> ShiftBitsLeft(PairOf<T> value, int count) => new(T.ShiftBitsLeft(value.low, count), T.ShiftBitsLeft(value.high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> ShiftBitsRight(PairOf<T> value, int count) => new(T.ShiftBitsRight(value.low, count), T.ShiftBitsRight(value.high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> operator +(PairOf<T> a, PairOf<T> b) => new(a.low + b.low, a.high + b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> operator -(PairOf<T> a, PairOf<T> b) => new(a.low - b.low, a.high - b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> operator *(PairOf<T> a, PairOf<T> b) => new(a.low * b.low, a.high * b.high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairOf<T> operator /(PairOf<T> a, PairOf<T> b) => new(a.low / b.low, a.high / b.high);
}
