using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AeVae.Compute;

/// <summary>What the kernels run on. The only file that asks the hardware; the answer changes the speed, never a result (NC-1 C4).</summary>
public static class Simd
{
    /// <summary>Chosen once per process: the widest registers that the hardware and the runtime's settings allow.</summary>
    public static SimdPath Path { get; } = Choose();

    /// <summary>Whether <c>Vector128.FusedMultiplyAdd</c> is one instruction; a constant to the JIT.</summary>
    internal static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    // Registers of 256 and 512 bits are used only with fused multiply-add: every CPU that has AVX2 has it.
    static SimdPath Choose() =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Fma.IsSupported ? SimdPath.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? SimdPath.Vector256
        : Vector128.IsHardwareAccelerated ? SimdPath.Vector128
        : SimdPath.Scalar;
}
