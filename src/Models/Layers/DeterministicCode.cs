using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>The code of an autoencoder: z = f(h·W + b), the encoder's last layer.</summary>
sealed class DeterministicCode(string name, int inputs, int latentDim, Activation activation, int capacity, bool inputHasZeros) : ILatentLayer
{
    readonly Dense code = new(name, inputs, latentDim, activation, capacity, inputHasZeros);

    public IReadOnlyList<Dense> Layers => [code];

    public Matrix Mean => code.Output;

    public void Encode(Matrix hidden, ThreadTeam team) => code.Forward(hidden, team);

    public Matrix Sample(Matrix noise, ThreadTeam team) => code.Output;

    public void Backward(Matrix hidden, Matrix noise, Matrix dZ, float klScale, Matrix? dHidden, ThreadTeam team) =>
        code.Backward(hidden, dZ, dHidden, team);
}
