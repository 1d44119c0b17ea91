using System.Diagnostics;
using AeVae.Compute;
using AeVae.Data;

namespace AeVae.Models;

/// <summary>The training step whose speed is quoted: the VAE of PyTorch's examples, 784–400–20–400–784, with Adam on 128 images.</summary>
public static class ReferenceStep
{
    const int Pixels = 784, Hidden = 400, Latents = 20, BatchSize = 128;
    const int StepsPerStretch = 10;

    static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <summary>The network and its batch, in a few words.</summary>
    public static string Name => $"VAE {Pixels}-{Hidden}-{Latents}, batch {BatchSize}";

    /// <summary>Floating-point operations of one step by the formula, 419,840,000.</summary>
    /// <inheritdoc cref="OperationsOf" path="/remarks"/>
    public static double Operations => OperationsOf(BatchSize);

    /// <summary>Trains on generated digits, four in five of whose pixels are 0, for about a second.</summary>
    /// <returns>Seconds of one step: those of the fastest stretch of 10, because other work on the machine only slows one down.</returns>
    public static double MeasureSeconds(ThreadTeam team)
    {
        Trainer trainer = new(Settings(BatchSize), Digits(BatchSize * StepsPerStretch), team);
        double fastest = double.PositiveInfinity;
        long started = Stopwatch.GetTimestamp();
        foreach (EpochResult stretch in trainer.Run(CancellationToken.None))
        {
            fastest = Math.Min(fastest, stretch.Seconds);
            if (Stopwatch.GetElapsedTime(started) > Duration) break;
        }

        return fastest / StepsPerStretch;
    }

    /// <summary>Floating-point operations of a step on some images, by the formula.</summary>
    /// <remarks>
    /// 2 per weight and image in the forward pass, 2 for the weight's gradient and, except in the first layer, 2 for the input's. Everything else is left out,
    /// and zeros count like other numbers, so that a step that skips them can come out above the peak of the machine.
    /// </remarks>
    internal static double OperationsOf(int batchSize)
    {
        const double First = Pixels * Hidden, MeanAndLogVariance = Hidden * (Latents + Latents), Decoder = Latents * Hidden + Hidden * Pixels;
        return 2.0 * batchSize * (2 * First + 3 * (MeanAndLogVariance + Decoder));
    }

    /// <summary>The recipe, without an end and without an evaluation.</summary>
    internal static ExperimentSettings Settings(int batchSize) => new(
        Seed: 1,
        Binarization.None,
        new ModelOptions { Type = ModelType.Vae, Encoder = [Hidden], LatentDim = Latents },
        new LossOptions { Reconstruction = Reconstruction.Bce },
        new TrainingOptions { Epochs = 1_000_000, BatchSize = batchSize, LearningRate = 1e-3 },
        new EvaluationOptions { Every = 1_000_000 });

    /// <summary>As many training images as are asked for; the generated digits return when there are not enough.</summary>
    internal static Splits Digits(int count)
    {
        Splits digits = new SplitLoader(new DataFolder(".")).Load(new DataOptions { Dataset = "synthetic", Validation = ValidationSource.Test });   // reads no file
        ReadOnlySpan<byte> source = digits.Train.Pixels.Span;
        byte[] pixels = new byte[count * digits.Train.PixelsPerImage];
        for (int first = 0; first < pixels.Length; first += source.Length)
            source[..Math.Min(source.Length, pixels.Length - first)].CopyTo(pixels.AsSpan(first));
        return digits with { Train = new ImageSet(pixels, default, digits.Train.Shape) };
    }
}
