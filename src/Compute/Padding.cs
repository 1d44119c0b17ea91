namespace AeVae.Compute;

/// <summary>The floats between the last column and the stride, which stay zero.</summary>
internal static unsafe class Padding
{
    public static void Clear(Matrix matrix, int row) =>
        new Span<float>(matrix.Origin + (nint)row * matrix.Stride + matrix.Columns, matrix.Stride - matrix.Columns).Clear();

    /// <summary>The padding of some rows.</summary>
    public static void Clear(Matrix matrix, int firstRow, int endRow)
    {
        for (int row = firstRow; row < endRow; row++) Clear(matrix, row);
    }
}
