using System.Runtime.CompilerServices;

namespace AeVae.Compute;

/// <summary>Shape checks that name both matrices.</summary>
internal static class Shape
{
    /// <exception cref="ArgumentException"><paramref name="matrix"/> has not the given rows and columns.</exception>
    public static void Require(Matrix matrix, int rows, int columns, [CallerArgumentExpression(nameof(matrix))] string name = "", [CallerArgumentExpression(nameof(rows))] string wantedRows = "", [CallerArgumentExpression(nameof(columns))] string wantedColumns = "")
    {
        if (matrix.Rows != rows || matrix.Columns != columns)
            throw new ArgumentException($"{name} is {matrix}, but ({wantedRows} × {wantedColumns}) is ({rows} × {columns})", name);
    }

    /// <exception cref="ArgumentException">The two shapes differ.</exception>
    public static void RequireSame(Matrix matrix, Matrix other, [CallerArgumentExpression(nameof(matrix))] string name = "", [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        if (matrix.Rows != other.Rows || matrix.Columns != other.Columns)
            throw new ArgumentException($"{name} is {matrix} but {otherName} is {other}", name);
    }

    /// <exception cref="ArgumentException"><paramref name="perImage"/> has not one place per row.</exception>
    public static void RequireRows(Span<double> perImage, Matrix matrix, [CallerArgumentExpression(nameof(perImage))] string name = "", [CallerArgumentExpression(nameof(matrix))] string matrixName = "")
    {
        if (perImage.Length != matrix.Rows)
            throw new ArgumentException($"{name} has {perImage.Length} places but {matrixName} is {matrix}", name);
    }
}
