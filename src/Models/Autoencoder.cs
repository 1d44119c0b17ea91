using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models;

/// <summary>Encoder, latent layer and decoder, with buffers for a fixed number of rows; nothing is allocated after construction.</summary>
sealed class Autoencoder
{
    readonly Mlp encoder;
    readonly ILatentLayer latent;
    readonly Mlp decoder;
    readonly Matrix? dHidden;   // null when the latent layer reads the image itself
    readonly Matrix dZ;
    Matrix hidden;
    Matrix z;

    /// <param name="options">The network.</param>
    /// <param name="pixels">Pixels of an image.</param>
    /// <param name="seed">Key of the streams that draw the parameters.</param>
    /// <param name="capacity">Rows of the largest batch.</param>
    public Autoencoder(ModelOptions options, int pixels, ulong seed, int capacity)
    {
        int features = options.Encoder.Count == 0 ? pixels : options.Encoder[^1];
        IReadOnlyList<int> decoderWidths = options.DecoderWidths;
        // Images are mostly black and a rectified layer is half off.
        bool hiddenHaveZeros = options.Activation == Activation.Relu, featuresHaveZeros = options.Encoder.Count == 0 || hiddenHaveZeros;
        encoder = new Mlp("encoder", pixels, options.Encoder, options.Activation, options.Activation, capacity, inputHasZeros: true, hiddenHaveZeros);
        latent = options.Type == ModelType.Vae
            ? new GaussianPosterior(features, options.LatentDim, capacity, featuresHaveZeros)
            : new DeterministicCode($"encoder.{options.Encoder.Count}", features, options.LatentDim, options.LatentActivation, capacity, featuresHaveZeros);
        decoder = new Mlp("decoder", options.LatentDim, [.. decoderWidths, pixels], options.Activation, Activation.Identity, capacity, inputHasZeros: false, hiddenHaveZeros);
        LatentDim = options.LatentDim;
        Capacity = capacity;
        dHidden = options.Encoder.Count == 0 ? null : new Matrix(capacity, features);
        dZ = new Matrix(capacity, options.LatentDim);
        hidden = z = dZ;

        Dense[] layers = [.. encoder.Layers, .. latent.Layers, .. decoder.Layers];
        foreach (Dense layer in layers) WeightInitializer.Draw(layer, options.Init, seed);
        Parameters = [.. layers.SelectMany(l => new[] { l.Weight, l.Bias }).OrderBy(p => p.Name, StringComparer.Ordinal)];
    }

    public int LatentDim { get; }

    /// <summary>Rows of the largest batch.</summary>
    public int Capacity { get; }

    /// <summary>All parameters in ordinal name order.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>q(z|x) of the last <see cref="Encode"/>; null for an ae.</summary>
    public GaussianPosterior? Posterior => latent as GaussianPosterior;

    /// <summary>x (batch × pixels) → code or μ (batch × latent).</summary>
    public Matrix Encode(Matrix x, ThreadTeam team)
    {
        hidden = encoder.Forward(x, team);
        latent.Encode(hidden, team);
        return latent.Mean;
    }

    /// <summary>z of the last <see cref="Encode"/>: μ + ε·σ, or the code; (batch × latent).</summary>
    public Matrix Sample(Matrix noise, ThreadTeam team) => latent.Sample(noise, team);

    /// <summary>z (batch × latent) → what the decoder says before its output activation, (batch × pixels).</summary>
    public Matrix Decode(Matrix code, ThreadTeam team)
    {
        z = code;
        return decoder.Forward(z, team);
    }

    /// <summary>Sets every parameter's gradient, after <see cref="Encode"/>, <see cref="Sample"/> and <see cref="Decode"/> of the same batch.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="noise">ε that was sampled with.</param>
    /// <param name="dDecoded">∂loss/∂(result of Decode); overwritten.</param>
    /// <param name="klScale">∂loss/∂(KL of one image).</param>
    /// <param name="team">Threads.</param>
    public void Backward(Matrix x, Matrix noise, Matrix dDecoded, float klScale, ThreadTeam team)
    {
        decoder.Backward(z, dDecoded, dZ, team);
        latent.Backward(hidden, noise, dZ, klScale, dHidden, team);
        if (dHidden is not null) encoder.Backward(x, dHidden, null, team);
    }
}
