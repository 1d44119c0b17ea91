using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>The step from the encoder's last hidden layer to the z that the decoder sees.</summary>
interface ILatentLayer
{
    IReadOnlyList<Dense> Layers { get; }

    /// <summary>What the encoder says without noise: the code, or μ; (batch × latent).</summary>
    Matrix Mean { get; }

    /// <summary>Computes <see cref="Mean"/>, and log σ² where there is one.</summary>
    void Encode(Matrix hidden, ThreadTeam team);

    /// <summary>z of the last <see cref="Encode"/>.</summary>
    /// <param name="noise">ε ~ N(0, I), (batch × latent); unused where z has no noise.</param>
    /// <param name="team">Threads.</param>
    Matrix Sample(Matrix noise, ThreadTeam team);

    /// <summary>Sets the layers' gradients of reconstruction and KL term.</summary>
    /// <param name="hidden">Input of the forward pass.</param>
    /// <param name="noise">ε of the forward pass.</param>
    /// <param name="dZ">∂reconstruction/∂z; overwritten.</param>
    /// <param name="klScale">∂loss/∂(KL of one image).</param>
    /// <param name="dHidden">(batch × hidden); null when there is no hidden layer.</param>
    /// <param name="team">Threads.</param>
    void Backward(Matrix hidden, Matrix noise, Matrix dZ, float klScale, Matrix? dHidden, ThreadTeam team);
}
