using System.Globalization;
using AeVae.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>What a process runs on, in its own words.</summary>
/// <param name="Path">Registers that the kernels use.</param>
/// <param name="Fma">Whether x64's fused multiply-add may be used.</param>
/// <param name="Libm">Bits of some double functions of the C library, which change with the CPU and the library.</param>
sealed record Machine(SimdPath Path, bool Fma, string Libm)
{
    public static Machine Here { get; } = new(Simd.Path, System.Runtime.Intrinsics.X86.Fma.IsSupported, LibraryBits());

    public static Machine Parse(string line) =>
        line.Split(' ') is [var path, var fma, var libm] ? new(Enum.Parse<SimdPath>(path), bool.Parse(fma), libm) : throw new FormatException(line);

    public override string ToString() => $"{Path} {Fma} {Libm}";

#pragma warning disable RS0030 // the point is that these change and the reference run does not
    static string LibraryBits()
    {
        ulong bits = 0;
        for (int i = 1; i <= 2000; i++)
        {
            double x = i * 0.0123;
            foreach (double y in (double[])[Math.Exp(x), Math.Sin(x), Math.Log(x), Math.Pow(x, 1.7)]) bits = ulong.RotateLeft(bits, 7) ^ BitConverter.DoubleToUInt64Bits(y);
        }

        return bits.ToString("x16", CultureInfo.InvariantCulture);
    }
#pragma warning restore RS0030
}
