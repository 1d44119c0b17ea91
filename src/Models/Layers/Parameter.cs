using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>A trained tensor and its gradient.</summary>
sealed class Parameter
{
    Parameter(string name, int rank, int rows, int columns)
    {
        Value = new(name, rank, new Matrix(rows, columns));
        Gradient = new Matrix(rows, columns);
    }

    public string Name => Value.Name;

    public Tensor Value { get; }

    /// <summary>∂loss/∂value of the last backward pass, same layout as the value.</summary>
    public Matrix Gradient { get; }

    public static Parameter Weight(string name, int inputs, int outputs) => new(name, 2, inputs, outputs);

    public static Parameter Bias(string name, int outputs) => new(name, 1, 1, outputs);
}
