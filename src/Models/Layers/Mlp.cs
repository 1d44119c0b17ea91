using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>Dense layers one after another: <c>name.0</c>, <c>name.1</c>, …; none at all is the identity.</summary>
sealed class Mlp
{
    readonly Dense[] layers;
    readonly Matrix[] dOutputs;   // [i]: ∂loss/∂y of layer i, (batch × width i); the last layer's comes from the caller

    /// <param name="name">Name of the layers.</param>
    /// <param name="inputs">Columns of the input.</param>
    /// <param name="widths">Columns of each layer's output.</param>
    /// <param name="hidden">Activation of all layers but the last.</param>
    /// <param name="last">Activation of the last layer.</param>
    /// <param name="capacity">Most rows.</param>
    /// <param name="inputHasZeros">Whether the input may have so many zeros that to skip them pays.</param>
    /// <param name="hiddenHaveZeros">The same of what the hidden layers say.</param>
    public Mlp(string name, int inputs, IReadOnlyList<int> widths, Activation hidden, Activation last, int capacity, bool inputHasZeros, bool hiddenHaveZeros)
    {
        layers = new Dense[widths.Count];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = new Dense($"{name}.{i}", i == 0 ? inputs : widths[i - 1], widths[i], i == layers.Length - 1 ? last : hidden, capacity, i == 0 ? inputHasZeros : hiddenHaveZeros);
        dOutputs = [.. widths.SkipLast(1).Select(width => new Matrix(capacity, width))];
    }

    public IReadOnlyList<Dense> Layers => layers;

    public Matrix Forward(Matrix x, ThreadTeam team)
    {
        Matrix y = x;
        foreach (Dense layer in layers) y = layer.Forward(y, team);
        return y;
    }

    /// <summary>Sets every parameter's gradient; <paramref name="dOutput"/> is overwritten.</summary>
    public void Backward(Matrix x, Matrix dOutput, Matrix? dX, ThreadTeam team)
    {
        for (int i = layers.Length - 1; i >= 0; i--)
            layers[i].Backward(i == 0 ? x : layers[i - 1].Output, i == layers.Length - 1 ? dOutput : dOutputs[i], i == 0 ? dX : dOutputs[i - 1], team);
    }
}
