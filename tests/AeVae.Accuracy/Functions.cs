using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Accuracy;

/// <summary>A function of <c>AeVae.Compute</c> beside its oracle.</summary>
internal interface IFunction
{
    /// <summary>What the library computes, in double before it is rounded.</summary>
    static abstract T Ours<T>(T x) where T : struct, IDoubleLanes<T>;

    static abstract DoubleDouble Exact(Vector256<double> x);

    /// <summary>Whether the exact function never decreases where it is defined.</summary>
    static virtual bool IsMonotone => true;
}

internal readonly struct Exp : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.Exp(x);
}

/// <summary>eˣ − 1 for x ≤ 0.</summary>
internal readonly struct ExpMinusOneOfNegative : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.ExpMinusOneOfNegative(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.ExpMinusOne(x);
}

internal readonly struct Log : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Log(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.Log(x);
}

internal readonly struct LogOnePlus : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.LogOnePlus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.LogOnePlus(x);
}

internal readonly struct Tanh : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.Tanh(x);
}

internal readonly struct Sigmoid : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.Sigmoid(x);
}

internal readonly struct Softplus : IFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Softplus(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.Softplus(x);
}

internal readonly struct SinTwoPi : IFunction
{
    public static bool IsMonotone => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.SinCosTwoPi(x).Sin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.SinCosTwoPi(x).Sin;
}

internal readonly struct CosTwoPi : IFunction
{
    public static bool IsMonotone => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => ElementaryFunctions.SinCosTwoPi(x).Cos;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => Oracle.SinCosTwoPi(x).Cos;
}

/// <summary>√(−2·ln u), the radius of Box and Muller, as <c>NormalLoop</c> writes it.</summary>
internal readonly struct NormalRadius : IFunction
{
    public static bool IsMonotone => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Ours<T>(T x) where T : struct, IDoubleLanes<T> => T.Sqrt(T.Broadcast(-2) * ElementaryFunctions.Log(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Exact(Vector256<double> x) => DoubleDouble.Sqrt(Oracle.Log(x).Scaled(Vector256.Create(-2.0)));
}
