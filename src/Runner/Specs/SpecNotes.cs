using AeVae.Data.Catalogue;
using AeVae.Models;

namespace AeVae.Runner.Specs;

/// <summary>What an experiment asks for and its run cannot give: nothing wrong, but good to know before it is trained.</summary>
static class SpecNotes
{
    /// <summary>Each of them once, for all of some experiments.</summary>
    public static IEnumerable<string> Of(IEnumerable<ExperimentSpec> specs) => specs.SelectMany(Of).Distinct();

    static IEnumerable<string> Of(ExperimentSpec spec)
    {
        if (DatasetCatalogue.Find(spec.Data.Dataset) is { } dataset && dataset.TrainImages - (spec.Data.ValidationOf(dataset)?.Images ?? 0) is var images && spec.Data.TrainLimit > images)
            yield return $"'data.train_limit' is {spec.Data.TrainLimit}, but there are {images} training images: all of them are used";
        if (spec.Train.Schedule is { Type: ScheduleType.Multistep } schedule && schedule.Milestones.Where(epoch => epoch >= spec.Train.Epochs).ToArray() is { Length: > 0 } late)
            yield return $"'train.schedule.milestones' has {string.Join(", ", late)}, but 'train.epochs' is {spec.Train.Epochs}: the step size would drop only after the training";
        if (spec.Model.Type == ModelType.Vae && spec.Loss.KlWarmupEpochs >= spec.Train.Epochs)
            yield return $"'loss.kl_warmup_epochs' is {spec.Loss.KlWarmupEpochs}, but 'train.epochs' is {spec.Train.Epochs}: training ends before the KL weight has reached 'loss.kl_weight', and no epoch counts as the best by its loss";
        if (spec.Eval.Weights == EvaluatedWeights.Best && spec.Checkpoint.Best is { } metric && !metric.StartsWith("train.", StringComparison.Ordinal) && spec.Data.Validation is { Images: null })
            yield return $"'eval.weights: best' takes the epoch with the best '{metric}', and with 'data.validation: test' that is one of the test images: their numbers would be chosen by themselves";
    }
}
