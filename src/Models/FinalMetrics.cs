namespace AeVae.Models;

/// <summary>Which metrics the end of a run measures.</summary>
public static class FinalMetrics
{
    /// <summary>Names measured on the test images. Data without labels leave out <c>knn_accuracy</c>; images that give a metric no scale, such as a handful or flat ones, leave out that metric.</summary>
    public static IReadOnlyList<string> Names(ModelOptions model, LossOptions loss, EvaluationOptions evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return [.. EpochMetrics.Names(Split.Validation, model, loss), "latent_gaps", "knn_accuracy", "sample_coverage", "interpolation_distance", "sharpness", "sample_sharpness", .. evaluation.NllSamples > 0 ? new[] { "nll" } : []];
    }
}
