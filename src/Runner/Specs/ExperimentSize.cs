using AeVae.Data.Catalogue;
using AeVae.Models;

namespace AeVae.Runner.Specs;

/// <summary>How large an experiment is, known without its data.</summary>
/// <param name="Widths">Units of every layer, from the image to its reconstruction.</param>
/// <param name="Parameters">Weights and biases; a vae has two heads, μ and log σ².</param>
/// <param name="StepsPerEpoch">Batches per epoch, the last short one included.</param>
sealed record ExperimentSize(IReadOnlyList<int> Widths, long Parameters, int StepsPerEpoch)
{
    /// <summary>The size of an experiment whose data set is in the catalogue.</summary>
    public static ExperimentSize Of(ExperimentSpec spec)
    {
        var dataset = DatasetCatalogue.Find(spec.Data.Dataset) ?? throw new ArgumentException($"no data set '{spec.Data.Dataset}'");
        int pixels = dataset.Height * dataset.Width;
        var model = ResolvedConfig.Resolve(spec).Model;
        int[] encoder = [pixels, .. model.Encoder], decoder = [model.LatentDim, .. model.Decoder!, pixels];
        long heads = model.Type == ModelType.Vae ? 2 : 1;
        long parameters = Dense(encoder) + (heads * Dense([encoder[^1], model.LatentDim])) + Dense(decoder);

        int images = dataset.TrainImages - (spec.Data.ValidationOf(dataset).Images ?? 0);
        images = Math.Min(images, spec.Data.TrainLimit ?? images);
        return new([.. encoder, .. decoder], parameters, ((images - 1) / spec.Train.BatchSize) + 1);
    }

    static long Dense(int[] widths) => widths.Zip(widths.Skip(1), (inputs, outputs) => (inputs + 1L) * outputs).Sum();
}
