using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Tests.Models;

namespace AeVae.Tests.Nc1;

/// <summary>The run that section 11 of src/Compute/README.md defines: twenty steps of a small VAE, as text.</summary>
static class ReferenceRun
{
    const int Height = 5, Width = 7, Pixels = Height * Width, BatchSize = 16;
    const double LearningRate = 1e-2;

    public static readonly ExperimentSettings Settings = new(
        Seed: 1,
        Binarization.None,
        new ModelOptions { Type = ModelType.Vae, Encoder = [23], LatentDim = 5 },
        new LossOptions(),
        new TrainingOptions { Epochs = 4, BatchSize = BatchSize, LearningRate = LearningRate },
        new EvaluationOptions());

    public static Splits Splits { get; } = new(Images(75, step: 0), Images(20, step: 1), Images(20, step: 1), [], []);

    /// <summary>What the page shows, computed here.</summary>
    public static string Describe(int threads)
    {
        using var team = new ThreadTeam(threads);
        var text = new StringBuilder();
        void Line(string what, string value) => text.Append(CultureInfo.InvariantCulture, $"{what,-22}{value}\n");

        var started = new Trainer(Settings, Splits, team);
        int[] order = started.StartEpoch(1);
        Line("training pixels", Convert.ToHexStringLower(SHA256.HashData(Splits.Train.Pixels.Span)));
        Line("epoch 1 first images", string.Join(' ', order[..8].Select(i => i.ToString(CultureInfo.InvariantCulture))) + " …");
        Line("epoch 1 step 1 noise", Noise() + " …");
        Line("initial parameters", started.Capture().ParametersSha256);
        started.TrainStep(order.AsSpan(0, BatchSize), LearningRate, klWeight: 1);
        Line("step 1 parameters", started.Capture().ParametersSha256);
        Line("step 1 optimizer", started.Capture().OptimizerSha256);
        foreach (EpochResult epoch in new Trainer(Settings, Splits, team).Run(CancellationToken.None))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}");
            Line($"{name} order", epoch.OrderSha256);
            Line($"{name} parameters", epoch.ParametersSha256);
            Line($"{name} optimizer", epoch.OptimizerSha256);
            foreach (string metric in (string[])["loss", "bce", "mse", "kl"])
                Line($"{name} {metric}", $"{Pattern.Of(epoch.Value(Split.Train, metric))} {Pattern.Of(epoch.Value(Split.Validation, metric))}");
        }

        return text.ToString();
    }

    static string Noise()
    {
        float[] noise = new float[6];
        new RandomStream(Settings.Seed, "noise").FillNormal(noise, step: 1, epoch: 1);
        return string.Join(' ', noise.Select(Pattern.Of));
    }

    /// <summary>Half of the pixels are 0. The layers are too narrow for the kernels that skip zeros; those have a recipe of their own in <c>Golden</c>.</summary>
    static ImageSet Images(int count, uint step)
    {
        uint[] words = new uint[count * Pixels];
        new RandomStream(Settings.Seed, "reference/pixels").FillBits(words, step, epoch: 0);
        return new ImageSet(words.Select(w => (byte)(w >> 31 == 0 ? 0 : w & 255)).ToArray(), default, new ImageShape(Height, Width));
    }
}
