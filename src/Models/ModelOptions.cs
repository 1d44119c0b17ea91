using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AeVae.Compute;

namespace AeVae.Models;

/// <summary>The network: the <c>model</c> section of an experiment file.</summary>
[Description("The network.")]
public sealed record ModelOptions
{
    /// <summary>AE or VAE.</summary>
    [Description("ae: deterministic autoencoder; vae: variational autoencoder with a diagonal Gaussian posterior and an N(0, I) prior."), Required]
    public ModelType Type { get; init; }

    /// <summary>Hidden widths from the image to the latent space.</summary>
    [Description("Widths of the hidden layers from the image to the latent space; [] for none."), Range(1, 65536)]
    public IReadOnlyList<int> Encoder { get; init; } = [400];

    /// <summary>Latent dimensions.</summary>
    [Description("Dimensions of the latent space."), Range(1, 4096)]      // the evaluation needs the covariance of the codes and its axes
    public int LatentDim { get; init; } = 20;

    /// <summary>Hidden widths from the latent space to the image; null: the encoder reversed.</summary>
    [Description("Widths of the hidden layers from the latent space to the image; default: the encoder reversed."), Range(1, 65536)]
    public IReadOnlyList<int>? Decoder { get; init; }

    /// <summary><see cref="Decoder"/>, or its default.</summary>
    public IReadOnlyList<int> DecoderWidths => Decoder ?? [.. Encoder.Reverse()];

    /// <summary>Activation after every hidden layer.</summary>
    [Description("Activation after every hidden layer. leaky_relu has slope 0.01, elu has α = 1.")]
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Activation of the AE's code.</summary>
    [Description("Activation of the latent code.")]
    public Activation LatentActivation { get; init; } = Activation.Identity;

    /// <summary>Last step of the decoder.</summary>
    [Description("Last step of the decoder: sigmoid gives pixel values in (0, 1), identity leaves them unbounded (mse only).")]
    public OutputActivation Output { get; init; } = OutputActivation.Sigmoid;

    /// <summary>How weights and biases start.</summary>
    [Description("Initial weights. torch: weights and biases uniform in ±1/√fan_in (PyTorch's Linear); glorot: weights uniform in ±√(6/(fan_in + fan_out)), biases 0; he: weights normal with standard deviation √(2/fan_in), biases 0.")]
    public Initialization Init { get; init; } = Initialization.Torch;
}

/// <summary>Kind of autoencoder.</summary>
public enum ModelType
{
    /// <summary>Deterministic autoencoder.</summary>
    Ae,

    /// <summary>Variational autoencoder (Kingma and Welling 2014).</summary>
    Vae,
}

/// <summary>Last step of the decoder.</summary>
public enum OutputActivation
{
    /// <summary>Logits through σ: pixel values in (0, 1).</summary>
    Sigmoid,

    /// <summary>Unbounded pixel values.</summary>
    Identity,
}

/// <summary>Initial distribution of weights and biases.</summary>
public enum Initialization
{
    /// <summary>Uniform ±1/√fan_in, weights and biases: the default of PyTorch's Linear.</summary>
    Torch,

    /// <summary>Weights uniform ±√(6/(fan_in + fan_out)), biases 0 (Glorot and Bengio 2010).</summary>
    Glorot,

    /// <summary>Weights normal with variance 2/fan_in, biases 0 (He et al. 2015).</summary>
    He,
}
