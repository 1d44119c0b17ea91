using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Tests.Models;

/// <summary>The objective of a batch in double precision, straight from the formulas; gradients come from it by central differences.</summary>
/// <remarks>Shares no code with the network under test: weights are (out × in) rows here, and Math's own functions are used.</remarks>
sealed class ReferenceNetwork(ModelOptions model, LossOptions loss, Dictionary<string, double[]> parameters)
{
    const double Step = 1e-5;

    public Dictionary<string, double[]> Parameters { get; } = parameters;

    /// <summary>Batch mean of reconstruction term + kl_weight · KL.</summary>
    public double Objective(double[][] images, double[][] noise, double klWeight)
    {
        double sum = 0;
        for (int i = 0; i < images.Length; i++) sum += OfImage(images[i], noise[i], klWeight);
        return sum / images.Length;
    }

    public Dictionary<string, double[]> Gradient(double[][] images, double[][] noise, double klWeight)
    {
        var gradient = new Dictionary<string, double[]>();
        foreach ((string name, double[] values) in Parameters)
        {
            gradient[name] = new double[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                values[i] = value + Step;
                double above = Objective(images, noise, klWeight);
                values[i] = value - Step;
                double below = Objective(images, noise, klWeight);
                values[i] = value;
                gradient[name][i] = (above - below) / (2 * Step);
            }
        }

        return gradient;
    }

    double OfImage(double[] image, double[] noise, double klWeight)
    {
        double[] hidden = image;
        for (int i = 0; i < model.Encoder.Count; i++) hidden = Layer($"encoder.{i}", hidden, model.Activation);
        double[] z;
        double kl = 0;
        if (model.Type == ModelType.Vae)
        {
            double[] mean = Layer("mean", hidden, Activation.Identity), logVariance = Layer("log_variance", hidden, Activation.Identity);
            z = [.. mean.Select((m, j) => m + noise[j] * Exp(0.5 * logVariance[j]))];
            for (int j = 0; j < z.Length; j++) kl += 0.5 * (mean[j] * mean[j] + Exp(logVariance[j]) - 1 - logVariance[j]);
        }
        else
        {
            z = Layer($"encoder.{model.Encoder.Count}", hidden, model.LatentActivation);
        }

        int widths = (model.Decoder ?? model.Encoder).Count;
        for (int i = 0; i < widths; i++) z = Layer($"decoder.{i}", z, model.Activation);
        double[] logits = Layer($"decoder.{widths}", z, Activation.Identity);
        double term = 0;
        for (int i = 0; i < image.Length; i++)
        {
            double output = model.Output == OutputActivation.Sigmoid ? Activate(Activation.Sigmoid, logits[i]) : logits[i];
            term += loss.Reconstruction == Reconstruction.Bce
                ? Activate(Activation.Softplus, logits[i]) - logits[i] * image[i]   // = −t·log σ(x) − (1 − t)·log(1 − σ(x))
                : (output - image[i]) * (output - image[i]);
        }

        return (loss.Reduction == Reduction.Mean ? term / image.Length : term) + klWeight * kl;
    }

    double[] Layer(string name, double[] input, Activation activation)
    {
        double[] weight = Parameters[$"{name}.weight"], output = (double[])Parameters[$"{name}.bias"].Clone();
        for (int o = 0; o < output.Length; o++)
        {
            for (int i = 0; i < input.Length; i++) output[o] += weight[o * input.Length + i] * input[i];
            output[o] = Activate(activation, output[o]);
        }

        return output;
    }

#pragma warning disable RS0030 // an oracle must not share the functions that it checks
    static double Exp(double x) => Math.Exp(x);

    static double Activate(Activation activation, double x) => activation switch
    {
        Activation.Identity => x,
        Activation.Relu => x > 0 ? x : 0,
        Activation.LeakyRelu => x > 0 ? x : 0.01 * x,
        Activation.Elu => x > 0 ? x : Math.Exp(x) - 1,
        Activation.Tanh => Math.Tanh(x),
        Activation.Sigmoid => 1 / (1 + Math.Exp(-x)),
        Activation.Softplus => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
#pragma warning restore RS0030
}
