using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AeVae.Compute.Lanes;

/// <summary>a·b + c rounded once. A type, not a branch in the kernel: the JIT gives up inlining twelve branches.</summary>
internal interface IFusedMultiplyAdd
{
    static abstract Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c);
}

/// <summary>By instruction: AdvSimd, or FMA.</summary>
internal readonly struct HardwareFusedMultiplyAdd : IFusedMultiplyAdd
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.FusedMultiplyAdd(a, b, c);
}
