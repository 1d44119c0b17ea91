using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>What the kernels run on. The only file that asks the hardware; the answer changes the speed, never a result (NC-1 C4).</summary>
public static class Simd
{
    const int CacheLineBytes = 64;

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
        if (!Sse.IsSupported) return;

        // Written out, since the JIT leaves a loop a loop.
        byte* line = (byte*)memory;
        Sse.Prefetch0(line);
        if (bytes > CacheLineBytes) Sse.Prefetch0(line + CacheLineBytes);
        if (bytes > 2 * CacheLineBytes) Sse.Prefetch0(line + 2 * CacheLineBytes);
        if (bytes > 3 * CacheLineBytes) Sse.Prefetch0(line + 3 * CacheLineBytes);
        for (int i = 4 * CacheLineBytes; i < bytes; i += CacheLineBytes) Sse.Prefetch0(line + i);
    }

    /// <summary>Takes memory that is about to be changed back from cores that have read it, by a store to each line that leaves it as it is.</summary>
    /// <remarks>
    /// A store waits until no other core holds its line, and all later stores wait behind it. In a loop that stores to several matrices few lines are on their way at a time; with one store
    /// for each line, as many as the core can ask for. That halves the time of an update where cores share no cache. Of a few lines the first is wanted again before its store is done,
    /// and waits for it: they are left to the loop.
    /// </remarks>
    /// <param name="floats">Start of a line.</param>
    /// <param name="count">Number of floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Claim(float* floats, int count)
    {
        const int LineFloats = CacheLineBytes / sizeof(float), FewLines = 4;
        if (count < FewLines * LineFloats) return;
        for (int i = 0; i < count; i += LineFloats) floats[i] = Volatile.Read(ref floats[i]);     // volatile, lest the compiler find nothing to do
    }

    /// <summary>Rounds 4 doubles to floats, by one instruction where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Narrow(Vector256<double> value) =>
        Avx.IsSupported ? Avx.ConvertToVector128Single(value) : Vector128.Narrow(value.GetLower(), value.GetUpper());

    /// <summary>Rounds 8 doubles to floats, by one instruction where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Narrow(Vector512<double> value) =>
        Avx512F.IsSupported ? Avx512F.ConvertToVector256Single(value) : Vector256.Narrow(value.GetLower(), value.GetUpper());

    /// <summary>Moves those of four lanes that are not named in a mask together, in their order; what follows them is of no meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Vector128<int> LeaveOut(uint mask, Vector128<int> lanes)
    {
        ReadOnlySpan<byte> order =      // bytes of the lanes that stay, for every mask
        [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
            4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
            0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
            8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0,
            4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
            12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0,
            4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
            8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0,
            4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ];
        byte* first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(order));       // constants of the program do not move
        Vector128<byte> bytes = Vector128.Load(first + mask * (uint)Vector128<byte>.Count);
        return (Ssse3.IsSupported ? Ssse3.Shuffle(lanes.AsByte(), bytes) : Vector128.Shuffle(lanes.AsByte(), bytes)).AsInt32();
    }

    /// <summary>Stores lanes in pairs: first 0, second 0, first 1, second 1, ….</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void StorePairs(Vector128<int> first, Vector128<int> second, int* to)
    {
        if (Sse2.IsSupported)
        {
            Sse2.UnpackLow(first, second).Store(to);
            Sse2.UnpackHigh(first, second).Store(to + 4);
            return;
        }
        for (int lane = 0; lane < 4; lane++) (to[2 * lane], to[2 * lane + 1]) = (first[lane], second[lane]);
    }

    /// <summary>Copies a square of 4 by 4 floats, its rows to columns.</summary>
    /// <param name="from">Its first element.</param>
    /// <param name="fromStep">Floats from one of its rows to the next.</param>
    /// <param name="to">Where the first element of the copy goes.</param>
    /// <param name="toStep">Floats from one row of the copy to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Transpose4(float* from, nint fromStep, float* to, nint toStep)
    {
        (Vector128<float> row0, Vector128<float> row1, Vector128<float> row2, Vector128<float> row3) = Columns4(from, fromStep);
        row0.Store(to);
        row1.Store(to + toStep);
        row2.Store(to + 2 * toStep);
        row3.Store(to + 3 * toStep);
    }

    /// <summary>Columns of a square of 4 by 4 floats.</summary>
    /// <param name="from">Its first element.</param>
    /// <param name="fromStep">Floats from one of its rows to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Fourth) Columns4(float* from, nint fromStep)
    {
        float* from1 = from + fromStep, from2 = from1 + fromStep, from3 = from2 + fromStep;
        if (!Sse.IsSupported)
        {
            return (Vector128.Create(from[0], from1[0], from2[0], from3[0]), Vector128.Create(from[1], from1[1], from2[1], from3[1]),
                Vector128.Create(from[2], from1[2], from2[2], from3[2]), Vector128.Create(from[3], from1[3], from2[3], from3[3]));
        }
        Vector128<float> row0 = Vector128.Load(from), row1 = Vector128.Load(from1), row2 = Vector128.Load(from2), row3 = Vector128.Load(from3);
        Vector128<float> upperLeft = Sse.UnpackLow(row0, row1), upperRight = Sse.UnpackHigh(row0, row1), lowerLeft = Sse.UnpackLow(row2, row3), lowerRight = Sse.UnpackHigh(row2, row3);
        return (Sse.MoveLowToHigh(upperLeft, lowerLeft), Sse.MoveHighToLow(lowerLeft, upperLeft), Sse.MoveLowToHigh(upperRight, lowerRight), Sse.MoveHighToLow(lowerRight, upperRight));
    }

    // Registers of 256 and 512 bits are used only with fused multiply-add: every CPU that has AVX2 has it.
    static SimdPath Choose() =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Fma.IsSupported ? SimdPath.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? SimdPath.Vector256
        : Vector128.IsHardwareAccelerated ? SimdPath.Vector128
        : SimdPath.Scalar;
}
