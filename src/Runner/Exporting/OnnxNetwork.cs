using AeVae.Compute;
using AeVae.Models;
using AeVae.Models.Checkpoints;

namespace AeVae.Runner.Exporting;

/// <summary>A trained autoencoder as two ONNX models: from images to codes, and from codes to images.</summary>
/// <param name="options">What the network looks like.</param>
/// <param name="parameters">Its weights and biases.</param>
/// <param name="origin">Where they come from, for the metadata.</param>
sealed class OnnxNetwork(ModelOptions options, IReadOnlyList<StoredTensor> parameters, IReadOnlyDictionary<string, string> origin)
{
    /// <summary>Input <c>image</c> (batch × pixels), outputs <c>mean</c> and <c>log_variance</c> of a VAE, <c>code</c> of an AE (batch × latents).</summary>
    public byte[] Encoder()
    {
        OnnxGraph graph = new("encoder", parameters, "image", Pixels, "pixel values from 0 to 1, row by row; the colours of a pixel side by side");
        for (int layer = 0; layer < options.Encoder.Count; layer++)
            graph.Add($"encoder.{layer}", options.Activation);
        if (options.Type == ModelType.Vae)
        {
            graph.AddOutput("mean", Activation.Identity, "mean", "mean of the posterior");
            graph.AddOutput("log_variance", Activation.Identity, "log_variance", "natural logarithm of the variance of the posterior");
        }
        else
            graph.AddOutput($"encoder.{options.Encoder.Count}", options.LatentActivation, "code", "latent code");
        return graph.ToModel(origin);
    }

    /// <summary>Input <c>code</c> (batch × latents), output <c>image</c> (batch × pixels).</summary>
    public byte[] Decoder()
    {
        OnnxGraph graph = new("decoder", parameters, "code", options.LatentDim, "latent code; of a VAE a draw from N(0, I), or the mean that the encoder gives");
        for (int layer = 0; layer < options.DecoderWidths.Count; layer++)
            graph.Add($"decoder.{layer}", options.Activation);
        graph.AddOutput(LastLayer, options.Output == OutputActivation.Sigmoid ? Activation.Sigmoid : Activation.Identity, "image", "pixel values as those that the encoder reads");
        return graph.ToModel(origin);
    }

    string LastLayer => $"decoder.{options.DecoderWidths.Count}";

    int Pixels => parameters.Single(tensor => tensor.Name == $"{LastLayer}.bias").Values.Length;
}
