using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>What the kernels run on. The only file that asks the hardware; the answer changes the speed, never a result (NC-1 C4).</summary>
public static class Simd
{
    /// <summary>Chosen once per process: the widest registers that the hardware and the runtime's settings allow.</summary>
    public static SimdPath Path { get; } = Choose();

    /// <summary>Whether <c>Vector128.FusedMultiplyAdd</c> is one instruction; a constant to the JIT.</summary>
    static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>Runs items of a loop with the given registers.</summary>
    internal static void Run<TLoop>(ref TLoop loop, SimdPath path, int first, int end)
        where TLoop : struct, ILoop
    {
        switch (path)
        {
            case SimdPath.Vector512: loop.Run<Float512, Double512>(first, end); break;
            case SimdPath.Vector256: loop.Run<Float256, Double256>(first, end); break;
            case SimdPath.Vector128 when HasFusedMultiplyAdd: loop.Run<Float128<HardwareFusedMultiplyAdd>, Double128>(first, end); break;
            case SimdPath.Vector128: loop.Run<Float128<SoftwareFusedMultiplyAdd>, Double128>(first, end); break;
            default: loop.Run<FloatScalar, DoubleScalar>(first, end); break;
        }
    }

    /// <summary>Has memory brought to the caches that will be read or written soon, where the hardware can be asked to. That never faults: what is named may lie past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Prefetch(void* memory, int bytes)
    {
        const int CacheLineBytes = 64;
        if (!Sse.IsSupported) return;
        for (int i = 0; i < bytes; i += CacheLineBytes) Sse.Prefetch0((byte*)memory + i);
    }

    /// <summary>Rounds 4 doubles to floats, by one instruction where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Narrow(Vector256<double> value) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(value) : Vector128.Narrow(value.GetLower(), value.GetUpper());

    /// <summary>Rounds 8 doubles to floats, by one instruction where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Narrow(Vector512<double> value) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(value) : Vector256.Narrow(value.GetLower(), value.GetUpper());

    /// <summary>Copies a square of 4 by 4 floats, its rows to columns.</summary>
    /// <param name="from">Its first element.</param>
    /// <param name="fromStep">Floats from one of its rows to the next.</param>
    /// <param name="to">Where the first element of the copy goes.</param>
    /// <param name="toStep">Floats from one row of the copy to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Transpose4(float* from, nint fromStep, float* to, nint toStep)
    {
        if (!Sse.IsSupported)
        {
            for (int row = 0; row < 4; row++)
            {
                for (int column = 0; column < 4; column++) to[column * toStep + row] = from[row * fromStep + column];
            }
            return;
        }
        Vector128<float> row0 = Vector128.Load(from), row1 = Vector128.Load(from + fromStep), row2 = Vector128.Load(from + 2 * fromStep), row3 = Vector128.Load(from + 3 * fromStep);
        Vector128<float> upperLeft = Sse.UnpackLow(row0, row1), upperRight = Sse.UnpackHigh(row0, row1), lowerLeft = Sse.UnpackLow(row2, row3), lowerRight = Sse.UnpackHigh(row2, row3);
        Sse.MoveLowToHigh(upperLeft, lowerLeft).Store(to);
        Sse.MoveHighToLow(lowerLeft, upperLeft).Store(to + toStep);
        Sse.MoveLowToHigh(upperRight, lowerRight).Store(to + 2 * toStep);
        Sse.MoveHighToLow(lowerRight, upperRight).Store(to + 3 * toStep);
    }

    // Registers of 256 and 512 bits are used only with fused multiply-add: every CPU that has AVX2 has it.
    static SimdPath Choose() =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Fma.IsSupported ? SimdPath.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? SimdPath.Vector256
        : Vector128.IsHardwareAccelerated ? SimdPath.Vector128
        : SimdPath.Scalar;
}
