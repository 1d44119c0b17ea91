using AeVae.Compute;

namespace AeVae.Accuracy;

/// <summary>Arguments in a fixed order, each of them a float.</summary>
internal interface IArguments
{
    static abstract long Count { get; }

    static abstract double At(long index);
}

/// <summary>Every float: the bit patterns from 0 to 2³² − 1.</summary>
internal readonly struct AllFloats : IArguments
{
    public static long Count => 1L << 32;

    public static double At(long index) => BitConverter.UInt32BitsToSingle((uint)index);
}

/// <summary>Every float from −0 to −∞.</summary>
internal readonly struct NegativeFloats : IArguments
{
    const uint NegativeZeroBits = 0x8000_0000, NegativeInfinityBits = 0xFF80_0000;

    public static long Count => NegativeInfinityBits - NegativeZeroBits + 1L;

    public static double At(long index) => BitConverter.UInt32BitsToSingle(NegativeZeroBits + (uint)index);
}

/// <summary>Every float in [−1, 1]: first +0 … 1, then −0 … −1.</summary>
internal readonly struct UnitFloats : IArguments
{
    const uint OneBits = 0x3F80_0000, SignBit = 0x8000_0000;
    const long PerSign = OneBits + 1L;

    public static long Count => 2 * PerSign;

    public static double At(long index) => BitConverter.UInt32BitsToSingle((uint)(index < PerSign ? index : index - PerSign + SignBit));
}

/// <summary>Every uniform number that a <see cref="RandomStream"/> can draw.</summary>
internal readonly struct Uniforms : IArguments
{
    public static long Count => 1L << 23;

    public static double At(long index) => RandomStream.Uniform((uint)index << 9);
}
