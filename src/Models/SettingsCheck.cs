using AeVae.Data;

namespace AeVae.Models;

/// <summary>Refuses settings that contradict each other or the images, before anything is computed.</summary>
static class SettingsCheck
{
    public static void Run(ExperimentSettings settings, Splits splits)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(splits);
        foreach ((string name, ImageSet images) in new[] { ("training", splits.Train), ("validation", splits.Validation), ("test", splits.Test) })
        {
            if (images.Count == 0) throw new SettingsException($"There are no {name} images. Check data.validation and data.train_limit.");
            if (images.Shape != splits.Train.Shape)
                throw new SettingsException($"The {name} images are {images.Shape} pixels, but the training images {splits.Train.Shape}.");
        }

        if (settings.Eval.NllSamples > 0 && (settings.Model.Type != ModelType.Vae || !EpochMetrics.HasBound(settings.Loss)))
            throw new SettingsException("eval.nll_samples needs model.type: vae and loss.reconstruction: bce, for only then is p(x) defined. Set it to 0.");
    }
}
