using System.Runtime.Intrinsics.X86;
using AeVae.Compute;

namespace AeVae.Tests.Compute;

/// <summary>Inputs and comparisons that the kernel tests share.</summary>
static class Samples
{
    /// <summary>Every width of register that this machine can execute; 512 bits run on pairs of 256 where they are missing.</summary>
    public static IEnumerable<SimdPath> Paths =>
        Fma.IsSupported ? [SimdPath.Scalar, SimdPath.Vector128, SimdPath.Vector256, SimdPath.Vector512] : [SimdPath.Scalar, SimdPath.Vector128];

    public static readonly int[] ThreadCounts = [1, 2, 3, 5, 8];

    /// <summary>Normal numbers of very different sizes, with some exact zeros of both signs.</summary>
    public static Matrix Normal(int rows, int columns, string name, float spread = 1)
    {
        Matrix matrix = new(rows, columns);
        RandomStream stream = new(7, name);
        for (int row = 0; row < rows; row++)
        {
            Span<float> values = matrix.Row(row);
            stream.FillNormal(values, 0, (uint)row);
            for (int i = 0; i < columns; i++)
            {
                if ((row * 31 + i) % 11 == 0) values[i] = i % 2 == 0 ? 0f : -0f;
                else if ((row + i) % 5 == 0) values[i] *= 1e-3f;
                values[i] *= spread;
            }
        }
        return matrix;
    }

    /// <summary>Numbers in (0, 1).</summary>
    public static Matrix Uniform(int rows, int columns, string name)
    {
        Matrix matrix = new(rows, columns);
        RandomStream stream = new(7, name);
        for (int row = 0; row < rows; row++) stream.FillUniform(matrix.Row(row), 0, (uint)row);
        return matrix;
    }

    public static Matrix Of(params float[] row)
    {
        Matrix matrix = new(1, row.Length);
        row.CopyTo(matrix.Row(0));
        return matrix;
    }

    /// <summary>Bit patterns of every element, row by row.</summary>
    public static int[] Bits(Matrix matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).SelectMany(row => matrix.Row(row).ToArray()).Select(BitConverter.SingleToInt32Bits)];

    public static long[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    /// <summary>Whether everything between the last column and the stride is +0.</summary>
    public static unsafe bool PaddingIsZero(Matrix matrix)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int i = matrix.Columns; i < matrix.Stride; i++)
            {
                if (BitConverter.SingleToInt32Bits(matrix.Origin[row * matrix.Stride + i]) != 0) return false;
            }
        }
        return true;
    }
}
