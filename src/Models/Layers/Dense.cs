using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>y = f(x·W + b), with x (batch × in), W (in × out), b (1 × out), y (batch × out).</summary>
sealed class Dense
{
    readonly Activation activation;
    readonly NonzeroLists? zeros;

    /// <param name="name">Parameters are <paramref name="name"/> + <c>.weight</c> and <c>.bias</c>, all zero.</param>
    /// <param name="inputs">Columns of x.</param>
    /// <param name="outputs">Columns of y.</param>
    /// <param name="activation">f.</param>
    /// <param name="capacity">Most rows.</param>
    /// <param name="inputHasZeros">Whether x may have so many zeros that to skip them pays.</param>
    public Dense(string name, int inputs, int outputs, Activation activation, int capacity, bool inputHasZeros)
    {
        this.activation = activation;
        Weight = Parameter.Weight($"{name}.weight", inputs, outputs);
        Bias = Parameter.Bias($"{name}.bias", outputs);
        Output = new Matrix(capacity, outputs);
        zeros = inputHasZeros ? new NonzeroLists(capacity, inputs) : null;
    }

    public Parameter Weight { get; }

    public Parameter Bias { get; }

    /// <summary>y of the last forward pass, (batch × out).</summary>
    public Matrix Output { get; }

    public Matrix Forward(Matrix x, ThreadTeam team)
    {
        Output.Rows = x.Rows;
        DenseKernels.Forward(x, Weight.Value.Matrix, Bias.Value.Matrix, Output, team, zeros);
        if (activation != Activation.Identity) ActivationKernels.Forward(activation, Output, Output, team);
        return Output;
    }

    /// <summary>Sets the gradients of W and b, and dX where the caller needs it.</summary>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="dOutput">∂loss/∂y; holds ∂loss/∂(x·W + b) afterwards.</param>
    /// <param name="dX">(batch × in); null for the first layer.</param>
    /// <param name="team">Threads.</param>
    public void Backward(Matrix x, Matrix dOutput, Matrix? dX, ThreadTeam team)
    {
        if (activation != Activation.Identity) ActivationKernels.Backward(activation, Output, dOutput, dOutput, team);
        DenseKernels.WeightGradient(x, dOutput, Weight.Gradient, team, zeros);
        DenseKernels.BiasGradient(dOutput, Bias.Gradient, team);
        if (dX is null) return;
        dX.Rows = x.Rows;
        DenseKernels.InputGradient(dOutput, Weight.Value.Matrix, dX, team);
    }
}
