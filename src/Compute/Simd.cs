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

    // Registers of 256 and 512 bits are used only with fused multiply-add: every CPU that has AVX2 has it.
    static SimdPath Choose() =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Fma.IsSupported ? SimdPath.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? SimdPath.Vector256
        : Vector128.IsHardwareAccelerated ? SimdPath.Vector128
        : SimdPath.Scalar;
}
