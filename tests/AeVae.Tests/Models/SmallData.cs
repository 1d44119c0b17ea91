using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;

namespace AeVae.Tests.Models;

/// <summary>A few small images with two hidden causes and two classes, and settings that train on them in milliseconds.</summary>
static class SmallData
{
    public const int Height = 3;
    public const int Width = 4;
    public const int Pixels = Height * Width;
    public static readonly ImageShape Shape = new(Height, Width);

    public static Splits Splits(int train = 45, int validation = 17, int test = 21) =>
        new(Images(train, "train"), Images(validation, "validation"), Images(test, "test"), ["dark", "light"], []);

    public static ImageSet Images(int count, string stream)
    {
        float[] causes = new float[2 * count], noise = new float[Pixels * count];
        new RandomStream(3, stream).FillUniform(causes, step: 0, epoch: 0);
        new RandomStream(3, stream).FillUniform(noise, step: 1, epoch: 0);
        byte[] pixels = new byte[count * Pixels], labels = new byte[count];
        for (int image = 0; image < count; image++)
        {
            labels[image] = (byte)(causes[2 * image] < 0.5f ? 0 : 1);
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                float mix = pixel / (Pixels - 1f);
                float grey = 0.1f + 0.6f * (mix * causes[2 * image] + (1 - mix) * causes[2 * image + 1]) + 0.2f * noise[image * Pixels + pixel];
                pixels[image * Pixels + pixel] = (byte)(255 * grey);
            }
        }

        return new ImageSet(pixels, labels, Shape);
    }

    public static ExperimentSettings Vae(int epochs = 3) => new(
        Seed: 7,
        Binarization.None,
        new ModelOptions { Type = ModelType.Vae, Encoder = [10], LatentDim = 3 },
        new LossOptions(),
        new TrainingOptions { Epochs = epochs, BatchSize = 8, LearningRate = 1e-2 },
        new EvaluationOptions());

    public static ExperimentSettings Ae(int epochs = 3)
    {
        ExperimentSettings vae = Vae(epochs);
        return vae with { Model = vae.Model with { Type = ModelType.Ae } };
    }

    public static IReadOnlyList<EpochResult> Train(ExperimentSettings settings, Splits? splits = null, int threads = 1)
    {
        using var team = new ThreadTeam(threads);
        return [.. new Trainer(settings, splits ?? Splits(), team).Run(CancellationToken.None)];
    }

    public static double Value(this EpochResult epoch, Split split, string name) => epoch.Metrics.Single(m => m.Split == split && m.Name == name).Value;
}
