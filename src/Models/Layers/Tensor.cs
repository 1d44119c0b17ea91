using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>A named matrix with the shape that the outside world sees: a weight (in × out) is the tensor (out, in), a bias (1 × out) the tensor (out), as in PyTorch.</summary>
/// <param name="Name">For example <c>encoder.0.weight</c>.</param>
/// <param name="Rank">2 for weights, 1 for biases.</param>
/// <param name="Matrix">(in × out), or (1 × out) for rank 1.</param>
sealed record Tensor(string Name, int Rank, Matrix Matrix)
{
    /// <summary>(out, in) or (out).</summary>
    public int[] Shape => Rank == 1 ? [Matrix.Columns] : [Matrix.Columns, Matrix.Rows];

    /// <summary>Number of elements.</summary>
    public int Count => Matrix.Rows * Matrix.Columns;

    /// <summary>Elements in row-major order of <see cref="Shape"/>.</summary>
    public float[] ToArray()
    {
        float[] values = new float[Count];
        int inputs = Matrix.Rows;
        for (int input = 0; input < inputs; input++)
        {
            int place = input;
            foreach (float value in Matrix.Row(input))
            {
                values[place] = value;
                place += inputs;
            }
        }

        return values;
    }

    /// <summary>Sets all elements from row-major order of <see cref="Shape"/>.</summary>
    public void CopyFrom(ReadOnlySpan<float> values)
    {
        if (values.Length != Count) throw new ArgumentException($"{Name} has {Count} elements but {values.Length} were given", nameof(values));
        for (int input = 0; input < Matrix.Rows; input++)
        {
            Span<float> row = Matrix.Row(input);
            for (int output = 0; output < row.Length; output++) row[output] = values[output * Matrix.Rows + input];
        }
    }
}
