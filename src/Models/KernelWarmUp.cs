using AeVae.Compute;
using AeVae.Data;

namespace AeVae.Models;

/// <summary>Has the kernels of an experiment compiled while its images are still being read, so that the first epoch does not wait for the compiler.</summary>
public static class KernelWarmUp
{
    const int Side = 28, BatchSize = 26;

    // Two tiles of a product, of which the last takes the columns that are left over.
    const int MostWidth = 144;

    /// <summary>Trains a small network of the same kind for a step, on another core. Nothing need wait for it: a kernel that is being compiled is waited for where it is called.</summary>
    /// <param name="settings">The experiment; what is wrong with it is left to <see cref="Trainer"/>.</param>
    /// <param name="threads">Threads that the experiment may use; with one there is no other core.</param>
    public static Task Begin(ExperimentSettings settings, int threads) => threads == 1 ? Task.CompletedTask : Task.Run(() =>
    {
        try
        {
            Step(settings);
        }
        catch (Exception e) when (e is SettingsException or ArgumentException or OverflowException or OutOfMemoryException or NonFiniteException)
        {
            // The run says it better.
        }
    });

    /// <summary>The step itself, on one thread.</summary>
    internal static void Step(ExperimentSettings settings)
    {
        byte[] pixels = new byte[BatchSize * Side * Side];
        for (int i = 0; i < pixels.Length; i += 5) pixels[i] = byte.MaxValue;
        ImageSet images = new(pixels, default, new ImageShape(Side, Side));
        using ThreadTeam team = new(threads: 1);
        Trainer trainer = new(Small(settings), new Splits(images, images, images, [], []), team);
        trainer.TrainStep(trainer.StartEpoch(1), learningRate: 0, klWeight: 1);
    }

    static ExperimentSettings Small(ExperimentSettings settings) => settings with
    {
        Model = settings.Model with { Encoder = Small(settings.Model.Encoder), Decoder = settings.Model.Decoder is { } decoder ? Small(decoder) : null, LatentDim = Math.Min(settings.Model.LatentDim, MostWidth) },
        Train = settings.Train with { BatchSize = BatchSize },
    };

    static IReadOnlyList<int> Small(IReadOnlyList<int> widths) => [.. widths.Select(width => Math.Min(width, MostWidth))];
}
