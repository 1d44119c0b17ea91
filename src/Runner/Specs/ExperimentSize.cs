using AeVae.Data.Catalogue;
using AeVae.Models;

namespace AeVae.Runner.Specs;

/// <summary>How large an experiment is, known without its data.</summary>
/// <param name="Widths">Units of every layer, from the image to its reconstruction.</param>
/// <param name="Parameters">Weights and biases; a vae has two heads, μ and log σ².</param>
/// <param name="StepsPerEpoch">Batches per epoch, the last short one included; null where only the data tell how many images there are.</param>
sealed record ExperimentSize(IReadOnlyList<int> Widths, long Parameters, int? StepsPerEpoch)
{
    /// <summary>The size of an experiment whose data set is in the catalogue.</summary>
    public static ExperimentSize Of(ExperimentSpec spec)
    {
        var dataset = DatasetCatalogue.Find(spec.Data.Dataset) ?? throw new ArgumentException($"no data set '{spec.Data.Dataset}'");
        int pixels = spec.Data.ShapeIn(dataset).Values;
        var model = ResolvedConfig.Resolve(spec).Model;
        int[] encoder = [pixels, .. model.Encoder], decoder = [model.LatentDim, .. model.Decoder!, pixels];
        long heads = model.Type == ModelType.Vae ? 2 : 1;
        long parameters = Dense(encoder) + (heads * Dense([encoder[^1], model.LatentDim])) + Dense(decoder);

        return new([.. encoder, .. decoder], parameters, Images(spec, dataset) is { } images ? ((images - 1) / spec.Train.BatchSize) + 1 : null);
    }

    static int? Images(ExperimentSpec spec, DatasetInfo dataset)
    {
        int? images = dataset.TrainImages - (spec.Data.ValidationOf(dataset)?.Images ?? 0);
        return images is { } all && spec.Data.TrainLimit is { } limit ? Math.Min(all, limit) : images;
    }

    static long Dense(int[] widths) => widths.Zip(widths.Skip(1), (inputs, outputs) => (inputs + 1L) * outputs).Sum();
}
