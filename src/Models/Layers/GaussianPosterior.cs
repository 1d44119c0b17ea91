using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>The posterior q(z|x) = N(μ, diag σ²) of a variational autoencoder, with z = μ + ε·σ.</summary>
/// <remarks>Kingma and Welling 2014 (arXiv:1312.6114). Two heads, <c>mean</c> and <c>log_variance</c>, read the encoder's last hidden layer.</remarks>
sealed class GaussianPosterior : ILatentLayer
{
    readonly Dense mean;
    readonly Dense logVariance;
    readonly Matrix z;
    readonly Matrix dMean;
    readonly Matrix dLogVariance;
    readonly Matrix dHiddenOfLogVariance;

    public GaussianPosterior(int inputs, int latentDim, int capacity, bool inputHasZeros)
    {
        mean = new Dense("mean", inputs, latentDim, Activation.Identity, capacity, inputHasZeros);
        logVariance = new Dense("log_variance", inputs, latentDim, Activation.Identity, capacity, inputHasZeros);
        z = new Matrix(capacity, latentDim);
        dMean = new Matrix(capacity, latentDim);
        dLogVariance = new Matrix(capacity, latentDim);
        dHiddenOfLogVariance = new Matrix(capacity, inputs);
    }

    public IReadOnlyList<Dense> Layers => [mean, logVariance];

    public Matrix Mean => mean.Output;

    /// <summary>log σ², (batch × latent).</summary>
    public Matrix LogVariance => logVariance.Output;

    public void Encode(Matrix hidden, ThreadTeam team)
    {
        mean.Forward(hidden, team);
        logVariance.Forward(hidden, team);
    }

    public Matrix Sample(Matrix noise, ThreadTeam team)
    {
        z.Rows = Mean.Rows;
        LossKernels.Reparameterize(Mean, LogVariance, noise, z, team);
        return z;
    }

    public void Backward(Matrix hidden, Matrix noise, Matrix dZ, float klScale, Matrix? dHidden, ThreadTeam team)
    {
        dMean.Rows = dLogVariance.Rows = dZ.Rows;
        LossKernels.ReparameterizeGradient(LogVariance, noise, dZ, dMean, dLogVariance, team);
        if (klScale != 0) LossKernels.GaussianKlGradient(Mean, LogVariance, klScale, dMean, dLogVariance, team);
        mean.Backward(hidden, dMean, dHidden, team);
        logVariance.Backward(hidden, dLogVariance, dHidden is null ? null : dHiddenOfLogVariance, team);
        if (dHidden is not null) ElementwiseKernels.Add(dHiddenOfLogVariance, dHidden, team);
    }
}
