namespace AeVae.Compute;

/// <summary>Width of the registers that the kernels use.</summary>
public enum SimdPath
{
    /// <summary>One number at a time.</summary>
    Scalar,

    /// <summary>128 bits: SSE2, or Arm's AdvSimd.</summary>
    Vector128,

    /// <summary>256 bits: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512,
}
